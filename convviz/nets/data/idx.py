"""MNIST and its kin in the IDX format.

A file is four bytes of magic (0, 0, type of number, number of axes), the length of each axis as a big-endian
32-bit number, and the numbers. Source: LeCun, Cortes and Burges, "The MNIST database of handwritten digits".
"""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import numpy.typing as npt

from convviz.nets.data.cifar import check_labels
from convviz.nets.data.dataset import Dataset, Split, official_split
from convviz.nets.data.errors import DataError
from convviz.nets.data.files import read_files

BYTE = 8  # the type of number that is an unsigned byte
FILES = {
    "train": ("train-images-idx3-ubyte", "train-labels-idx1-ubyte"),
    "test": ("t10k-images-idx3-ubyte", "t10k-labels-idx1-ubyte"),
}
DIGITS = tuple("0123456789")


def load_mnist(path: str | Path, standardised: bool = False) -> Dataset:
    """MNIST from the folder or archive with its four files, each as it is or as ``.gz``.

    Parameters
    ----------
    path
        The folder or ``.tar.gz``.
    standardised
        As for `Dataset`.

    Raises
    ------
    DataError
        If a file is missing, truncated, longer than it says, or its labels do not belong to its images.
    """
    files = read_files(path, {name for pair in FILES.values() for name in pair})
    splits = {}
    for kind, names in FILES.items():
        for name in names:
            if name not in files:
                raise DataError(
                    path,
                    "{value} holds no {missing}",
                    "give the folder with MNIST's four files",
                    missing=name,
                )
        images, labels = (read_idx(files[name], name) for name in names)
        splits[kind] = _paired(images, labels, names)
    if splits["train"].images.shape[1:] != splits["test"].images.shape[1:]:
        raise DataError(
            path, "training and test images of {value} differ in size", "use files of one data set"
        )
    return official_split("MNIST", DIGITS, splits["train"], splits["test"], standardised)


def read_idx(data: bytes, name: str) -> npt.NDArray[np.uint8]:
    """The array in an IDX file of unsigned bytes.

    Raises
    ------
    DataError
        If the header is not one, or the length is not exactly what it says.

    Examples
    --------
    >>> read_idx(bytes([0, 0, 8, 1, 0, 0, 0, 3, 7, 2, 1]), "labels")
    array([7, 2, 1], dtype=uint8)
    """
    if len(data) < 4 or data[:2] != b"\0\0" or not 1 <= data[3] <= 4:
        raise DataError(name, "{value} is not an IDX file", "use the file as published")
    kind, axes = data[2], data[3]
    if kind != BYTE:
        raise DataError(
            name,
            "{value} holds numbers of type {kind}",
            "use unsigned bytes, type {byte}",
            kind=f"0x{kind:02X}",
            byte=f"0x{BYTE:02X}",
        )
    start = 4 + 4 * axes
    if len(data) < start:
        raise DataError(name, "{value} is too short for its header", "copy it again")
    shape = struct.unpack(f">{axes}I", data[4:start])
    size = 1
    for side in shape:
        size *= side  # Python's numbers do not overflow
    if len(data) - start != size:
        raise DataError(
            name,
            "{value} has {given} bytes of numbers but its header says {size}",
            "copy it again",
            given=len(data) - start,
            size=size,
        )
    return np.frombuffer(data, np.uint8, offset=start).reshape(shape)


def _paired(
    images: npt.NDArray[np.uint8], labels: npt.NDArray[np.uint8], names: tuple[str, str]
) -> Split:
    if images.ndim != 3 or min(images.shape[1:]) < 1:
        raise DataError(names[0], "{value} holds no images", "use the file as published")
    if labels.ndim != 1:
        raise DataError(names[1], "{value} holds no labels", "use the file as published")
    if len(images) != len(labels):
        raise DataError(
            names[1],
            "{value} has {labels} labels for {images} images",
            "use files of one data set",
            labels=len(labels),
            images=len(images),
        )
    return Split(images[:, None], check_labels(labels, names[1]))  # (N, 1, H, W)
