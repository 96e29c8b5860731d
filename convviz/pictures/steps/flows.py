"""Arrows for what flows where in a loop that adds, as the stepper draws them (``browser/stepper/flows.js``).

A line for each factor of a term: above all grids, or below them where another grid of its column stands
above. From there an arrow goes down, or up, between the columns to the grid that the term is added to.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from convviz.pictures.palette import RGB
from convviz.pictures.paper import colours
from convviz.pictures.paper.pen import Pen, Point
from convviz.trace import Phase, Scene

Ends = list[tuple[int, int]]
LANE = 14  # pixels above and below the grids that the lines take
BESIDE = (9, 15)  # pixels before a grid at which arrows reach it from above and from below
HEAD = 5
NAME = 24  # pixels from a grid to where its name begins
AT = 0.3  # of a grid's height: where arrows reach it from above; from below by so much before its end


@dataclass(frozen=True)
class Box:
    """Where the grids of an access lie."""

    x: int
    y: int
    right: int
    bottom: int
    is_first: bool  # whether no other grid of their column stands above them


@dataclass(frozen=True)
class Flow:
    """An arrow from a factor to the grid that gains."""

    phase: Phase
    points: tuple[Point, ...]
    span: tuple[int, int]  # where the grids begin that it leaves and reaches, from left


def flows_of(scene: Scene) -> Iterator[tuple[str, str, Phase]]:
    """The accesses of each factor drawn, and of the grid that it is added to; with the phase."""
    drawn = {key for column in scene.columns for key in column}
    for phase in scene.phases:
        if phase.adds and phase.writes in drawn:
            yield from ((key, str(phase.writes), phase) for key in phase.factors if key in drawn)


def arrows(scene: Scene, boxes: dict[str, Box], ends: Ends, top: int) -> tuple[Flow, ...]:
    """An arrow for each of a scene's flows.

    Parameters
    ----------
    scene
        The stepped loop.
    boxes
        Where its grids lie, by access.
    ends
        Of each column: where it begins, from left, and ends, from the top.
    top
        Where lines run above the grids.
    """
    above: list[str] = []
    found = []
    for source, target, phase in flows_of(scene):
        a, b = boxes[source], boxes[target]
        middle, turn = (a.x + a.right) / 2, b.x - BESIDE[0 if a.is_first else 1]
        if a.is_first:
            above += [] if source in above else [source]
            begin, lane = a.y - NAME, top + 5 * (above.index(source) % 2)
        else:
            begin, lane = a.bottom, max(end for x, end in ends if a.x <= x < b.x)
        high = b.bottom - b.y
        end = b.y + max(HEAD, high * (AT if a.is_first else 1 - AT))
        points = ((middle, begin), (middle, lane), (turn, lane), (turn, end), (b.x - 3, end))
        found.append(Flow(phase, points, (a.x, b.x)))
    return tuple(found)


def below(flows: Sequence[Flow], ends: Ends) -> Ends:
    """Where the columns end with the lines that run below them."""

    def lanes(x: int) -> list[int]:
        over = (flow for flow in flows if flow.span[0] <= x < flow.span[1])
        return [int(flow.points[1][1]) + LANE // 2 for flow in over]

    return [(x, max([end, *lanes(x)])) for x, end in ends]


def draw_flows(pen: Pen, flows: Sequence[Flow], phase: Phase | None) -> None:
    """Draw them; those of the phase that runs now stand out, or all where a visit is said as a whole (None)."""
    for flow in sorted(flows, key=lambda flow: phase in (None, flow.phase)):
        is_on = phase in (None, flow.phase)
        _draw(pen, flow.points, *((colours.MARK, 2.5) if is_on else (colours.FAINT, 1.5)))


def _draw(pen: Pen, points: Sequence[Point], colour: RGB, width: float) -> None:
    x, y = points[-1]
    line = [*points[:-1], (x - HEAD, y)]
    pen.line(line, colours.PAGE, width + 2)
    pen.line(line, colour, width)
    back = x - HEAD - 2
    pen.shape([(x, y), (back, y - HEAD), (back, y + HEAD)], colour)
