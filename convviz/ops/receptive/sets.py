"""Sets of cells of a map, and how a window carries them to the map before or after it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Box, Pair
from convviz.ops.window import Window2d

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
    spans = [_tap_span(cells.box, window, axis) for axis in (0, 1)]
    box = spans[0][0], spans[1][0], spans[0][1], spans[1][1]
    box = box if size is None else clip(box, size)
    live = cells.live
    for axis in (0, 1):
        places = _places(window, axis, cells.box[axis::2], box[axis::2])
        live = _carry(live, axis, box[axis + 2] - box[axis], [(to, of) for of, to in places])
    return Cells(box, live)


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
    box, live = (top, left, bottom, right), cells.live
    for axis in (0, 1):
        places = _places(window, axis, box[axis::2], cells.box[axis::2])
        live = _carry(live, axis, box[axis + 2] - box[axis], places)
    return Cells(box, live)


def _carry(live: Mask, axis: int, length: int, places: Iterable[tuple[slice, slice]]) -> Mask:
    """A set carried over along one axis, to an axis of ``length``: for each tap, to where and from where."""
    live = np.moveaxis(live, axis, 0)
    carried = np.zeros((length, live.shape[1]), dtype=bool)
    for to, of in places:
        carried[to] |= live[of]
    return np.moveaxis(carried, 0, axis)


def _places(
    window: Window2d, axis: int, units: tuple[int, ...], cells: tuple[int, ...]
) -> Iterator[tuple[slice, slice]]:
    """Along one axis, for each tap: which of the units from one up to another have it on which of the cells.

    No more than these units and cells is looked at, however far apart a stride or a dilation puts the taps.

    Examples
    --------
    >>> list(_places(Window2d.make(2, stride=3, dilation=2), 0, (0, 9), (0, 7)))
    [(slice(0, 3, None), slice(0, 7, 3)), (slice(0, 2, None), slice(2, 6, 3))]
    """
    stride = window.stride[axis]
    for u in range(window.kernel[axis]):
        zero = u * window.dilation[axis] - window.padding[axis][0]  # where unit 0 has the tap
        first = max(units[0], -((zero - cells[0]) // stride))
        last = min(units[1], (cells[1] - 1 - zero) // stride + 1)
        if first < last:
            begin = first * stride + zero - cells[0]
            end = (last - 1) * stride + zero - cells[0] + 1
            yield slice(first - units[0], last - units[0]), slice(begin, end, stride)


def _tap_span(box: Box, window: Window2d, axis: int) -> Pair:
    """First cell that the units of a box read, padding included, and one past the last."""
    stride, before = window.stride[axis], window.padding[axis][0]
    low, units = box[axis] * stride - before, box[axis + 2] - box[axis]
    return low, low + (stride * (units - 1) + window.extent[axis] if units else 0)


def _reading_span(box: Box, window: Window2d, axis: int, out: Pair | None) -> Pair:
    """First output whose window begins late enough to reach the box, and one past the last."""
    before, stride = window.padding[axis][0], window.stride[axis]
    low, high = box[axis] + before, box[axis + 2] - 1 + before
    first = max(0, -((window.extent[axis] - 1 - low) // stride))
    last = high // stride + 1
    return first, last if out is None else min(last, out[axis])
