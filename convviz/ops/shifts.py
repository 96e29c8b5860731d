"""The other fast way forward: one matrix product for each tap across, on the image itself, shifted.

With the image's rows of all channels one below the other, (H, C, W), the numbers that kernel column v meets in
output row i are a matrix (KH * C, OW) that starts at column v of row i: a view, and nothing is copied at all. In
exchange there are KW products to add up instead of one. That pays where copying costs more than adding: see
`shifts_pay`.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convviz.ops.rows import TILE
from convviz.ops.types import Array
from convviz.ops.window import Window2d

LARGE = 1_000_000  # multiplications for one output row; measured


def shifts_pay(w: Array, out_w: int, window: Window2d) -> bool:
    """Whether `convolve_shifts` is faster than `convolve_rows`; for some windows it does not exist.

    Copies are made for each channel and sums for each filter: few filters favour shifts. So do large kernels,
    whose copies leave the cache. A stride across, or a dilation down, would spoil the view.

    Examples
    --------
    >>> few, many = np.ones((4, 64, 3, 3)), np.ones((64, 4, 3, 3))
    >>> shifts_pay(few, 56, Window2d.make(3)), shifts_pay(many, 56, Window2d.make(3))
    (True, False)
    """
    possible = window.stride[1] == 1 and window.dilation[0] == 1
    return possible and (w.shape[1] >= len(w) or w.size * out_w > LARGE)


def convolve_shifts(x: Array, w: Array, b: Array | int, out: Array, window: Window2d) -> None:
    """Write the convolution of padded images x (N, C, H, W) into ``out`` (N, F, OH, OW); b is (F, 1), or 0.

    Examples
    --------
    >>> out, x = np.empty((1, 1, 2, 2)), np.arange(9.0).reshape(1, 1, 3, 3)
    >>> convolve_shifts(x, np.ones((1, 1, 2, 2)), 0, out, Window2d.make(2))
    >>> out[0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    filters, channels, kh, kw = w.shape
    out_h, out_w = out.shape[2:]
    weights = np.ascontiguousarray(w.transpose(3, 0, 2, 1))  # (KW, F, KH, C)
    weights = weights.reshape(kw, filters, kh * channels)
    tile = min(out_h, max(1, TILE // (filters * out_w * x.itemsize)))
    total, product = np.empty((2, tile, filters, out_w), dtype=x.dtype)
    for image, maps in zip(x, out, strict=True):
        lines = np.ascontiguousarray(image.transpose(1, 0, 2))  # (H, C, W)
        for first in range(0, out_h, tile):
            count = min(tile, out_h - first)
            total[:count] = b
            for v in range(kw):
                columns = _columns(lines, first, count, v, out_w, window)  # (count, KH * C, OW)
                total[:count] += np.matmul(weights[v], columns, out=product[:count])
            maps[:, first : first + count] = total[:count].transpose(1, 0, 2)


def _columns(lines: Array, first: int, count: int, v: int, out_w: int, window: Window2d) -> Array:
    """What kernel column v meets in each output row of a tile, shape (count, KH * C, OW)."""
    _, channels, width = lines.shape
    stride, item = window.stride[0], lines.itemsize
    return as_strided(
        lines[first * stride :, :, v * window.dilation[1] :],
        shape=(count, window.kernel[0] * channels, out_w),
        strides=(stride * channels * width * item, width * item, item),
        writeable=False,
    )
