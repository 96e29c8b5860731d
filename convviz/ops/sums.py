"""Sums over the pixels of maps, quick and to the last digits."""

from __future__ import annotations

import numpy as np

from convviz.ops.types import Array

ROW = 1 << 12  # numbers that are summed up in their own dtype before float64 takes over


def pixel_rows(x: Array) -> Array:
    """Maps (N, C, H, W) as rows of pixels (N, C, R, L): small maps as one row, which is quicker.

    Examples
    --------
    >>> pixel_rows(np.zeros((2, 3, 8, 8))).shape, pixel_rows(np.zeros((2, 3, 80, 80))).shape
    ((2, 3, 1, 64), (2, 3, 80, 80))
    """
    n, channels, height, width = x.shape
    rows = 1 if height * width <= ROW else height
    return np.ascontiguousarray(x).reshape(n, channels, rows, height * width // rows)


def sum_of_each(x: Array) -> Array:
    """The sum of each channel of maps (N, C, H, W), of their dtype. BLAS sums up the rows: the product with ones.

    Examples
    --------
    >>> sum_of_each(np.arange(8.0).reshape(2, 2, 1, 2))
    array([10., 18.])
    """
    rows = pixel_rows(x)
    sums = np.vecdot(rows, np.ones(rows.shape[3], rows.dtype))  # (N, C, R)
    return np.asarray(sums.sum(axis=(0, 2), dtype=np.float64).astype(x.dtype))
