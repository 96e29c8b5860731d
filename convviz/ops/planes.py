"""The gradient of the filters fast: long sums, from planes that are views.

Each number of a filter's gradient is a sum over all output cells, so the matrix product should run over whole
planes and not over a row at a time. For each tap across, `planes` holds the image thinned by the stride; for a
stride of s downwards there are s planes, one of the rows 0, s, 2s, ..., one of the rows 1, s + 1, ..., and so on:

    planes[c, v, p, h, j] = x[c, h * s + p, j * stride + v * dilation]

What kernel row u met in all windows is then the rows from (u * d) // s on of plane (u * d) % s: a matrix
(C * KW, OH * OW) that is a view.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.rows import TILE
from convviz.ops.types import Array
from convviz.ops.window import Window2d


def add_filter_gradient(dout: Array, x: Array, dw: Array, window: Window2d) -> None:
    """Add the gradient of the filters to ``dw`` (F, C, KH, KW), from dout (N, F, OH, OW) and padded x.

    For each kernel row, ``out += w[:, :, u] @ columns`` has the gradient ``dout @ columns.T``.

    Examples
    --------
    >>> dw, x = np.zeros((1, 1, 2, 2)), np.arange(9.0).reshape(1, 1, 3, 3)
    >>> add_filter_gradient(np.ones((1, 1, 2, 2)), x, dw, Window2d.make(2))
    >>> dw[0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    filters, channels, kh, kw = dw.shape
    out_h, out_w = dout.shape[2:]
    stride, dilation = window.stride[0], window.dilation[0]
    fitting = TILE // (channels * kw * out_w * stride * x.itemsize)  # rows of a plane
    beyond = (window.extent[0] - 1) // stride  # rows a window reaches into after its first
    tile = min(out_h, max(fitting, 2 * beyond + 1) - beyond)
    planes = np.empty((channels, kw, stride, tile + beyond, out_w), dtype=x.dtype)
    gained = np.zeros((kh, channels * kw, filters), dtype=x.dtype)
    for image, maps in zip(x, dout, strict=True):
        for first in range(0, out_h, tile):
            count = min(tile, out_h - first)
            _fill(planes, image, first, count + beyond, window)
            flat = planes.reshape(channels * kw, stride, -1)  # (C * KW, stride, rows * OW)
            tile_dout = maps[:, first : first + count].reshape(filters, -1)  # (F, count * OW)
            for u in range(kh):
                row, plane = divmod(u * dilation, stride)
                columns = flat[
                    :, plane, row * out_w : (row + count) * out_w
                ]  # (C * KW, count * OW)
                gained[u] += columns @ tile_dout.T
    dw += gained.reshape(kh, channels, kw, filters).transpose(3, 1, 0, 2)


def _fill(planes: Array, x: Array, first: int, height: int, window: Window2d) -> None:
    """Copy the rows of a tile into the planes; the last planes may lack a row that no window reads."""
    (sh, sw), dw, out_w = window.stride, window.dilation[1], planes.shape[4]
    across = sw * (out_w - 1) + 1
    for plane in range(sh):
        block = x[:, first * sh + plane :: sh][:, :height]  # (C, height, W)
        for v in range(window.kernel[1]):
            columns = block[:, :, v * dw : v * dw + across : sw]
            planes[:, v, plane, : block.shape[1]] = columns
