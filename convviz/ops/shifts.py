"""The other fast way forward: one matrix product for each tap across, on the lines themselves, shifted.

With the lines of all channels one below the other (see `convviz.ops.lines`), the numbers that kernel column v
meets in output row i are a matrix (KH * C, OW) that begins at column v of line i: a view, and nothing is
copied.

    lines of rows i, i + 1, i + 2      v = 0   [a b c d e] f g
                                       v = 1    a [b c d e f] g
                                       v = 2    a b [c d e f g]

In exchange there are KW products to add up instead of one. Bytes moved: each number of the image is read once
and written to its line; each output number is written once, and KW - 1 times read and written again, inside
the cache. That pays where copying costs more than adding: see `shifts_pay`.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.lines import Strip, Tiles, fill
from convviz.ops.memory import empty
from convviz.ops.rows import windows_of
from convviz.ops.threads import do_each
from convviz.ops.types import Array

LARGE = 1_000_000  # multiplications for one output row; measured


def shifts_pay(w: Array, out_w: int) -> bool:
    """Whether `convolve_shifts` is faster than `convolve_rows` for filters (F, C, KH, KW) of one group.

    Copies are made for each channel and sums for each filter: few filters favour shifts. So do large kernels,
    whose copies leave the cache.

    Examples
    --------
    >>> shifts_pay(np.ones((4, 64, 3, 3)), 56), shifts_pay(np.ones((64, 4, 3, 3)), 56)
    (True, False)
    """
    return w.shape[1] >= len(w) or w.size * out_w > LARGE


def convolve_shifts(x: Array, w: Array, b: Array | int, out: Array, strip: Strip) -> None:
    """Write the convolution of images x (N, G, C, H, W) into ``out`` (N, G, F, OH, OW), as `convolve_rows` does.

    Examples
    --------
    >>> from convviz.ops.lines import strips
    >>> from convviz.ops.window import Window2d
    >>> out, x = np.empty((1, 1, 1, 2, 2)), np.arange(9.0).reshape(1, 1, 1, 3, 3)
    >>> [(_, strip)] = strips(Window2d.make(2), 2)
    >>> convolve_shifts(x, np.ones((1, 1, 1, 2, 2)), 0, out, strip)
    >>> out[0, 0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    (groups, filters, channels, kh, kw), out_w = w.shape, out.shape[4]
    weights = np.ascontiguousarray(w.transpose(4, 0, 1, 3, 2))  # (KW, G, F, KH, C)
    weights = weights.reshape(kw, groups, 1, filters, kh * channels)
    a_row = groups * x.itemsize * strip.width(out_w) * (strip.stride * channels + 2 * filters)
    tiles = Tiles.of(out, out.shape[3], a_row, least=kh // strip.stride)

    def work(images: slice, first: int, count: int) -> None:
        for n in range(images.start, images.stop):
            _convolve(x[n], weights, b, out[n, :, :, first : first + count], strip, first)

    do_each(work, tiles, w[0, 0].size * out.size)


def _convolve(
    x: Array, weights: Array, b: Array | int, out: Array, strip: Strip, first: int
) -> None:
    """Write one tile of an image, output rows from ``first`` on."""
    (groups, channels), (filters, count, out_w) = x.shape[:2], out.shape[1:]
    kh, height, width = strip.window.kernel[0], strip.height(count), strip.width(out_w)
    lines = empty((groups, len(strip.phases), height, channels, 1, width), x.dtype)
    fill(lines, x[None], strip, first)
    total, product = empty((2, groups, count, filters, out_w), x.dtype)
    for v, (phase, columns) in enumerate(strip.taps(out_w)):
        met = windows_of(lines[:, phase, ..., 0, columns], count, kh, strip.stride)
        np.matmul(weights[v], met, out=product if v else total)
        if v:
            total += product
    np.add(total, b, out=out.swapaxes(1, 2))
