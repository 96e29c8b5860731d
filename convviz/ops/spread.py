"""The gradient of the input fast: the same steps as forward, in the opposite direction.

Forward, each number is copied once for each tap across, and one matrix product makes an output row. The
gradient of a matrix product is a matrix product: each row of the input receives from the KH output rows whose
windows it was in,

    gained[r, c, v, j] = sum over f, u of w[f, c, u, v] * dout[f, (r - u) / stride, j]

and in memory these rows of dout lie one below the other: a matrix (KH * F, OW) that is a view. The gradient
of copying a number is adding up what its copies received, one tap after the other:

    gained[r, c, v=0]    a b c d e            lines[r, c, j + v] += gained[r, c, v, j]
    gained[r, c, v=1]      a b c d e
    gained[r, c, v=2]        a b c d e

With a stride downwards, row r meets only the taps u = r mod stride, ...: so rows 0, s, 2s, ... have one
matrix of weights, rows 1, s + 1, ... the next. Bytes moved for each number of the image: KW products are
written and added to its line inside the cache, and it is written once; each number of dout is read once and
copied once.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.bands import where_they_lie
from convviz.ops.lines import Strip, Tiles, drain, meeting
from convviz.ops.memory import empty, zeros
from convviz.ops.rows import windows_of
from convviz.ops.threads import do_each
from convviz.ops.types import Array


def spread(dout: Array, w: Array, dx: Array, strip: Strip) -> None:
    """Write what each cell of dout (N, G, F, OH, OW), times its filter, gives its window to dx (N, G, C, H, W).

    Cells that no window of the strip reads are left alone.

    Examples
    --------
    >>> from convviz.ops.lines import strips
    >>> from convviz.ops.window import Window2d
    >>> dx, [(_, strip)] = np.zeros((1, 1, 1, 3, 3)), strips(Window2d.make(2), 2)
    >>> spread(np.ones((1, 1, 1, 2, 2)), np.ones((1, 1, 1, 2, 2)), dx, strip)
    >>> dx[0, 0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    (groups, filters, channels, kh, kw), out_w = w.shape, dout.shape[4]
    turns = [_weights(w, phase, strip.stride) for phase in range(min(kh, strip.stride))]
    deep = turns[0].shape[3] // filters  # output rows that one row of dx receives from
    a_row = groups * out_w * dout.itemsize * (2 * channels * kw + filters)

    def work(images: slice, first: int, count: int) -> None:
        rows = _rows(dout[images], first - deep + 1, count + deep - 1)
        for phase, weights in enumerate(turns):
            taps = weights.shape[3] // filters
            met = windows_of(rows[:, deep - taps :], count, taps, 1)
            lines = _add_up(weights, met, out_w, strip)
            _write(lines, dx[images], strip, first * strip.stride + phase)

    tiles = Tiles.of(dout, dout.shape[3] + deep - 1, a_row, least=deep)
    do_each(work, tiles, w[0, 0].size * dout.size)


def _weights(w: Array, phase: int, stride: int) -> Array:
    """The taps phase, phase + stride, ... downwards, the last one first, as (G, 1, C * KW, taps * F)."""
    groups, _, channels, _, kw = w.shape
    taps = w[:, :, :, phase::stride][:, :, :, ::-1].transpose(0, 2, 4, 3, 1)  # (G, C, KW, taps, F)
    return np.ascontiguousarray(taps).reshape(groups, 1, channels * kw, -1)


def _rows(dout: Array, first: int, height: int) -> Array:
    """Output rows from ``first`` on, 0 where there are none, as (G, height, F, N * OW)."""
    n, groups, filters, out_h, out_w = dout.shape
    rows = empty((groups, height, filters, n, out_w), dout.dtype)
    inside, there = meeting(first, 1, height, out_h)
    rows[:, inside] = dout[:, :, :, there].transpose(1, 3, 2, 0, 4)
    rows[:, : inside.start] = rows[:, inside.stop :] = 0
    return rows.reshape(groups, height, filters, n * out_w)


def _add_up(weights: Array, met: Array, out_w: int, strip: Strip) -> Array:
    """What each number receives through each of its copies, added up: lines (G, phases, height, C, N, width)."""
    (groups, height, _, across), kw = met.shape, strip.window.kernel[1]
    channels, n = weights.shape[2] // kw, across // out_w
    gained = empty((groups, height, channels * kw, across), met.dtype)
    gained = np.matmul(weights, met, out=gained).reshape(groups, height, channels, kw, n, out_w)
    size = groups, len(strip.phases), height, channels, n, strip.width(out_w)
    lines = zeros(size, met.dtype)
    with where_they_lie(out_w):
        for v, (phase, columns) in enumerate(strip.taps(out_w)):
            lines[:, phase, ..., columns] += gained[:, :, :, v]
    return lines


def _write(lines: Array, dx: Array, strip: Strip, line: int) -> None:
    """Write lines to every stride-th row of dx, from a line of the strip on."""
    (top, _), (left, _) = strip.window.padding
    steps = strip.step * strip.stride, strip.window.stride[1]
    for p, phase in enumerate(strip.phases):
        drain(lines[:, p], dx, (strip.first + line * strip.step - top, phase - left), steps)
