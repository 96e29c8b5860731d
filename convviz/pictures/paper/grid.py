"""Tiles of a slide in rows and columns that line up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from convviz.pictures.paper.pen import Pen
from convviz.pictures.paper.slide import Tile

GAP = 14  # screen pixels between two tiles


@dataclass(frozen=True)
class TileGrid:
    """Rows of equally many tiles; None is an empty place."""

    rows: Sequence[Sequence[Tile | None]]

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        return sum(self._widths) + GAP * (len(self._widths) - 1), sum(self._heights)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        for row, height in zip(self.rows, self._heights, strict=True):
            at = x
            for tile, width in zip(row, self._widths, strict=True):
                if tile:
                    tile.draw(pen, at, y)
                at += width + GAP
            y += height

    @cached_property
    def _widths(self) -> list[int]:
        columns = zip(*self.rows, strict=True)
        return [max(tile.size[0] for tile in column if tile) for column in columns]

    @cached_property
    def _heights(self) -> list[int]:
        return [max(tile.size[1] for tile in row if tile) + GAP for row in self.rows]
