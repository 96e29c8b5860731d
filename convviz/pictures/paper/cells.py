"""A grid of numbers drawn by Pillow."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from convviz.ops.types import Pixels
from convviz.pictures.cells import MARKED, SCALES, Cells
from convviz.pictures.ink import ink_on
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper import colours
from convviz.pictures.paper.grounds import scale_pixels
from convviz.pictures.paper.pen import Pen, Place, width_of

TEXT = 16  # screen pixels of a number
TALL, BESIDE = 32, 10  # screen pixels: of a cell with a text, and beside its widest text
ROOM = 1100  # screen pixels a grid may take for texts to be written into its cells
SMALL, LARGEST = 440, 16  # screen pixels: of a grid without texts, and of its cells


@dataclass(frozen=True, eq=False)
class CellTile:
    """A grid of cells; where it is too wide for their texts, colours only."""

    cells: Cells

    @cached_property
    def grounds(self) -> Pixels:
        """The colour of each cell, uint8 of shape (rows, columns, 3)."""
        return scale_pixels(self.cells.places, SCALES[self.cells.scale](LIGHT))

    @cached_property
    def written(self) -> bool:
        """Whether there is room for the texts and the names."""
        (wide, tall), (left, top) = self._written_cell, self._names_room
        rows, columns = self.cells.values.shape
        return bool(max(left + columns * wide, top + rows * tall) <= ROOM)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        (wide, tall), (left, top) = self.cell, self._room
        count, across = self.cells.values.shape
        return left + across * wide, top + count * tall

    @cached_property
    def cell(self) -> tuple[int, int]:
        """(width, height) of a cell in screen pixels."""
        if self.written:
            return self._written_cell
        side = max(2, min(LARGEST, SMALL // max(*self.cells.values.shape, 1)))
        return side, side

    def place(self, row: int, column: int, x: float, y: float) -> Place:
        """Where a cell lies, if the grid's top left corner is there."""
        (wide, tall), (left, top) = self.cell, self._room
        at = (x + left + column * wide, y + top + row * tall)
        return at[0], at[1], at[0] + wide, at[1] + tall

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        cells, (rows, columns) = self.cells, self.cells.values.shape
        for row in range(rows):
            for column in range(columns):
                self._cell(pen, row, column, self.place(row, column, x, y))
        frame = LIGHT.named(MARKED)
        for row, column in np.argwhere(cells.marked) if cells.marked is not None else ():
            pen.box(self.place(row, column, x, y), line=frame, width=3)
        if self.written:
            self._names(pen, x, y)
        (left, top, *_), (*_, right, bottom) = (
            self.place(0, 0, x, y),
            self.place(rows - 1, columns - 1, x, y),
        )
        for row in cells.lines[0]:
            at = self.place(row, 0, x, y)[1]
            pen.line([(left, at), (right, at)], LIGHT.text, 2)
        for column in cells.lines[1]:
            at = self.place(0, column, x, y)[0]
            pen.line([(at, top), (at, bottom)], LIGHT.text, 2)

    def _cell(self, pen: Pen, row: int, column: int, place: Place) -> None:
        red, green, blue = (int(part) for part in self.grounds[row, column])
        line = colours.LINE if self.written else None
        pen.box(place, fill=(red, green, blue), line=line)
        if self.written:
            middle = ((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
            ink = ink_on((red, green, blue))
            pen.text(middle, self.cells.texts[row][column], size=TEXT, colour=ink, anchor="mm")

    def _names(self, pen: Pen, x: float, y: float) -> None:
        for row, name in enumerate(self.cells.rows):
            left, top, _right, bottom = self.place(row, 0, x, y)
            pen.text((left - 8, (top + bottom) / 2), name, size=TEXT, anchor="rm")
        for column, name in enumerate(self.cells.columns):
            left, top, right, _bottom = self.place(0, column, x, y)
            pen.text(((left + right) / 2, top - 6), name, size=TEXT, anchor="md")

    @property
    def _room(self) -> tuple[int, int]:
        """Room for the names that are written: at the left and at the top."""
        return self._names_room if self.written else (0, 0)

    @cached_property
    def _names_room(self) -> tuple[int, int]:
        beside = max((width_of(name, TEXT) + 10 for name in self.cells.rows), default=0)
        return round(beside), TEXT + 12 if self.cells.columns else 0

    @cached_property
    def _written_cell(self) -> tuple[int, int]:
        """(width, height) of a cell that holds the widest text or the widest name of a column."""
        texts = [text for line in self.cells.texts for text in line]
        widest = max((width_of(text, TEXT) for text in (*texts, *self.cells.columns)), default=0)
        return max(TALL, round(widest) + BESIDE), TALL
