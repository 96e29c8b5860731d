"""A batch as rows of features, and their mean and variance."""

from __future__ import annotations

import numpy as np

from convviz.ops.errors import SpecError
from convviz.ops.layers.maps import statistics
from convviz.ops.types import Array


def batch_statistics(x: Array) -> tuple[Array, Array]:
    """Mean and variance, divided by the number of examples, of each feature or of each channel of maps.

    They are summed up in float64: a float32 sum of many pixels loses the last digits of each.

    Parameters
    ----------
    x
        Shape (N, D), or maps (N, C, H, W); float32 or float64.

    Returns
    -------
    mean, var
        Shape (D,) or (C,), of the input's dtype.

    Raises
    ------
    SpecError
        If there is no example.

    Examples
    --------
    >>> batch_statistics(np.array([[1.0, 5.0], [3.0, 5.0]]))
    (array([2., 5.]), array([1., 0.]))
    """
    check_examples(x)
    if x.ndim == 4:
        return statistics(x)
    mean = x.mean(axis=0, dtype=np.float64).astype(x.dtype)
    return mean, np.square(x - mean).mean(axis=0, dtype=np.float64).astype(x.dtype)


def check_examples(x: Array) -> None:
    """Refuse a batch without numbers."""
    if x.size == 0:
        raise SpecError("x", x.shape, 1, "x has shape {value}", "use at least {limit} example")


def as_rows(x: Array) -> Array:
    """Maps (N, C, H, W) as one row for each pixel, (N * H * W, C).

    Examples
    --------
    >>> as_rows(np.arange(4).reshape(1, 2, 1, 2)).tolist()
    [[0, 2], [1, 3]]
    """
    check_axes(x, 4, "(N, C, H, W)")
    images, channels, height, width = x.shape
    return x.transpose(0, 2, 3, 1).reshape(images * height * width, channels)  # (N * H * W, C)


def as_maps(rows: Array, shape: tuple[int, ...]) -> Array:
    """The rows of `as_rows` as maps of shape (N, C, H, W) again.

    Examples
    --------
    >>> as_maps(np.array([[0, 2], [1, 3]]), (1, 2, 1, 2)).tolist()
    [[[[0, 1]], [[2, 3]]]]
    """
    images, channels, height, width = shape
    maps = rows.reshape(images, height, width, channels).transpose(0, 3, 1, 2)  # (N, C, H, W)
    return np.ascontiguousarray(maps)


def check_axes(x: Array, count: int, wanted: str) -> None:
    """Refuse an array with another number of axes than ``wanted`` names."""
    if x.ndim != count:
        raise SpecError("x", x.shape, wanted, "x has shape {value}", "use {limit}")
