"""A chart, described once: `pictures.screen.chart` draws it with Plotly, `pictures.paper.chart` with Pillow.

`browser.chart` draws one that changes all the time. All take the ranges, the ticks and their texts from its axes.
A colour is a place in the palette, so that a dark page has its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from convviz.pictures.axis import Axis

FEW = 40  # points of a line: so few have a dot each
MOST = 400  # points kept of a series: more than a screen shows, and a running training sends them every second
# One of the palette's series by its number, or a colour by name.
Colour = int | Literal["text", "low", "high"]
Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A line through points; a gap where one is not a number."""

    name: str  # in the key; "" for none
    # across, up: where its points lie
    across: Sequence[float]
    up: Sequence[float]
    colour: Colour = 0  # of the line
    dashed: bool = False  # whether it is broken, so that one beneath it is seen
    pale: bool = False  # whether it is thin and pale, beneath one that is drawn over it
    # What each point is called where it is pointed at; its place on the axis across if empty.
    places: Sequence[str] = ()

    @property
    def dotted(self) -> bool:
        """Whether each point has a dot."""
        return len(self.across) < FEW and not self.pale


@dataclass(frozen=True)
class Bars:
    """Bars from 0 side by side."""

    name: str  # in the key; "" for none
    edges: Sequence[float]  # where each begins, and where the last ends
    # heights, colours: one for each
    heights: Sequence[float]
    colours: Sequence[Colour]
    places: Sequence[str] = ()  # as those of a line


@dataclass(frozen=True)
class Rings:
    """Points with a ring around them, and what the key calls them; "" for nothing."""

    points: Sequence[Point]
    name: str = ""


@dataclass(frozen=True)
class Band:
    """A stretch of the axis across that is tinted."""

    first: float
    last: float
    colour: Colour
    name: str


@dataclass(frozen=True)
class Chart:
    """A chart."""

    # across, up: its axes
    across: Axis
    up: Axis
    # lines, bars, rings, band: what is drawn
    lines: tuple[Line, ...] = ()
    bars: Bars | None = None
    rings: Rings | None = None
    band: Band | None = None
    # Dotted lines at values: (of the axis across, of the axis up).
    rules: tuple[Sequence[float], Sequence[float]] = ((), ())
    title: str = ""  # what it is called; "" where something else says it
    # Screen pixels kept for the numbers of the axis up, so that charts above one another line up; 0
    # for as many as they need.
    beside: int = 0

    @property
    def key(self) -> list[Line | Bars | Rings | Band]:
        """What has a name, in the order in which the key shows it."""
        parts = (self.bars, *self.lines, self.rings, self.band)
        return [part for part in parts if part is not None and part.name]


def thinned_points(count: int) -> list[int]:
    """Positions of at most `MOST` of a series, evenly spaced, the last among them.

    Examples
    --------
    >>> thinned_points(3), len(thinned_points(100_000)), thinned_points(100_000)[-1]
    ([0, 1, 2], 400, 99999)
    """
    places: list[int] = np.linspace(0, count - 1, min(count, MOST)).round().astype(int).tolist()
    return places
