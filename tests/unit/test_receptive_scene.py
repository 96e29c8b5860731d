"""The recurrence as a scene: its numbers, its steps and the order in which Python runs its lines."""

from __future__ import annotations

import inspect
import io
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from PIL import Image

from convviz import receptive_field
from convviz.export import step_page, step_png
from convviz.ops.naive.receptive import receptive_loop
from convviz.ops.receptive.presets import PRESETS
from convviz.pictures.paper.colours import MARK
from convviz.pictures.steps.beside import SIDE
from convviz.trace import ScenePhoto, Trace, scene_data
from convviz.trace.receptive import receptive_scene

EXTENTS, STRIDES = [11, 3, 5, 3], [4, 2, 1, 2]


@pytest.mark.parametrize("name", PRESETS)
def test_the_loop_shown_gives_the_numbers_of_the_library(name: str) -> None:
    records = receptive_field(PRESETS[name].layers)
    steps = [record.step for record in records]
    r, j = receptive_loop([step.extent[0] for step in steps], [step.stride[0] for step in steps])
    assert r[1:].tolist() == [record.receptive_field[0] for record in records]
    assert j[1:].tolist() == [record.jump[0] for record in records]
    assert (r[0], j[0]) == (1, 1)


def test_each_step_reads_and_writes_what_its_line_does() -> None:
    trace = Trace(receptive_scene(EXTENTS, STRIDES))
    assert len(trace) == 3 * len(EXTENTS)
    r, j = receptive_loop(EXTENTS, STRIDES)
    for layer, (e, s) in enumerate(zip(EXTENTS, STRIDES, strict=True)):
        growth, field, jump = trace[3 * layer : 3 * layer + 3]
        assert growth.running == (e - 1) * j[layer]
        values = field_values(trace, field)
        assert values["r"] == r[layer]
        assert values["r next"] == r[layer] + growth.running == r[layer + 1]
        values = field_values(trace, jump)
        assert values["j"] * values["s"] == values["j next"] == j[layer] * s


def test_a_whole_layer_says_its_field_and_its_jump_and_is_counted_from_one() -> None:
    """The product it shows is that of the field: a sentence of the jump alone would not go with it."""
    scene = receptive_scene(EXTENTS, STRIDES)
    assert scene.visit is not None
    for name in ("{layer + 1}", "{running}", "{r next}", "{j next}"):
        assert name in scene.visit.sentence
    (number,) = scene.variables
    assert (number.name, number.strides, number.offset) == ("layer + 1", (1,), 1)
    sentences = [phase.sentence for phase in scene.phases]
    assert all("{layer + 1}" in sentence and "{layer}" not in sentence for sentence in sentences)
    assert scene.panels["e"].label == "e = d(k − 1) + 1"


def photo() -> ScenePhoto:
    """Four layers' boxes on black, the last beyond it."""
    boxes = tuple((9 - k, 12 - 3 * k, 10 + 2 * k, 13 + k) for k in range(len(EXTENTS) + 1))
    captions = tuple(f"box {k}" for k in range(len(boxes)))
    return ScenePhoto(np.zeros((14, 20, 3), np.uint8), boxes, captions, since=1)


def test_the_photos_frame_holds_its_boxes_but_is_no_wider_than_the_photo() -> None:
    assert photo().padding == ((0, 4), (0, 0))
    far = replace(photo(), boxes=((-50, 3, 2, 90),))
    assert far.padding == ((14, 0), (0, 20))


def test_a_box_is_shown_from_the_step_that_writes_its_field() -> None:
    assert [photo().shown(*divmod(step, 3)) for step in range(6)] == [0, 1, 1, 1, 2, 2]


def test_the_scene_brings_its_photo_to_the_browser_and_into_its_picture() -> None:
    """The drawn box has the colour of what is written, where its cells lie; it is larger at the next layer."""
    scene = receptive_scene(EXTENTS, STRIDES, photo())
    data = scene_data(scene)
    assert data["pixels:photo"].shape == (14 * 20 * 3,)
    assert data["scene"]["photo"]["boxes"][1] == [8, 9, 12, 14]
    spans = []
    for step in (1, 4):
        drawn = np.asarray(Image.open(io.BytesIO(step_png(scene, step))).convert("RGB"))
        right = drawn[:, -2 * SIDE :]  # the picture is twice as fine
        rows, columns = np.nonzero((right == MARK).all(axis=2))
        spans.append((np.ptp(rows), np.ptp(columns)))
    assert spans[1] > spans[0] > (0, 0)
    assert "box 0" in step_page(scene).html


def field_values(trace: Trace, step: Any) -> dict[str, float]:
    """The number in each cell a step touches."""
    scene = trace.scene
    return {
        key: float(scene.panels[scene.accesses[key].panel].values.ravel()[cells[0]])
        for key, cells in {**step.reads, **step.writes}.items()
    }


def test_the_order_of_steps_is_the_order_python_executed() -> None:
    code = receptive_loop.__code__
    source, _ = inspect.getsourcelines(receptive_loop)
    numbers = {code.co_firstlineno + k: text.strip() for k, text in enumerate(source)}
    scene = receptive_scene(EXTENTS, STRIDES)
    wanted = {scene.source[phase.line].strip() for phase in scene.phases}
    ran = []

    def watch(frame: Any, event: str, _: Any) -> Any:
        if frame.f_code is code and event == "line" and numbers[frame.f_lineno] in wanted:
            ran.append((numbers[frame.f_lineno], frame.f_locals["layer"]))
        return watch

    before = sys.gettrace()
    sys.settrace(watch)
    try:
        receptive_loop(EXTENTS, STRIDES)
    finally:
        sys.settrace(before)
    shown = [(scene.source[step.phase.line].strip(), step.loops["layer"]) for step in Trace(scene)]
    assert [entry for k, entry in enumerate(shown) if k == 0 or entry != shown[k - 1]] == ran


def test_the_scene_holds_what_the_loop_returns() -> None:
    scene = receptive_scene(EXTENTS, STRIDES)
    r, j = receptive_loop(EXTENTS, STRIDES)
    np.testing.assert_array_equal(scene.panels["r"].values[0], r)
    np.testing.assert_array_equal(scene.panels["j"].values[0], j)
