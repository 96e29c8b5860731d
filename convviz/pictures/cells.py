"""A grid of numbers, described once: `screen.cells` draws it with Plotly, `paper.cells` with Pillow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Array
from convviz.pictures.palette import STOPS, Palette
from convviz.text.prose import number

Stops = list[tuple[float, str]]  # (place from 0 to 1, colour) each
MARKED = 3  # of the palette's series: the frame around a marked cell


def _error_stops(colours: Palette) -> Stops:
    """Pale where the rule of thumb is happy, then blue, purple and orange."""
    pale = (colours.signed[STOPS][1], colours.signed[STOPS - STOPS // 4][1])
    return [
        (0, pale[0]),
        (0.25, pale[1]),
        (0.5, colours.named("low")),
        (0.75, colours.series[3]),
        (1, colours.named("high")),
    ]


SCALES: dict[str, Callable[[Palette], Stops]] = {
    "signed": lambda colours: colours.signed,
    "counts": lambda colours: [(0, f"rgb{colours.zero}"), (1, colours.named("low"))],
    "errors": _error_stops,
}


@dataclass(frozen=True)
class ColourScale:
    """A strip of colours from left to right, with what its places mean. A place lies between 0 and 1."""

    name: str  # in `SCALES`
    ticks: Sequence[tuple[float, str]]  # texts beneath it at places
    bands: Sequence[str] = ()  # texts above it, each in the middle of its equal part
    at: float | None = None  # a place marked on it; None for none


@dataclass(frozen=True, eq=False)
class Cells:
    """A grid of cells, each with a colour for its value and a text."""

    values: Array  # shape (rows, columns)
    texts: Sequence[Sequence[str]]  # what is written in each, where there is room
    ends: tuple[float, float]  # the values at both ends of the colour scale
    scale: str = "signed"  # its name in `SCALES`
    # Cells with a frame, of the shape of the values; None for none.
    marked: npt.NDArray[np.bool_] | None = None
    # rows, columns: names beside the rows and above the columns; none if empty
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    axes: tuple[str, str] = ("", "")  # what the rows and the columns are; "" for nothing
    # Rows and columns before which a line is drawn: between images, and between channels.
    lines: tuple[Sequence[int], Sequence[int]] = ((), ())
    # What is said of each cell where it is pointed at; its place and value if None.
    said: Sequence[Sequence[str]] | None = None

    @cached_property
    def places(self) -> Array:
        """Where each value lies on the scale, from 0 to 1; what is not finite has the colour of 0."""
        low, high = self.ends
        finite = np.where(np.isfinite(self.values), self.values, 0)
        return np.asarray(((finite - low) / (high - low)).clip(0, 1))


def number_cells(
    values: Array,
    *,
    limit: float | None = None,
    marked: npt.NDArray[np.bool_] | None = None,
    digits: int = 4,
) -> Cells:
    """Numbers, (rows, columns), on the signed colour scale from ``-limit`` to ``limit``.

    The scale goes to the largest absolute value by default. Marked cells have a frame.

    Examples
    --------
    >>> cells = number_cells(np.array([[1.0, -2.5]]))
    >>> cells.texts, cells.ends, cells.places
    ([['1', '−2.5']], (-2.5, 2.5), array([[0.7, 0. ]]))
    """
    if limit is None:
        limit = float(np.abs(values[np.isfinite(values)]).max(initial=0))
    texts = [[number(value, digits=digits) for value in row] for row in values]
    rows, columns = ([str(k) for k in range(length)] for length in values.shape)
    limit = limit or 1.0
    return Cells(values, texts, (-limit, limit), marked=marked, rows=rows, columns=columns)


def count_cells(counts: Array, names: Sequence[str], axes: tuple[str, str]) -> Cells:
    """Counts of things named alike along both axes, the darker the more."""
    texts = [[str(count) for count in row] for row in counts]
    most = max(1, int(counts.max()))
    return Cells(counts, texts, (0, most), "counts", rows=names, columns=names, axes=axes)
