"""The usual fast way forward: one matrix product for each output row, on windows that are views.

The matrix of windows (im2col) holds each input number KH * KW times. It is never built here. Of each line of
a tile (see `convviz.ops.lines`) `rows` holds KW copies, each shifted by one tap:

    rows[h, c, v, j] = lines[phase of v, h, c, begin of v + j]

              line h   a b c d e f g            3×3 kernel
    rows[h, c, v=0]    a b c d e
    rows[h, c, v=1]    b c d e f      output row i meets rows i, i + 1 and i + 2 with all their
    rows[h, c, v=2]    c d e f g      channels and taps: a matrix (KH * C * KW, OW) that is a view

because those rows already lie in memory at equal distances. Bytes moved for each number of the image: it is
copied KW times, instead of KH * KW times, and with a stride across written to its line before; each output number
is written once, and once more when the bias is added. Of a single image BLAS writes each row of each map where it
belongs; small images that lie side by side are parted afterwards. All but the first reading and the last writing
happens inside the cache.

The gradient of the filters needs the same matrices: ``out = w @ met`` has the gradient ``dout @ met.T``, for each
output row, and these are added up. Each number of dout is read once.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import as_strided

from convviz.ops.lines import WIDE, Strip, Tiles, fill_taps
from convviz.ops.memory import empty
from convviz.ops.threads import do_each, results
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

    do_each(work, tiles, w[0, 0].size * out.size)


def _convolve(
    x: Array, weights: Array, b: Array | int, out: Array, strip: Strip, first: int
) -> None:
    """Write one tile, output rows from ``first`` on."""
    n, groups, filters, count, out_w = out.shape
    met = _met(x, strip, first, count, out_w)
    if n == 1:
        maps = np.matmul(weights, met, out=out[0].swapaxes(1, 2))
        maps += b
        return
    product = empty((groups, count, filters, n * out_w), x.dtype)
    np.matmul(weights, met, out=product)
    product += b
    parted = product.reshape(groups, count, filters, n, out_w)
    out[...] = parted.transpose(3, 0, 2, 1, 4)  # (N, G, F, count, OW)


def rows_pay(dw: Array, out_w: int) -> bool:
    """Whether `add_filter_gradient_by_rows` is faster than `add_filter_gradient`.

    Its sums are as long as a row; with few channels it makes fewer and larger products.

    Examples
    --------
    >>> rows_pay(np.ones((1, 8, 3, 3, 3)), 512), rows_pay(np.ones((1, 8, 3, 3, 3)), 32)
    (True, False)
    """
    return bool(out_w >= max(WIDE, 2 * dw.shape[2] * dw.shape[4]))  # measured


def add_filter_gradient_by_rows(dout: Array, x: Array, dw: Array, strip: Strip) -> None:
    """Add the gradient of the filters to dw (G, F, C, KH, KW), as `add_filter_gradient` does, if `rows_pay`.

    Examples
    --------
    >>> from convviz.ops.lines import strips
    >>> from convviz.ops.window import Window2d
    >>> dw, x = np.zeros((1, 1, 1, 2, 2)), np.arange(9.0).reshape(1, 1, 1, 3, 3)
    >>> [(_, strip)] = strips(Window2d.make(2), 2)
    >>> add_filter_gradient_by_rows(np.ones((1, 1, 1, 2, 2)), x, dw, strip)
    >>> dw[0, 0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    (groups, filters, channels, kh, kw), out_w = dw.shape, dout.shape[4]
    a_row = groups * out_w * x.itemsize * (strip.stride * channels * kw + filters)

    def work(images: slice, first: int, count: int) -> Array:
        met = _met(x[images], strip, first, count, out_w)
        [given] = dout[images, :, :, first : first + count]  # wide rows: a single image
        products = empty((groups, count, kh * channels * kw, filters), x.dtype)
        np.matmul(met, given.transpose(0, 2, 3, 1), out=products)  # by (G, count, OW, F)
        return np.asarray(products.sum(axis=1))

    gained = np.zeros((groups, kh * channels * kw, filters), x.dtype)
    tiles = Tiles.of(dout, dout.shape[3], a_row, least=kh // strip.stride)
    for part in results(work, tiles, dw[0, 0].size * dout.size):
        gained += part
    dw += gained.reshape(groups, kh, channels, kw, filters).transpose(0, 4, 2, 1, 3)


def _met(x: Array, strip: Strip, first: int, count: int, out_w: int) -> Array:
    """What ``count`` output rows of images (N, G, C, H, W) meet, as views (G, count, KH * C * KW, N * OW)."""
    (n, groups, channels), (kh, kw), height = x.shape[:3], strip.window.kernel, strip.height(count)
    rows = empty((groups, height, channels, kw, n, out_w), x.dtype)
    fill_taps(rows, x, strip, first)
    rows = rows.reshape(groups, height, channels * kw, n * out_w)
    return windows_of(rows, count, kh, strip.stride)


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
