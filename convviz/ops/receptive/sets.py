"""Sets of cells of a map, and how a window carries them to the map before or after it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Box, Pair
from convviz.ops.window import Window2d
from convviz.ops.windows import windows

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Cells:
    """A set of cells.

    Parameters
    ----------
    box
        (top, left, bottom, right); bottom and right are one past the last cell.
    live
        Which cells of the box belong to the set, bool of shape (bottom - top, right - left).
    """

    box: Box
    live: Mask

    @property
    def positions(self) -> npt.NDArray[np.intp]:
        """(row, column) of each cell in row-major order, shape (count, 2)."""
        return np.asarray(np.argwhere(self.live) + np.array(self.box[:2]))

    @property
    def count(self) -> int:
        """Number of cells."""
        return int(self.live.sum())

    def within(self, box: Box) -> Mask:
        """The set as a mask of another box; cells outside it are left out."""
        top, left, bottom, right = box
        mask = np.zeros((bottom - top, right - left), dtype=bool)
        low = max(top, self.box[0]), max(left, self.box[1])
        high = min(bottom, self.box[2]), min(right, self.box[3])
        if low[0] < high[0] and low[1] < high[1]:
            mask[low[0] - top : high[0] - top, low[1] - left : high[1] - left] = self.live[
                low[0] - self.box[0] : high[0] - self.box[0],
                low[1] - self.box[1] : high[1] - self.box[1],
            ]
        return mask


def single(row: int, column: int) -> Cells:
    """The set of one cell."""
    return Cells((row, column, row + 1, column + 1), np.ones((1, 1), dtype=bool))


def clip(box: Box, size: Pair) -> Box:
    """The part of a box inside a map; empty at its border where there is none.

    Examples
    --------
    >>> clip((-2, 3, 4, 9), (5, 6)), clip((-5, 0, -2, 3), (5, 6))
    ((0, 3, 4, 6), (0, 0, 0, 3))
    """
    top, left, bottom, right = box
    return (
        min(max(top, 0), size[0]),
        min(max(left, 0), size[1]),
        min(max(bottom, 0), size[0]),
        min(max(right, 0), size[1]),
    )


def union(sets: list[Cells]) -> Cells:
    """Cells of any of the sets."""
    tops, lefts, bottoms, rights = zip(*(cells.box for cells in sets), strict=True)
    box = (min(tops), min(lefts), max(bottoms), max(rights))
    return Cells(box, np.logical_or.reduce([cells.within(box) for cells in sets]))


def taps(cells: Cells, window: Window2d, size: Pair | None) -> Cells:
    """The cells read by the windows of a set of outputs.

    Unit i has its taps at ``i * stride - padding + u * dilation``, u = 0 … kernel - 1; those outside an input
    of ``size`` are left out.

    Examples
    --------
    >>> taps(single(0, 1), Window2d.make(2, stride=3, padding=1, dilation=2), (9, 9)).positions.tolist()
    [[1, 2], [1, 4]]
    """
    live = _spread(_spread(cells.live, window, 0), window, 1)
    top, left = (cells.box[axis] * window.stride[axis] - window.padding[axis][0] for axis in (0, 1))
    reached = Cells((top, left, top + live.shape[0], left + live.shape[1]), live)
    if size is None:
        return reached
    box = clip(reached.box, size)
    return Cells(box, reached.within(box))


def _spread(live: Mask, window: Window2d, axis: int) -> Mask:
    """Along one axis, every cell as all taps of its window."""
    live = np.moveaxis(live, axis, 0)
    stride, dilation = window.stride[axis], window.dilation[axis]
    span = max(0, stride * (len(live) - 1) + 1)
    wide = np.zeros((span and span + window.extent[axis] - 1, live.shape[1]), dtype=bool)
    for u in range(window.kernel[axis]):
        wide[u * dilation : u * dilation + span : stride] |= live
    return np.moveaxis(wide, 0, axis)


def readers(cells: Cells, window: Window2d, out: Pair | None) -> Cells:
    """The outputs whose windows read any cell of a set; ``out`` is the size of their map.

    Examples
    --------
    >>> readers(single(1, 4), Window2d.make(2, stride=3, padding=1, dilation=2), None).positions.tolist()
    [[0, 1]]
    """
    spans = [_reading_span(cells.box, window, axis, out) for axis in (0, 1)]
    (top, bottom), (left, right) = spans
    if top >= bottom or left >= right:
        return Cells((top, left, top, left), np.zeros((0, 0), dtype=bool))
    begin = [first * window.stride[k] - window.padding[k][0] for k, (first, _) in enumerate(spans)]
    end = [
        (last - 1) * window.stride[k] - window.padding[k][0] + window.extent[k]
        for k, (_, last) in enumerate(spans)
    ]
    seen = cells.within((begin[0], begin[1], end[0], end[1]))
    live = np.asarray(windows(seen, window).any(axis=(-2, -1)))  # (units down, units across)
    return Cells((top, left, bottom, right), live)


def _reading_span(box: Box, window: Window2d, axis: int, out: Pair | None) -> Pair:
    """First output whose window begins late enough to reach the box, and one past the last."""
    before, stride = window.padding[axis][0], window.stride[axis]
    low, high = box[axis] + before, box[axis + 2] - 1 + before
    first = max(0, -((window.extent[axis] - 1 - low) // stride))
    last = high // stride + 1
    return first, last if out is None else min(last, out[axis])
