"""A chart drawn by Pillow."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np

from convviz.pictures.chart import Band, Bars, Chart, Line, Point, Rings
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper.pen import LEADING, SIZE, Pen, mixed, width_of

SMALL = 15  # screen pixels of what stands beside the axes
KEY = 26  # screen pixels of a line beside its name
LINE, RING, DOT = 3, 9, 4  # screen pixels: of a line, and the radii of a ring and a dot
PALE, TINT = 0.45, 0.15  # how much of its colour a pale line and a band have


@dataclass(frozen=True)
class ChartTile:
    """A chart, ``size`` (width, height) screen pixels large; its title is left to the tile it lies in."""

    chart: Chart
    size: tuple[int, int] = (600, 340)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        _Drawn(self, pen, x, y).draw()


class _Drawn:
    """A chart on its way to the paper: where its frame lies."""

    def __init__(self, tile: ChartTile, pen: Pen, x: float, y: float) -> None:
        self.chart, self.pen = tile.chart, pen
        chart = tile.chart
        self.corner, (width, height) = (x, y), tile.size
        numbers = max([chart.beside, *(width_of(text, SMALL) for _, text in chart.up.ticks)])
        last = max((width_of(text, SMALL) for _, text in chart.across.ticks[-1:]), default=0)
        line = SMALL * LEADING
        self.left = x + numbers + 12
        self.top = y + line * (bool(chart.key) + bool(chart.up.name)) + 8
        self.right = x + width - max(8, last / 2 + 2)
        self.bottom = y + height - line * (1 + bool(chart.across.name)) - 6
        self.end = y + height

    def draw(self) -> None:
        chart = self.chart
        self._grid()
        if band := chart.band:
            place = (self._x(band.first), self.top, self._x(band.last), self.bottom)
            self.pen.tint(place, LIGHT.named(band.colour), TINT)
        if chart.bars:
            self._bars(chart.bars)
        rules = [[(self._x(at), self.top), (self._x(at), self.bottom)] for at in chart.rules[0]]
        rules += [[(self.left, self._y(at)), (self.right, self._y(at))] for at in chart.rules[1]]
        for ends in rules:
            self.pen.line(ends, LIGHT.text, 1, dashed=True)
        for line in chart.lines:
            self._line(line)
        for x, y in chart.rings.points if chart.rings else ():
            self.pen.dot((self._x(x), self._y(y)), RING, fill=None, line=LIGHT.text)
        self._key()

    def _x(self, value: float) -> float:
        share = min(1.0, max(0.0, self.chart.across.share(value)))
        return self.left + share * (self.right - self.left)

    def _y(self, value: float) -> float:
        share = min(1.0, max(0.0, self.chart.up.share(value)))
        return self.bottom - share * (self.bottom - self.top)

    def _grid(self) -> None:
        """Lines at the ticks, their texts, and the names of the axes."""
        pen = self.pen
        for value, text in self.chart.up.ticks:
            pen.line([(self.left, self._y(value)), (self.right, self._y(value))], LIGHT.grid)
            pen.text((self.left - 8, self._y(value)), text, size=SMALL, anchor="rm")
        end = float("-inf")
        for value, text in self.chart.across.ticks:
            pen.line([(self._x(value), self.top), (self._x(value), self.bottom)], LIGHT.grid)
            half = width_of(text, SMALL) / 2
            if self._x(value) - half > end:  # otherwise it would run into the one before
                pen.text((self._x(value), self.bottom + 6), text, size=SMALL, anchor="ma")
                end = self._x(value) + half + 4
        above = (self.corner[0], self.top - 8 - SMALL * LEADING)
        pen.text(above, self.chart.up.name, size=SMALL)
        pen.text((self.right, self.end), self.chart.across.name, size=SMALL, anchor="rd")

    def _line(self, line: Line) -> None:
        colour = mixed(LIGHT.named(line.colour), PALE if line.pale else 1)
        for shown, run in groupby(zip(line.across, line.up, strict=True), self._is_shown):
            places = [(self._x(across), self._y(up)) for across, up in run if shown]
            if len(places) > 1:
                self.pen.line(places, colour, 1 if line.pale else LINE, dashed=line.dashed)
            for place in places if line.dotted else []:
                self.pen.dot(place, DOT, fill=colour, line=None)

    def _is_shown(self, point: Point) -> bool:
        """Whether a point has a place: it has none where it is not a number, or 0 on a logarithmic axis."""
        return bool(np.isfinite(point[1])) and (point[1] > 0 or not self.chart.up.log)

    def _bars(self, bars: Bars) -> None:
        for k, (height, colour) in enumerate(zip(bars.heights, bars.colours, strict=True)):
            left, right = self._x(bars.edges[k]), self._x(bars.edges[k + 1])
            place = (left, self._y(height), right, self._y(0))
            self.pen.box(place, fill=LIGHT.named(colour))

    def _key(self) -> None:
        x, middle = self.left, self.corner[1] + SIZE * LEADING / 2
        for part in self.chart.key:
            self._sign(part, x, middle)
            self.pen.text((x + KEY + 6, middle), part.name, size=SMALL, anchor="lm")
            x += KEY + 6 + width_of(part.name, SMALL) + 22

    def _sign(self, part: Line | Bars | Rings | Band, x: float, middle: float) -> None:
        """What stands in the key for a part, ``KEY`` pixels wide."""
        if isinstance(part, Line):
            ends = [(x, middle), (x + KEY, middle)]
            colour = mixed(LIGHT.named(part.colour), PALE if part.pale else 1)
            self.pen.line(ends, colour, LINE, dashed=part.dashed)
        elif isinstance(part, Rings):
            self.pen.dot((x + KEY / 2, middle), RING, fill=None, line=LIGHT.text)
        else:
            named, share = (part.colours[0], 1) if isinstance(part, Bars) else (part.colour, 0.4)
            self.pen.tint((x + 6, middle - 7, x + 20, middle + 7), LIGHT.named(named), share)
