"""Tiles of a slide that are read: tables, and lines of code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from convviz.pictures.palette import LIGHT
from convviz.pictures.paper import colours
from convviz.pictures.paper.pen import LEADING, Pen, width_of

APART, ROW = 26, 30  # screen pixels: between columns, and of a row
CODE, INSIDE = 15, 12  # screen pixels: size of code, and around it
GROUND = (246, 247, 249)  # of code
MOST = 100  # letters of a line of code; a longer one goes on in the next
FIGURES = frozenset("0123456789.,+−-×·/%= e()⌊⌋∞–")


@dataclass(frozen=True)
class Table:
    """A small table of text."""

    head: Sequence[str]  # names of the columns; none if empty
    # As many texts each. A column of nothing but numbers is set to the right.
    rows: Sequence[Sequence[str]]
    marked: int | None = None  # a row with a frame; None for none

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        wide = sum(self._widths) + APART * (len(self._widths) - 1) + 16
        return wide, ROW * len(self._lines)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        width = self.size[0]
        for k, line in enumerate(self._lines):
            top, at = y + k * ROW, x + 8
            for text, wide, right in zip(line, self._widths, self._right, strict=True):
                place = (at + wide if right else at, top + ROW / 2)
                pen.text(place, text, anchor="rm" if right else "lm")
                at += wide + APART
            heavy = bool(self.head) and k == 0
            colour = LIGHT.text if heavy else LIGHT.grid
            if k < len(self._lines) - 1:
                pen.line([(x, top + ROW), (x + width, top + ROW)], colour, 1.5 if heavy else 1)
        if self.marked is not None:
            top = y + (self.marked + bool(self.head)) * ROW
            pen.box((x, top, x + width, top + ROW), line=colours.MARK, width=2)

    @property
    def _lines(self) -> list[Sequence[str]]:
        return [self.head, *self.rows] if self.head else list(self.rows)

    @cached_property
    def _widths(self) -> list[int]:
        columns = zip(*self._lines, strict=True)
        return [round(max(width_of(text) for text in column)) for column in columns]

    @cached_property
    def _right(self) -> list[bool]:
        return [
            all(FIGURES.issuperset(text) for text in column)
            for column in zip(*self.rows, strict=True)
        ]


@dataclass(frozen=True)
class CodeTile:
    """Lines of code."""

    text: str

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        wide = max(width_of(line, CODE, code=True) for line in self._lines)
        return round(wide) + 2 * INSIDE, round(len(self._lines) * CODE * LEADING) + 2 * INSIDE

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        width, height = self.size
        pen.box((x, y, x + width, y + height), fill=GROUND)
        for k, line in enumerate(self._lines):
            pen.text((x + INSIDE, y + INSIDE + k * CODE * LEADING), line, size=CODE, code=True)

    @cached_property
    def _lines(self) -> list[str]:
        found = []
        for line in self.text.splitlines() or [""]:
            indent = " " * (len(line) - len(line.lstrip()) + 4)
            while len(line) > MOST:
                cut = line.rfind(" ", len(indent), MOST)
                cut = cut if cut > 0 else MOST
                found.append(line[:cut])
                line = indent + line[cut:].lstrip()
            found.append(line)
        return found
