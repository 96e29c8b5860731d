"""Data sets: the embedded one, and readers of CIFAR-10 and MNIST."""

from __future__ import annotations

from convviz.nets.data.cifar import load_cifar10
from convviz.nets.data.dataset import Dataset, Split
from convviz.nets.data.drawn import shapes
from convviz.nets.data.errors import DataError
from convviz.nets.data.idx import load_mnist

__all__ = ["DataError", "Dataset", "Split", "load", "load_cifar10", "load_mnist", "shapes"]


def load(where: str, standardised: bool = False) -> Dataset:
    """A data set by what the command line calls it: ``shapes``, ``cifar10:PATH`` or ``mnist:PATH``.

    Raises
    ------
    DataError
        If it is none of these, or the files cannot be used.

    Examples
    --------
    >>> load("letters")
    Traceback (most recent call last):
        ...
    convviz.nets.data.errors.DataError: there is no data set letters: use shapes, cifar10:PATH or mnist:PATH
    """
    kind, _, path = where.partition(":")
    if where == "shapes":
        return shapes(standardised=standardised)
    if kind == "cifar10" and path:
        return load_cifar10(path, standardised)
    if kind == "mnist" and path:
        return load_mnist(path, standardised)
    raise DataError(where, "there is no data set {value}", "use shapes, cifar10:PATH or mnist:PATH")
