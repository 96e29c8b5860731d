"""The arrows of a loop that adds stand in its pictures and animations too."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image

from convviz.pictures.paper import colours
from convviz.pictures.steps.drawing import Drawing
from convviz.pictures.steps.flows import Flow
from convviz.pictures.steps.whereabouts import HEIGHT, WIDTH
from convviz.trace import conv_scene
from tests.codes import B, W, X
from tests.unit.test_export import SCENES, with_a_place

ADDING = [name for name, scene in SCENES.items() if Drawing(scene).sheet.flows]
Box = tuple[float, float, float, float]


def middle_of_line(flow: Flow) -> tuple[int, int]:
    """A place on the part of an arrow that runs above or below the grids."""
    (left, y), (right, _y) = flow.points[1:3]
    return round((left + 2 * right) / 3), round(y)


def colour_of(picture: Image.Image, flow: Flow) -> object:
    return picture.getpixel(middle_of_line(flow))


def test_arrows_lead_to_each_gradient_and_stand_out_while_it_is_added_to() -> None:
    """dout and x to dw, dout to db, dout and w to dx."""
    scene = SCENES["conv backward"]
    drawing = Drawing(scene)
    gaining = sorted(str(flow.phase.writes) for flow in drawing.sheet.flows)
    assert gaining == ["db", "dw", "dw", "dx", "dx"]
    (bias,) = (flow for flow in drawing.sheet.flows if flow.phase.writes == "db")
    below = next(flow for flow in drawing.sheet.flows if flow.points[1][1] > bias.points[1][1] + 50)
    assert below.phase.writes == "dx"  # of w, which stands below dout
    first = drawing.step(0)
    assert drawing.progress.trace[0].phase.writes == "db"
    assert colour_of(first, below) == colours.FAINT
    step = next(k for k, each in enumerate(drawing.progress.trace) if each.phase.writes == "dx")
    assert colour_of(drawing.step(step), below) == colours.MARK
    whole = drawing.step(scene.steps_per_visit - 1)  # said as a whole, all stand out
    assert all(colour_of(whole, flow) == colours.MARK for flow in drawing.sheet.flows)


@pytest.mark.parametrize("name", ADDING)
def test_no_arrow_crosses_a_grid_or_the_photo_below(name: str) -> None:
    place = with_a_place(conv_scene(X[:1], W[:1], B[:1])).place
    for scene in (SCENES[name], replace(SCENES[name], place=place)):
        sheet = Drawing(scene).sheet
        boxes = [(g.x, g.y, g.x + g.size[0], g.y + g.size[1]) for g in sheet.grids]
        if sheet.place:
            boxes.append((*sheet.place, sheet.place[0] + WIDTH, sheet.place[1] + HEIGHT))
        for flow in sheet.flows:
            assert max(y for _x, y in flow.points) < sheet.size[1]
            for start, end in pairwise(flow.points):
                assert not any(meet((*start, *end), box) for box in boxes)


def meet(line: Box, box: Box) -> bool:
    """Whether a line across or down enters a rectangle."""
    left, right = sorted((line[0], line[2]))
    top, bottom = sorted((line[1], line[3]))
    return left < box[2] and right > box[0] and top < box[3] and bottom > box[1]
