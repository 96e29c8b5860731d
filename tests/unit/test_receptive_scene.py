"""The recurrence as a scene: its numbers, its steps and the order in which Python runs its lines."""

from __future__ import annotations

import inspect
import sys
from typing import Any

import numpy as np
import pytest

from convviz import receptive_field
from convviz.ops.naive.receptive import receptive_loop
from convviz.ops.receptive.presets import PRESETS
from convviz.trace import Trace
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
