"""Labelled images in three splits, and what a network is fed of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.nets.data.errors import DataError
from convviz.ops.errors import require_int
from convviz.ops.types import Floats

MOST_VALIDATION = 1000  # as the course has it: 49000 of CIFAR-10's 50000 train, 1000 validate
MOST_TEST = 1000
CHUNK = 1000  # images averaged at a time


@dataclass(frozen=True)
class Split:
    """Images and the class of each."""

    images: npt.NDArray[np.uint8]  # uint8 of shape (N, C, H, W)
    labels: npt.NDArray[np.int64]  # int64 of shape (N,)

    def __len__(self) -> int:
        return len(self.images)

    def first(self, count: int) -> Split:
        """The first `count`, or all where there are fewer."""
        return Split(self.images[:count], self.labels[:count])


@dataclass(frozen=True)
class Dataset:
    """Three splits, and the names of the classes.

    Examples
    --------
    >>> images = np.arange(24, dtype=np.uint8).reshape(2, 1, 3, 4)
    >>> split = Split(images, np.array([0, 1]))
    >>> data = Dataset("two", ("a", "b"), split, split, split)
    >>> data.inputs(images, np.float64)[0, 0]
    array([[-6., -6., -6., -6.],
           [-6., -6., -6., -6.],
           [-6., -6., -6., -6.]])
    """

    name: str  # what to call it
    classes: tuple[str, ...]  # one name for each label
    # train, validation, test: the splits
    train: Split
    validation: Split
    test: Split
    # Whether inputs are also divided by each channel's standard deviation, not only centred.
    standardised: bool = False
    # Mean image and deviations of the training images, where only some of those are at hand.
    known: tuple[Floats, Floats] | None = None

    @property
    def shape(self) -> tuple[int, int, int]:
        """(C, H, W) of one image."""
        channels, height, width = self.train.images.shape[1:]
        return channels, height, width

    @cached_property
    def mean(self) -> Floats:
        """The mean training image, shape (C, H, W): what the course subtracts from every image."""
        if self.known is not None:
            return self.known[0]
        total = np.zeros(self.shape)
        for start in range(0, len(self.train), CHUNK):
            total += self.train.images[start : start + CHUNK].sum(axis=0, dtype=np.float64)
        return np.asarray(total / len(self.train))

    @cached_property
    def deviation(self) -> Floats:
        """Each channel's standard deviation about the mean image, shape (C, 1, 1); ones if not asked for."""
        if self.known is not None:
            return self.known[1]
        total = np.zeros(self.shape[0])
        if not self.standardised:
            return np.ones((self.shape[0], 1, 1))
        for start in range(0, len(self.train), CHUNK):
            off = self.train.images[start : start + CHUNK] - self.mean
            total += (off**2).sum(axis=(0, 2, 3))
        count = len(self.train) * self.shape[1] * self.shape[2]
        return np.asarray(np.maximum(np.sqrt(total / count), 1e-6)[:, None, None])  # (C, 1, 1)

    def inputs(self, images: npt.NDArray[Any], dtype: npt.DTypeLike = np.float32) -> Any:
        """Images as the network is fed them: minus the mean image, over the deviation; (N, C, H, W)."""
        mean, deviation = self.mean.astype(dtype), self.deviation.astype(dtype)
        out = images.astype(dtype) - mean
        return out / deviation if self.standardised else out

    def smaller(self, train: int, validation: int | None = None) -> Dataset:
        """The same with only the first training (and validation) images. The mean is that of those left."""
        require_int("train", train, least=1)
        if validation is not None:
            require_int("validation", validation, least=1)
        kept = self.validation if validation is None else self.validation.first(validation)
        return replace(self, train=self.train.first(train), validation=kept)


def official_split(
    name: str, classes: tuple[str, ...], train: Split, test: Split, standardised: bool = False
) -> Dataset:
    """The course's split: the last 1000 training images validate, the first 1000 test images test.

    Of fewer than 10 000 training images the last tenth validates.

    Raises
    ------
    DataError
        If there are fewer than two training images, or no test image.

    Notes
    -----
    Source: Stanford CS231n, assignment 2, ``get_CIFAR10_data``.
    """
    if len(train) < 2 or not len(test):
        raise DataError(
            name,
            "{value} has {train} training and {test} test images",
            "give at least 2 training images and 1 test image",
            train=len(train),
            test=len(test),
        )
    held = min(MOST_VALIDATION, max(1, len(train) // 10))
    split = len(train) - held
    return Dataset(
        name,
        classes,
        train.first(split),
        Split(train.images[split:], train.labels[split:]),
        test.first(MOST_TEST),
        standardised,
    )
