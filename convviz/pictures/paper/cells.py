"""Tiles of a slide that show a grid of cells, each with a colour and a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Pixels
from convviz.pictures.ink import ink_on
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper import colours
from convviz.pictures.paper.grounds import signed_pixels
from convviz.pictures.paper.pen import Pen, Place, width_of
from convviz.text.prose import number

TEXT = 16  # screen pixels of a number
TALL, BESIDE = 34, 10  # screen pixels: of a cell with a text, and beside its widest text
ROOM = 1100  # screen pixels a grid may take for texts to be written into its cells
SMALL, LARGEST = 440, 16  # screen pixels: of a grid without texts, and of its cells
MARKED = LIGHT.series[3]  # frame of a marked cell


@dataclass(frozen=True, eq=False)
class CellTile:
    """A grid of cells.

    Parameters
    ----------
    grounds
        Their colours, uint8 of shape (rows, columns, 3).
    texts
        What is written in each; None for nothing.
    marked
        CellTile with a frame, of shape (rows, columns); None for none.
    rows, columns
        Names beside the rows and above the columns; none if empty.
    lines
        Rows and columns before which a line is drawn: between images, and between channels.
    tall
        Screen pixels of a cell with a text.
    """

    grounds: Pixels
    texts: Sequence[Sequence[str]] | None = None
    marked: npt.NDArray[np.bool_] | None = None
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    lines: tuple[Sequence[int], Sequence[int]] = ((), ())
    tall: int = TALL

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        (wide, tall), (left, top) = self.cell, self._room
        count, across = self.grounds.shape[:2]
        return left + across * wide, top + count * tall

    @cached_property
    def cell(self) -> tuple[int, int]:
        """(width, height) of a cell in screen pixels."""
        rows, columns = self.grounds.shape[:2]
        if self.texts is None:
            side = max(2, min(LARGEST, SMALL // max(rows, columns, 1)))
            return side, side
        widest = max((width_of(text, TEXT) for line in self.texts for text in line), default=0)
        names = max((width_of(name, TEXT) for name in self.columns), default=0)
        return max(self.tall, round(max(widest, names)) + BESIDE), self.tall

    def place(self, row: int, column: int, x: float, y: float) -> Place:
        """Where a cell lies, if the grid's top left corner is there."""
        (wide, tall), (left, top) = self.cell, self._room
        at = (x + left + column * wide, y + top + row * tall)
        return at[0], at[1], at[0] + wide, at[1] + tall

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        rows, columns = self.grounds.shape[:2]
        for row in range(rows):
            for column in range(columns):
                self._cell(pen, row, column, self.place(row, column, x, y))
        for row, column in np.argwhere(self.marked) if self.marked is not None else ():
            pen.box(self.place(row, column, x, y), line=MARKED, width=3)
        self._names(pen, x, y)
        (left, top, *_), (*_, right, bottom) = (
            self.place(0, 0, x, y),
            self.place(rows - 1, columns - 1, x, y),
        )
        for row in self.lines[0]:
            at = self.place(row, 0, x, y)[1]
            pen.line([(left, at), (right, at)], LIGHT.text, 2)
        for column in self.lines[1]:
            at = self.place(0, column, x, y)[0]
            pen.line([(at, top), (at, bottom)], LIGHT.text, 2)

    def _cell(self, pen: Pen, row: int, column: int, place: Place) -> None:
        red, green, blue = (int(part) for part in self.grounds[row, column])
        line = colours.LINE if self.texts else None
        pen.box(place, fill=(red, green, blue), line=line)
        if self.texts:
            middle = ((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
            ink = ink_on((red, green, blue))
            pen.text(middle, self.texts[row][column], size=TEXT, colour=ink, anchor="mm")

    def _names(self, pen: Pen, x: float, y: float) -> None:
        for row, name in enumerate(self.rows):
            left, top, _right, bottom = self.place(row, 0, x, y)
            pen.text((left - 8, (top + bottom) / 2), name, size=TEXT, anchor="rm")
        for column, name in enumerate(self.columns):
            left, top, right, _bottom = self.place(0, column, x, y)
            pen.text(((left + right) / 2, top - 6), name, size=TEXT, anchor="md")

    @cached_property
    def _room(self) -> tuple[int, int]:
        """Room for the names: at the left and at the top."""
        beside = max((width_of(name, TEXT) + 10 for name in self.rows), default=0)
        return round(beside), TEXT + 12 if self.columns else 0


def numbers(
    values: npt.NDArray[Any],
    *,
    limit: float | None = None,
    marked: npt.NDArray[np.bool_] | None = None,
) -> CellTile:
    """A grid of numbers on the signed colour scale; where it is too wide for numbers, colours only.

    Parameters
    ----------
    values
        Shape (rows, columns).
    limit
        The scale goes from ``-limit`` to ``limit``; by default to the largest absolute value.
    marked
        CellTile with a frame.

    Examples
    --------
    >>> numbers(np.array([[1.0, -2.5]])).texts
    [['1', '−2.5']]
    """
    texts = [[number(value, digits=4) for value in row] for row in values]
    rows, columns = ([str(k) for k in range(length)] for length in values.shape)
    written = CellTile(signed_pixels(values, limit), texts, marked, rows, columns)
    if max(written.size) <= ROOM:
        return written
    return CellTile(written.grounds, None, marked)
