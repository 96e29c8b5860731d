"""The steps shown are the steps Python takes."""

from __future__ import annotations

import sys

import numpy as np
import pytest

from convviz.ops import naive
from convviz.ops.spec import Conv2dSpec
from convviz.ops.windows import pad
from convviz.trace import Trace, conv_scene, scene_data

CASES = {
    "course": (Conv2dSpec.make((3, 2), stride=2, padding=1), naive.conv_forward_naive),
    "general": (
        Conv2dSpec.make((3, 2), (2, 1), ((2, 0), (1, 3)), (1, 2), 1, "reflect"),
        naive.conv_loops,
    ),
}


def example(spec):
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(2, 3, 6, 7)), rng.normal(size=(2, 3, *spec.window.kernel))
    return x, w, rng.normal(size=2)


def executed(function, source, call):
    """(source line, loop variables) in the order in which Python runs the lines of interest."""
    first = function.__code__.co_firstlineno
    lines, _ = __import__("inspect").getsourcelines(function)
    numbers = {first + k: text.strip() for k, text in enumerate(lines)}
    wanted = {text.strip() for text in source}
    seen = []

    def trace(frame, event, _):
        if frame.f_code is not function.__code__:
            return None
        if event == "line" and numbers.get(frame.f_lineno) in wanted:
            names = frame.f_locals
            seen.append((numbers[frame.f_lineno], tuple(names.get(v) for v in "nfij")))
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return seen


@pytest.mark.parametrize("case", CASES)
def test_the_order_of_steps_is_the_order_python_executed(case):
    spec, function = CASES[case]
    x, w, b = example(spec)
    scene = conv_scene(x, w, b, spec)
    assert scene.title == function.__name__
    body = [scene.source[phase.line] for phase in scene.phases]
    ran = executed(function, body, lambda: conv_scene(x, w, b, spec))
    shown = []
    for step in Trace(scene):
        entry = (scene.source[step.phase.line].strip(), tuple(step.loops[v] for v in "nfij"))
        if not shown or shown[-1] != entry:  # the taps of one line are one execution of it
            shown.append(entry)
    assert shown == ran


@pytest.mark.parametrize("case", CASES)
def test_every_step_reads_multiplies_and_writes_what_numpy_does(case):
    spec, _ = CASES[case]
    x, w, b = example(spec)
    scene = conv_scene(x, w, b, spec)
    trace = Trace(scene)
    x_pad = pad(x, spec.window.padding, spec.padding_mode)
    out = np.zeros_like(scene.panels["out"].values)
    (sh, sw), (dh, dw), (eh, ew) = spec.window.stride, spec.window.dilation, spec.window.extent
    for step in trace:
        n, f, i, j = (step.loops[v] for v in "nfij")
        cut = x_pad[n, :, i * sh : i * sh + eh : dh, j * sw : j * sw + ew : dw]
        products = (cut * w[f]).ravel()
        np.testing.assert_array_equal(step.products, products[: len(step.products)])
        if "x" in step.reads:
            np.testing.assert_array_equal(x_pad.ravel()[step.reads["x"]], cut.ravel())
        for key, cells in step.writes.items():
            assert key == "out"
            out.ravel()[cells] = step.products.sum() + b[f]
    np.testing.assert_allclose(out, scene.panels["out"].values, atol=1e-12)


def test_a_trace_is_a_sequence_that_builds_nothing_ahead():
    spec = Conv2dSpec.make(5)
    scene = conv_scene(np.ones((2, 3, 32, 32)), np.ones((8, 3, 5, 5)), None, spec)
    trace = Trace(scene)
    assert len(trace) == 2 * 8 * 28 * 28 * 77
    assert trace[-1].loops == {"n": 1, "f": 7, "i": 27, "j": 27}
    assert trace[-1].running == 75
    with pytest.raises(IndexError):
        trace[len(trace)]


def test_scene_data_has_only_plain_values_and_flat_arrays():
    data = scene_data(conv_scene(np.ones((1, 3, 8, 8)), np.ones((1, 3, 3, 3))))
    import json

    assert json.loads(json.dumps(data["scene"])) == data["scene"]
    for name, array in data.items():
        if name != "scene":
            assert array.ndim == 1
            assert array.dtype == (np.float64 if name.startswith("values:") else np.int32)
