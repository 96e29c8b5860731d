"""The usual fast way forward: one matrix product for each output row, on windows that are views.

The matrix of windows (im2col) holds each input number KH * KW times. It is never built here. Of each line of
a tile (see `convviz.ops.lines`) `rows` holds KW copies, each shifted by one tap:

    rows[h, c, v, j] = lines[phase of v, h, c, begin of v + j]

              line h   a b c d e f g            3×3 kernel
    rows[h, c, v=0]    a b c d e
    rows[h, c, v=1]    b c d e f      output row i meets rows i, i + 1 and i + 2 with all their
    rows[h, c, v=2]    c d e f g      channels and taps: a matrix (KH * C * KW, OW) that is a view

because those rows already lie in memory at equal distances. Bytes moved for each number of the image: it is
read once, written to its line, and copied KW times, instead of KH * KW times; each output number is written
once, and once more when the bias is added. Of a single image BLAS writes each row of each map where it belongs;
small images that lie side by side are parted afterwards. All but the first reading and the last writing happens
inside the cache.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convviz.ops.lines import Strip, Tiles, fill
from convviz.ops.memory import empty
from convviz.ops.threads import do_each
from convviz.ops.types import Array


def convolve_rows(x: Array, w: Array, b: Array | int, out: Array, strip: Strip) -> None:
    """Write the convolution of images x (N, G, C, H, W) into ``out`` (N, G, F, OH, OW).

    Parameters
    ----------
    x, w, b
        G groups of images, of filters (G, F, C, KH, KW), and of biases (G, 1, F, 1), or 0.
    out
        The output rows of a strip.
    strip
        What they read.

    Examples
    --------
    >>> from convviz.ops.lines import strips
    >>> from convviz.ops.window import Window2d
    >>> out, x = np.empty((1, 1, 1, 2, 2)), np.arange(9.0).reshape(1, 1, 1, 3, 3)
    >>> [(_, strip)] = strips(Window2d.make(2), 2)
    >>> convolve_rows(x, np.ones((1, 1, 1, 2, 2)), 0, out, strip)
    >>> out[0, 0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    (groups, filters, channels, kh, kw), out_w = w.shape, out.shape[4]
    # Filters as rows, in the order in which the windows have the numbers they meet.
    weights = np.ascontiguousarray(w.transpose(0, 1, 3, 2, 4)).reshape(groups, 1, filters, -1)
    a_row = groups * out_w * x.itemsize * (strip.stride * channels * kw + filters)
    tiles = Tiles.of(out, out.shape[3], a_row, least=kh // strip.stride)

    def work(images: slice, first: int, count: int) -> None:
        _convolve(x[images], weights, b, out[images, :, :, first : first + count], strip, first)

    do_each(work, tiles)


def _convolve(
    x: Array, weights: Array, b: Array | int, out: Array, strip: Strip, first: int
) -> None:
    """Write one tile, output rows from ``first`` on."""
    (n, groups, channels), (filters, count, out_w) = x.shape[:3], out.shape[2:]
    (kh, kw), height = strip.window.kernel, strip.height(count)
    lines = empty((groups, len(strip.phases), height, channels, n, strip.width(out_w)), x.dtype)
    fill(lines, x, strip, first)
    rows = empty((groups, height, channels, kw, n, out_w), x.dtype)
    for v, (phase, columns) in enumerate(strip.taps(out_w)):
        rows[:, :, :, v] = lines[:, phase, ..., columns]
    rows = rows.reshape(groups, height, channels * kw, n * out_w)
    met, maps = windows_of(rows, count, kh, strip.stride), out.swapaxes(2, 3)
    if n == 1:
        np.matmul(weights, met, out=maps[0])
        maps[0] += b
        return
    product = empty((groups, count, filters, n * out_w), x.dtype)
    np.matmul(weights, met, out=product)
    for k in range(n):
        np.add(product[..., k * out_w : (k + 1) * out_w], b, out=maps[k])


def windows_of(rows: Array, count: int, kh: int, stride: int) -> Array:
    """What each of ``count`` output rows meets in KH rows (G, height, C, W), as views (G, count, KH * C, W).

    Examples
    --------
    >>> windows_of(np.arange(6).reshape(1, 3, 1, 2), 2, 2, 1)[0].tolist()
    [[[0, 1], [2, 3]], [[2, 3], [4, 5]]]
    """
    groups, _, channels, width = rows.shape
    group, row, channel, item = rows.strides
    return as_strided(
        rows,
        shape=(groups, count, kh * channels, width),
        strides=(group, stride * row, channel, item),
        writeable=False,
    )
