"""A view of the app as a picture for a slide: a heading, what the page says, and titled tiles in rows."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from PIL import Image

from convviz.pictures.paper import colours
from convviz.pictures.paper.pen import LEADING, SIZE, Pen, width_of, wrapped

SCALE = 2  # pixels of the picture for each on the screen
EDGE, GAP = 28, 36  # screen pixels: around everything, and between tiles
HEADING, SMALL = 24, 15
LEAST, MOST = 760, 1864  # screen pixels: of the sentences at least, and of a row of tiles at most
NARROW = 280  # screen pixels that a title may take
BENEATH = 8  # screen pixels between the title of a tile and what it shows


class Body(Protocol):
    """What a tile shows: a picture, cells, a table, code or a chart. Lengths are screen pixels."""

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        ...

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        ...


@dataclass(frozen=True)
class Tile:
    """Something shown, what it is called, and what is said beneath."""

    title: str  # above it; "" for nothing
    body: Body  # what it shows
    foot: str = ""  # beneath it; "" for nothing
    # Screen pixels that a line of these texts may take even where it shows something narrower.
    least: int = NARROW

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        width, height = self.body.size
        wide = max([width, *map(width_of, self._title), *(width_of(t, SMALL) for t in self._foot)])
        return round(wide), round(height + self._above + self._line(SMALL) * len(self._foot))

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        for k, line in enumerate(self._title):
            pen.text((x, y + k * self._line(SIZE)), line)
        self.body.draw(pen, x, y + self._above)
        below = y + self._above + self.body.size[1] + 4
        for k, line in enumerate(self._foot):
            pen.text((x, below + k * self._line(SMALL)), line, size=SMALL)

    @property
    def _title(self) -> list[str]:
        return wrapped(self.title, max(self.body.size[0], self.least)) if self.title else []

    @property
    def _foot(self) -> list[str]:
        return wrapped(self.foot, max(self.body.size[0], self.least), SMALL) if self.foot else []

    @property
    def _above(self) -> float:
        return self._line(SIZE) * len(self._title) + (BENEATH if self.title else 0)

    @staticmethod
    def _line(size: int) -> float:
        return size * LEADING


@dataclass(frozen=True)
class Slide:
    """A view."""

    heading: str  # the page and its view
    said: Sequence[str]  # what the page says of it, a paragraph each
    # Tiles from left to right, row by row; a row that is too wide goes on below.
    rows: Sequence[Sequence[Tile]]

    def drawn(self, scale: int = SCALE) -> Image.Image:
        """The picture, with so many pixels for each of the screen's.

        Examples
        --------
        >>> from convviz.pictures.paper.tables import CodeTile
        >>> Slide("Pooling", ["Four."], [[Tile("out", CodeTile("x + 1"))]]).drawn().size
        (1632, 410)
        """
        places = list(self._places())
        wide = max([self._said_width, *(x + tile.size[0] - EDGE for tile, x, _y in places)])
        tall = max([self._top, *(y + tile.size[1] for tile, _x, y in places)])
        pen = Pen.on_page(round(wide) + 2 * EDGE, round(tall) + EDGE, scale, colours.PAGE)
        pen.text((EDGE, EDGE - 6), self.heading, size=HEADING)
        for k, line in enumerate(self._lines()):
            pen.text((EDGE, EDGE + HEADING * LEADING + k * SIZE * LEADING), line)
        for tile, x, y in places:
            tile.draw(pen, x, y)
        return pen.picture

    def png(self) -> bytes:
        """The picture, twice as fine as the screen, as a file."""
        buffer = io.BytesIO()
        self.drawn().save(buffer, "PNG")
        return buffer.getvalue()

    def _places(self) -> Iterator[tuple[Tile, float, float]]:
        """Each tile and its top left corner."""
        y = self._top
        for row in self._lines_of_tiles():
            x = float(EDGE)
            for tile in row:
                yield tile, x, y
                x += tile.size[0] + GAP
            y += max(tile.size[1] for tile in row) + GAP * 0.75

    def _lines_of_tiles(self) -> Iterator[Sequence[Tile]]:
        """The rows, broken where they are too wide."""
        for row in self.rows:
            line: list[Tile] = []
            for tile in row:
                if line and _width([*line, tile]) > MOST:
                    yield line
                    line = []
                line.append(tile)
            if line:
                yield line

    @property
    def _said_width(self) -> float:
        return max([LEAST, width_of(self.heading, HEADING), *map(_width, self._lines_of_tiles())])

    @property
    def _top(self) -> float:
        return EDGE + HEADING * LEADING + len(self._lines()) * SIZE * LEADING + GAP / 2

    def _lines(self) -> list[str]:
        return [line for text in self.said for line in wrapped(text, self._said_width)]


def _width(row: Sequence[Tile]) -> int:
    """Screen pixels of tiles side by side."""
    return sum(tile.size[0] + GAP for tile in row) - GAP
