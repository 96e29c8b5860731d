"""Charts of lines and bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from convviz.pictures.palette import LIGHT
from convviz.pictures.paper.axis import Axis
from convviz.pictures.paper.pen import LEADING, SIZE, Colour, Pen, Point, width_of

SMALL = 15  # screen pixels of what stands beside the axes
FEW = 40  # points: so few are marked each
KEY = 26  # screen pixels of a line beside its name


@dataclass(frozen=True)
class Line:
    """A line through points; what is not a number is left out.

    Parameters
    ----------
    name
        In the key; "" for none.
    across, up
        Where its points lie.
    colour
        Of the line.
    width
        In screen pixels.
    dashed, marked
        Whether it is broken, and whether each of few points has a dot.
    """

    name: str
    across: Sequence[float]
    up: Sequence[float]
    colour: str
    width: float = 3
    dashed: bool = False
    marked: bool = True


@dataclass(frozen=True)
class Bars:
    """Bars from 0 side by side.

    Parameters
    ----------
    name
        In the key; "" for none.
    edges
        Where each begins, and where the last ends.
    heights, colours
        One for each.
    """

    name: str
    edges: Sequence[float]
    heights: Sequence[float]
    colours: Sequence[Colour]


@dataclass(frozen=True)
class Chart:
    """A chart.

    Parameters
    ----------
    across, up
        Its axes.
    lines, bars
        What is drawn.
    names
        What the axes show: across and up.
    ringed
        Points with a ring around them.
    band
        (first, last, colour, name) of a stretch of the axis across that is tinted.
    rules
        Dotted lines at values: (of those across, of those up).
    size
        (width, height) in screen pixels.
    beside
        Screen pixels kept for the numbers of the axis up, so that charts above one another line up.
    """

    across: Axis
    up: Axis
    lines: tuple[Line, ...] = ()
    bars: Bars | None = None
    names: tuple[str, str] = ("", "")
    ringed: tuple[Point, ...] = ()
    band: tuple[float, float, str, str] | None = None
    rules: tuple[Sequence[float], Sequence[float]] = ((), ())
    size: tuple[int, int] = (600, 340)
    beside: int = 0

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        _Drawn(self, pen, x, y).draw()


class _Drawn:
    """A chart on its way to the paper: where its frame lies."""

    def __init__(self, chart: Chart, pen: Pen, x: float, y: float) -> None:
        self.chart, self.pen = chart, pen
        self.corner = (x, y)
        width, height = chart.size
        numbers = max([chart.beside, *(width_of(text, SMALL) for _, text in chart.up.ticks)])
        last = max((width_of(text, SMALL) for _, text in chart.across.ticks[-1:]), default=0)
        line = SMALL * LEADING
        keyed = bool(self._keys())
        self.left = x + numbers + 12
        self.top = y + line * (keyed + bool(chart.names[1])) + 8
        self.right = x + width - max(8, last / 2 + 2)
        self.bottom = y + height - line * (1 + bool(chart.names[0])) - 6

    def draw(self) -> None:
        chart = self.chart
        self._grid()
        if chart.band:
            first, last, colour, _name = chart.band
            self.pen.tint((self._x(first), self.top, self._x(last), self.bottom), colour, 0.15)
        if chart.bars:
            self._bars(chart.bars)
        rules = [[(self._x(at), self.top), (self._x(at), self.bottom)] for at in chart.rules[0]]
        rules += [[(self.left, self._y(at)), (self.right, self._y(at))] for at in chart.rules[1]]
        for ends in rules:
            self.pen.line(ends, LIGHT.text, 1, dashed=True)
        for line in chart.lines:
            self._line(line)
        for point in chart.ringed:
            self.pen.dot((self._x(point[0]), self._y(point[1])), 9, fill=None, line=LIGHT.text)
        self._key()

    def _x(self, value: float) -> float:
        share = min(1.0, max(0.0, self.chart.across.share(value)))
        return self.left + share * (self.right - self.left)

    def _y(self, value: float) -> float:
        share = min(1.0, max(0.0, self.chart.up.share(value)))
        return self.bottom - share * (self.bottom - self.top)

    def _grid(self) -> None:
        """Lines at the ticks, their texts, and the names of the axes."""
        pen, (x, y), height = self.pen, self.corner, self.chart.size[1]
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
        across, up = self.chart.names
        pen.text((x, self.top - 8 - SMALL * LEADING), up, size=SMALL)
        pen.text((self.right, y + height), across, size=SMALL, anchor="rd")

    def _line(self, line: Line) -> None:
        pairs = zip(line.across, line.up, strict=False)
        places = [(self._x(a), self._y(b)) for a, b in pairs if np.isfinite(b)]
        if len(places) > 1:
            self.pen.line(places, line.colour, line.width, dashed=line.dashed)
        for place in places if line.marked and len(places) < FEW else []:
            self.pen.dot(place, 4, fill=line.colour, line=None)

    def _bars(self, bars: Bars) -> None:
        for k, (height, colour) in enumerate(zip(bars.heights, bars.colours, strict=True)):
            left, right = self._x(bars.edges[k]), self._x(bars.edges[k + 1])
            self.pen.box((left, self._y(height), right, self._y(0)), fill=colour)

    def _keys(self) -> list[tuple[str, Colour, bool]]:
        """Name and colour of what is in the key, and whether it is a line."""
        chart = self.chart
        keys: list[tuple[str, Colour, bool]] = []
        if chart.bars and chart.bars.name:
            keys.append((chart.bars.name, chart.bars.colours[0], False))
        keys += [(line.name, line.colour, True) for line in chart.lines if line.name]
        if chart.band:
            keys.append((chart.band[3], chart.band[2], False))
        return keys

    def _key(self) -> None:
        x, middle = self.left, self.corner[1] + SIZE * LEADING / 2
        for name, colour, is_line in self._keys():
            if is_line:
                dashed = any(line.dashed for line in self.chart.lines if line.name == name)
                self.pen.line([(x, middle), (x + KEY, middle)], colour, 3, dashed=dashed)
            else:
                share = 0.4 if self.chart.band and name == self.chart.band[3] else 1
                self.pen.tint((x + 6, middle - 7, x + 20, middle + 7), colour, share)
            self.pen.text((x + KEY + 6, middle), name, size=SMALL, anchor="lm")
            x += KEY + 6 + width_of(name, SMALL) + 22
