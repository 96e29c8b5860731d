"""The gradient of the filters fast: long sums, from planes that are views.

Each number of a filter's gradient is a sum over all output cells, so the matrix product should run over many
rows and not over a row at a time, unless rows are long and channels few (`convviz.ops.rows`). For each tap across,
`planes` holds the lines of a tile (see `convviz.ops.lines`); with a stride of s downwards there are s planes, one
of the rows 0, s, 2s, ..., one of the rows 1, s + 1, ..., and so on:

    planes[n, c, v, p, h, j] = lines[phase of v, h * s + p, c, n, begin of v + j]

What kernel row u met in all windows is then the rows from u // s on of plane u % s: a matrix (C * KW, rows *
OW) that is a view. Bytes moved for each number of the image: it is copied KW times inside the cache, and with a
stride written to its line before; each number of dout is read KH times, from the cache.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.lines import Strip, Tiles, fill, fill_taps
from convviz.ops.memory import empty
from convviz.ops.threads import results
from convviz.ops.types import Array


def add_filter_gradient(dout: Array, x: Array, dw: Array, strip: Strip) -> None:
    """Add the gradient of the filters to dw (G, F, C, KH, KW), from dout (N, G, F, OH, OW) and x (N, G, C, H, W).

    For each kernel row, ``out += w[:, :, u] @ columns`` has the gradient ``dout @ columns.T``.

    Examples
    --------
    >>> from convviz.ops.lines import strips
    >>> from convviz.ops.window import Window2d
    >>> dw, x = np.zeros((1, 1, 1, 2, 2)), np.arange(9.0).reshape(1, 1, 1, 3, 3)
    >>> [(_, strip)] = strips(Window2d.make(2), 2)
    >>> add_filter_gradient(np.ones((1, 1, 1, 2, 2)), x, dw, strip)
    >>> dw[0, 0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    (groups, filters, channels, kh, kw), out_w = dw.shape, dout.shape[4]
    gained = np.zeros((kh, groups, channels * kw, filters), dtype=x.dtype)
    a_row = groups * out_w * x.itemsize * (strip.stride * channels * (kw + 1) + filters)

    def work(images: slice, first: int, count: int) -> Array:
        gained = np.empty((kh, groups, channels * kw, filters), dtype=x.dtype)
        above = dout[images, :, :, first : first + count]
        above = above.reshape(*above.shape[:3], count * out_w).swapaxes(
            2, 3
        )  # (N, G, count * OW, F)
        planes = _planes(x[images], strip, first, count, out_w)  # (N, G, C * KW, stride, rows * OW)
        for u in range(kh):
            row, plane = divmod(u, strip.stride)
            columns = planes[:, :, :, plane, row * out_w : (row + count) * out_w]
            gained[u] = np.matmul(columns, above).sum(axis=0)
        return gained

    tiles = Tiles.of(dout, dout.shape[3], a_row, least=kh // strip.stride)
    for part in results(work, tiles, dw[0, 0].size * dout.size):
        gained += part
    dw += gained.reshape(kh, groups, channels, kw, filters).transpose(1, 4, 2, 0, 3)


def _planes(x: Array, strip: Strip, first: int, count: int, out_w: int) -> Array:
    """The planes of a tile: its lines, copied once for each tap across."""
    (n, groups, channels), (kh, kw) = x.shape[:3], strip.window.kernel
    parts, height = min(strip.stride, kh), strip.height(count)
    rows = count + (kh - 1) // strip.stride
    planes = empty((n, groups, channels, kw, parts, rows, out_w), x.dtype)
    if parts == 1 and rows == height:
        fill_taps(planes[:, :, :, :, 0].transpose(1, 4, 2, 3, 0, 5), x, strip, first)
        return planes.reshape(n, groups, channels * kw, 1, rows * out_w)
    lines = empty((groups, len(strip.phases), height, channels, n, strip.width(out_w)), x.dtype)
    fill(lines, x, strip, first)
    for v, (phase, columns) in enumerate(strip.taps(out_w)):
        for part in range(parts):
            read = lines[:, phase, part :: strip.stride, ..., columns][:, :rows]
            planes[:, :, :, v, part, : read.shape[1]] = read.transpose(3, 0, 2, 1, 4)
    return planes.reshape(n, groups, channels * kw, parts, rows * out_w)
