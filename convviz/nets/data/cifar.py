"""CIFAR-10 in its two official formats: Python's pickled batches and the binary one.

Source: Krizhevsky, "Learning Multiple Layers of Features from Tiny Images", 2009, and the data set's page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.nets.data.dataset import Dataset, Split, official_split
from convviz.nets.data.errors import DataError
from convviz.nets.data.files import read_files
from convviz.nets.data.unpickle import unpickle_batch

CLASSES = ("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck")
TRAIN = tuple(f"data_batch_{k}" for k in range(1, 6))
TEST = "test_batch"
SHAPE = (3, 32, 32)
PIXELS = 3 * 32 * 32
RECORD = 1 + PIXELS


def load_cifar10(path: str | Path, standardised: bool = False) -> Dataset:
    """CIFAR-10 from its folder or archive, in the course's split.

    Parameters
    ----------
    path
        ``cifar-10-python.tar.gz`` or ``cifar-10-binary.tar.gz``, or a folder with what is in them. Any number of
        batches, of any number of records, will do.
    standardised
        As for `Dataset`.

    Raises
    ------
    DataError
        If a batch is missing, truncated, mislabelled, of another data set, or would run code.
    """
    files = read_files(path, {*TRAIN, TEST, *(f"{name}.bin" for name in (*TRAIN, TEST))})
    python = {name for name in files if not name.endswith(".bin")}
    binary = set(files) - python
    if python and binary:
        raise DataError(
            path,
            "{value} holds both formats of CIFAR-10",
            "keep one: data_batch_1 or data_batch_1.bin",
        )
    suffix = ".bin" if binary else ""
    training = [name + suffix for name in TRAIN if name + suffix in files]
    if not training or TEST + suffix not in files:
        raise DataError(
            path,
            "{value} holds no {missing}",
            "give the folder or archive of CIFAR-10",
            missing=TEST + suffix if training else TRAIN[0],
        )
    read = _read_binary if binary else _read_python
    splits = [read(files[name], name) for name in training]
    train = Split(
        np.concatenate([split.images for split in splits]),
        np.concatenate([split.labels for split in splits]),
    )
    test = read(files[TEST + suffix], TEST + suffix)
    return official_split("CIFAR-10", CLASSES, train, test, standardised)


def _read_python(data: bytes, name: str) -> Split:
    """A dictionary with "data", uint8 (N, 3072), and "labels", a list of N whole numbers."""
    batch = unpickle_batch(data, name)
    if "fine_labels" in batch or "coarse_labels" in batch:
        raise DataError(name, "{value} belongs to CIFAR-100", "use CIFAR-10")
    images, labels = batch.get("data"), batch.get("labels")
    if not isinstance(images, np.ndarray) or images.ndim != 2 or images.shape[1] != PIXELS:
        raise DataError(
            name,
            "{value} has no pixels of shape (N, {pixels})",
            "use the file as published",
            pixels=PIXELS,
        )
    if not isinstance(labels, list) or not all(type(label) is int for label in labels):
        raise DataError(name, "{value} has no list of labels", "use the file as published")
    if len(labels) != len(images):
        raise DataError(
            name,
            "{value} has {images} images but {labels} labels",
            "use the file as published",
            images=len(images),
            labels=len(labels),
        )
    return Split(images.reshape(-1, *SHAPE), check_labels(labels, name))  # (N, 3, 32, 32)


def _read_binary(data: bytes, name: str) -> Split:
    """Records of one byte for the label and 3072 for the pixels, red plane first."""
    if not data or len(data) % RECORD:
        raise DataError(
            name,
            "{value} has {size} bytes, not a multiple of {record}",
            "copy it again: it is incomplete or not CIFAR-10",
            size=len(data),
            record=RECORD,
        )
    records = np.frombuffer(data, np.uint8).reshape(-1, RECORD)  # (N, 3073)
    return Split(records[:, 1:].reshape(-1, *SHAPE), check_labels(records[:, 0], name))


def check_labels(labels: Any, name: str, count: int = 10) -> npt.NDArray[np.int64]:
    """Labels as int64, each from 0 to `count` - 1; refused otherwise."""
    try:
        found = np.asarray(labels, dtype=np.int64)
    except OverflowError:
        found = np.array([-1])
    if len(found) and not (found.min() >= 0 and found.max() < count):
        raise DataError(
            name,
            "{value} holds labels that are not from 0 to {last}",
            "use the file as published",
            last=count - 1,
        )
    return found
