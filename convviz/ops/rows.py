"""How a convolution is computed fast: rows of windows that are views, forward and backward to the input.

The matrix of windows (im2col) holds each input number KH * KW times. It is never built here. For each input row,
`rows` holds KW copies of it, each shifted by one tap and thinned by the stride:

    rows[h, c, v, j] = x[c, h, j * stride + v * dilation]

The windows of output row i are then the input rows i*s, i*s + d, ... of `rows`: a matrix (KH * C * KW, OW)
that is a *view*, because those rows already lie in memory at equal distances. So each number is copied KW
times instead of KH * KW times, and one matrix product gives one row of every filter's map.

Backward, the same steps run in the opposite direction. The gradient of a matrix product is a matrix product; the
gradient of copying a number KW times is adding up what its KW copies received.

The functions take one group of channels: x (N, C, H, W) with its padding, w (F, C, KH, KW), out (N, F, OH, OW).
`convviz.ops.shifts` has the other way to go forward, `convviz.ops.planes` the gradient of the filters.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convviz.ops.types import Array
from convviz.ops.window import Window2d

TILE = 1 << 19  # bytes worked on at a time: with what they meet, they stay in a core's own cache


def convolve_rows(x: Array, w: Array, b: Array | int, out: Array, window: Window2d) -> None:
    """Write the convolution of padded images into ``out``; the biases b are (F, 1), or 0.

    Examples
    --------
    >>> out, x = np.empty((1, 1, 2, 2)), np.arange(9.0).reshape(1, 1, 3, 3)
    >>> convolve_rows(x, np.ones((1, 1, 2, 2)), 0, out, Window2d.make(2))
    >>> out[0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    # Filters as rows, in the order in which `_columns` has the numbers they meet.
    weights = np.ascontiguousarray(w.transpose(0, 2, 1, 3)).reshape(len(w), -1)  # (F, KH * C * KW)
    rows = _empty_rows(x, out, window)
    for n, first, count in _tiles(len(rows), out, window):
        _fill(rows, x[n], first, count, window)
        columns = _columns(rows, count, window)  # (count, KH * C * KW, OW)
        tile = out[n, :, first : first + count].transpose(1, 0, 2)  # (count, F, OW)
        np.matmul(weights, columns, out=tile)
        tile += b


def spread(dout: Array, w: Array, dx: Array, window: Window2d) -> None:
    """Add the gradient of padded images to ``dx``: each cell of ``dout``, times the filter, to its window.

    Examples
    --------
    >>> dx = np.zeros((1, 1, 3, 3))
    >>> spread(np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), dx, Window2d.make(2))
    >>> dx[0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    filters, channels, kh, kw = w.shape
    (sh, sw), (dh, dw), out_w = window.stride, window.dilation, dout.shape[3]
    across = sw * (out_w - 1) + 1
    weights = w.transpose(2, 1, 3, 0).reshape(kh, channels * kw, filters)  # (KH, C * KW, F)
    rows = _empty_rows(dx, dout, window)  # (height, C, KW, OW)
    for n, first, count in _tiles(len(rows), dout, window):
        height = sh * (count - 1) + window.extent[0]
        rows[:height] = 0
        tile = dout[n, :, first : first + count].transpose(1, 0, 2)  # (count, F, OW)
        for u in range(kh):
            gained = np.matmul(weights[u], tile)  # (count, C * KW, OW)
            reached = slice(u * dh, u * dh + sh * (count - 1) + 1, sh)
            rows[reached] += gained.reshape(count, channels, kw, out_w)
        block = dx[n, :, first * sh : first * sh + height].transpose(1, 0, 2)  # (height, C, W)
        for v in range(kw):
            block[:, :, v * dw : v * dw + across : sw] += rows[:height, :, v]


def _empty_rows(x: Array, out: Array, window: Window2d) -> Array:
    """A buffer for as many input rows as a tile needs, shape (height, C, KW, OW)."""
    channels, (out_h, out_w) = x.shape[1], out.shape[2:]
    kw, stride, extent = window.kernel[1], window.stride[0], window.extent[0]
    fitting = TILE // (channels * kw * out_w * x.itemsize)  # input rows
    # Tiles overlap by most of a window: one that is less than two windows high would copy most rows twice.
    height = max(fitting, 2 * extent)
    tile = min(out_h, (height - extent) // stride + 1)
    return np.empty((stride * (tile - 1) + extent, channels, kw, out_w), dtype=x.dtype)


def _tiles(height: int, out: Array, window: Window2d) -> Iterator[tuple[int, int, int]]:
    """Image by image, the first output row of each tile and how many it has."""
    tile = (height - window.extent[0]) // window.stride[0] + 1
    for n in range(len(out)):
        for first in range(0, out.shape[2], tile):
            yield n, first, min(tile, out.shape[2] - first)


def _fill(rows: Array, x: Array, first: int, count: int, window: Window2d) -> None:
    """Copy the input rows of a tile into the buffer, once for each tap across."""
    (sh, sw), dw, out_w = window.stride, window.dilation[1], rows.shape[3]
    height, across = sh * (count - 1) + window.extent[0], sw * (out_w - 1) + 1
    block = x[:, first * sh : first * sh + height].transpose(1, 0, 2)  # (height, C, W)
    for v in range(window.kernel[1]):
        rows[:height, :, v] = block[:, :, v * dw : v * dw + across : sw]


def _columns(rows: Array, count: int, window: Window2d) -> Array:
    """The windows of each output row as a matrix, shape (count, KH * C * KW, OW)."""
    _, channels, kw, out_w = rows.shape
    per_row, *_, item = rows.strides
    view = as_strided(
        rows,
        shape=(count, window.kernel[0], channels * kw, out_w),
        strides=(window.stride[0] * per_row, window.dilation[0] * per_row, out_w * item, item),
        writeable=False,
    )
    return view.reshape(count, -1, out_w)  # still a view, unless dilated vertically
