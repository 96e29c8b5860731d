"""The steps shown are the steps Python takes, and they come to what NumPy computes."""

from __future__ import annotations

import inspect
import json
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from convviz import trace
from convviz.ops import naive
from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.errors import SpecError
from convviz.ops.padding import pad
from convviz.ops.pool import avg_divisor
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.window import Window2d
from convviz.trace import Scene, Trace, conv_scene, scene_data

RNG = np.random.default_rng(0)
X = RNG.normal(size=(2, 3, 6, 7))
W, B = RNG.normal(size=(2, 3, 3, 2)), RNG.normal(size=2)
TIED = RNG.integers(0, 3, (2, 2, 6, 7)).astype(float)

GROUPED = RNG.normal(size=(2, 4, 6, 7)), RNG.normal(size=(8, 4, 3, 2)), RNG.normal(size=8)

COURSE = Conv2dSpec.make((3, 2), stride=2, padding=1)
GENERAL = Conv2dSpec.make((3, 2), (2, 1), ((2, 0), (1, 3)), (1, 2), 1, "reflect")
UNEVEN = Conv2dSpec.make((3, 2), (3, 2), ((2, 0), (1, 3)), (1, 2))
POOL = PoolSpec.make(2)
OVERLAPPING = PoolSpec.make(3, stride=2, padding=1)
RAGGED = PoolSpec.make((2, 3), stride=(2, 2), padding=((1, 0), (0, 1)), ceil_mode=True)


def gradient(spec: Conv2dSpec | PoolSpec, x: np.ndarray, planes: int) -> np.ndarray:
    window = spec.window
    size = x.shape[2:]
    out = spec.output_size(size) if isinstance(spec, PoolSpec) else window.output_size(size)
    return np.random.default_rng(1).normal(size=(len(x), planes, *out))


@dataclass(frozen=True)
class Case:
    """A scene and the function it shows."""

    build: Callable[[], Scene]
    function: Callable[..., Any]


def conv_case(spec: Conv2dSpec, function: Callable[..., Any]) -> Case:
    return Case(lambda: conv_scene(X, W, B, spec), function)


def conv_backward_case(spec: Conv2dSpec, function: Callable[..., Any]) -> Case:
    return Case(lambda: trace.conv_backward_scene(gradient(spec, X, 2), X, W, spec), function)


def group_case(groups: int, function: Callable[..., Any]) -> Case:
    """Eight filters over four channels of two images; strides, dilation and padding differ by axis."""
    spec = Conv2dSpec.make((3, 2), (2, 1), ((2, 0), (1, 3)), (1, 2), groups, "reflect")
    x, w = GROUPED[0], GROUPED[1][:, : 4 // groups]
    dout = gradient(spec, x, 8)
    if function is naive.conv_group_loops:
        return Case(lambda: conv_scene(x, w, GROUPED[2], spec), function)
    return Case(lambda: trace.conv_backward_scene(dout, x, w, spec), function)


def pool_case(name: str, spec: PoolSpec, function: Callable[..., Any], *more: Any) -> Case:
    def build() -> Scene:
        scene = getattr(trace, name)
        first = (gradient(spec, TIED, 2),) if "backward" in name else ()
        return scene(*first, TIED, spec, *more)

    return Case(build, function)


CASES = {
    "conv": conv_case(COURSE, naive.conv_forward_naive),
    "conv, general": conv_case(GENERAL, naive.conv_loops),
    "conv backward": conv_backward_case(COURSE, naive.conv_backward_naive),
    "conv backward, general": conv_backward_case(GENERAL, naive.conv_backward_loops),
    "conv, groups": group_case(2, naive.conv_group_loops),
    "conv, depthwise": group_case(4, naive.conv_group_loops),
    "conv backward, groups": group_case(2, naive.conv_group_backward_loops),
    "conv backward, depthwise": group_case(4, naive.conv_group_backward_loops),
    "dx as a correlation": Case(
        lambda: trace.correlation_scene(gradient(UNEVEN, X, 2), W, UNEVEN.window, (6, 7)),
        naive.dx_correlation_loops,
    ),
    "im2col": Case(lambda: trace.im2col_scene(X, W, GENERAL), naive.im2col_loops),
    "product": Case(lambda: trace.product_scene(X, W, B, GENERAL), naive.product_loops),
    "col2im": Case(
        lambda: trace.col2im_scene(gradient(GENERAL, X, 2), X, W, GENERAL), naive.col2im_loops
    ),
    "dw as a product": Case(
        lambda: trace.dw_product_scene(gradient(GENERAL, X, 2), X, W, GENERAL),
        naive.dw_product_loops,
    ),
    "transposed backward": Case(
        lambda: trace.conv_transpose_backward_scene(
            np.random.default_rng(1).normal(size=(2, 3, 6, 8 - 1)),
            X[:, :, :3, :4],
            W.swapaxes(0, 1).repeat(2, axis=1)[:, :3],
            Window2d.make(W.shape[2:], 2, 1),
            (1, 1),
        ),
        naive.conv_transpose_backward_loops,
    ),
    "transposed": Case(
        lambda: trace.conv_transpose_scene(
            X[:, :, :3, :4], W.swapaxes(0, 1), Window2d.make(W.shape[2:], 2, 1), (1, 0)
        ),
        naive.conv_transpose_loops,
    ),
    "batch norm": Case(
        lambda: trace.batch_norm_scene(X[0, :, :, 0], *np.arange(1.0, 13).reshape(2, 6), 0.1),
        naive.batchnorm_loops,
    ),
    "max": pool_case("max_pool_scene", POOL, naive.max_pool_forward_naive),
    "max, overlapping": pool_case("max_pool_scene", OVERLAPPING, naive.max_pool_loops),
    "max, ceil mode": pool_case("max_pool_scene", RAGGED, naive.max_pool_loops),
    "mean": pool_case("avg_pool_scene", RAGGED, naive.avg_pool_loops, False),
    "max backward": pool_case("max_pool_backward_scene", POOL, naive.max_pool_backward_naive),
    "max backward, overlapping": pool_case(
        "max_pool_backward_scene", OVERLAPPING, naive.max_pool_backward_loops
    ),
    "max backward, first": pool_case(
        "max_pool_backward_scene", RAGGED, naive.max_pool_backward_loops, "first"
    ),
    "mean backward": pool_case(
        "avg_pool_backward_scene", RAGGED, naive.avg_pool_backward_loops, False
    ),
}


Executed = tuple[str, tuple[int, ...], tuple[int, ...]]


def executed(case: Case, scene: Scene, lines: set[str]) -> list[Executed]:
    """(source line, loop variables, other variables shown) in the order in which Python runs the lines."""
    code = case.function.__code__
    source, _ = inspect.getsourcelines(case.function)
    numbers = {code.co_firstlineno + k: text.strip() for k, text in enumerate(source)}
    loops, others = [name for name, _ in scene.loops], [shown.name for shown in scene.variables]
    seen = []

    def trace_line(frame: Any, event: str, _: Any) -> Any:
        if frame.f_code is not code:
            return None
        if event == "line" and numbers.get(frame.f_lineno) in lines:
            values = frame.f_locals
            seen.append(
                (
                    numbers[frame.f_lineno],
                    tuple(values[name] for name in loops),
                    tuple(values[name] for name in others),
                )
            )
        return trace_line

    before = sys.gettrace()
    sys.settrace(trace_line)
    try:
        case.build()
    finally:
        sys.settrace(before)
    return seen


@pytest.mark.parametrize("name", CASES)
def test_the_order_of_steps_is_the_order_python_executed(name: str) -> None:
    case = CASES[name]
    scene = case.build()
    if case.function is naive.conv_backward_naive:  # the scene's dx_pad comes from its general twin
        case = Case(lambda: course_backward(scene), case.function)
    assert scene.title == case.function.__name__
    ran = executed(case, scene, {scene.source[phase.line].strip() for phase in scene.phases})
    shown: list[Executed] = []
    for step in Trace(scene):
        loops = tuple(step.loops.values())
        others = tuple(one.at(loops) for one in scene.variables)
        entry = (scene.source[step.phase.line].strip(), loops, others)
        if not shown or shown[-1] != entry:  # the taps of one line are one execution of it
            shown.append(entry)
    assert shown == ran


def course_backward(scene: Scene) -> Any:
    cache = (X, W, B, {"stride": 2, "pad": 1})
    return naive.conv_backward_naive(scene.panels["dout"].values, cache)


@pytest.mark.parametrize("name", CASES)
def test_the_steps_come_to_what_the_scene_shows(name: str) -> None:
    """Blank panels written step by step, and zeros added to step by step, end as the loop's result."""
    scene = CASES[name].build()
    built = {
        key: np.full(panel.values.size, 0.0 if panel.fills == "added" else np.nan)
        for key, panel in scene.panels.items()
        if panel.fills != "given"
    }
    for step in Trace(scene):
        for key, cells in step.writes.items():
            panel = scene.accesses[key].panel
            if step.phase.adds:
                terms = step.terms if step.tap is None else step.terms[step.tap : step.tap + 1]
                built[panel][cells] += terms[-1:] if len(terms) < len(cells) else terms
            else:
                read = {
                    key: scene.panels[key].values.ravel()[at[0]] for key, at in step.reads.items()
                }
                built[panel][cells] = (step.running + read.get("bias", 0)) / read.get("divisor", 1)
    for key, values in built.items():
        np.testing.assert_allclose(values, scene.panels[key].values.ravel(), atol=1e-12)


TAPS = {"conv": 3 * 3 * 2, "dx": 2 * 3 * 2, "max": 4, "max, overlapping": 9}
STEPS = {  # for each cell, as the builders' docstrings say
    "conv": TAPS["conv"] + 2,
    "conv backward": 2 * TAPS["conv"] + 1,
    "dx as a correlation": TAPS["dx"] + 2,
    "max": TAPS["max"] + 2,
    "mean": 6 + 2,
    "max backward": 3 + TAPS["max"],
    "max backward, overlapping": 3 + TAPS["max, overlapping"],
    "mean backward": 1 + 6,
}


@pytest.mark.parametrize("name", STEPS)
def test_every_tap_is_a_step_and_every_jump_lands_on_a_cells_first(name: str) -> None:
    scene = CASES[name].build()
    steps = STEPS[name]
    assert scene.steps_per_visit == steps
    images, planes, rows, columns = (length for _, length in scene.loops)
    assert [unit.steps for unit in scene.units] == [
        1,
        steps,
        steps * columns,
        steps * columns * rows,
        steps * columns * rows * planes,
    ]
    assert len(Trace(scene)) == scene.units[-1].steps * images


@pytest.mark.parametrize("name", CASES)
def test_a_panel_is_headed_by_the_name_its_array_has_in_the_source(name: str) -> None:
    scene = CASES[name].build()
    words = set(re.findall(r"\w+", " ".join(scene.source)))
    for key in {"dx", "out"} & set(scene.panels):
        assert scene.panels[key].label.split("[")[0] in words


def test_the_windows_of_a_convolution_are_numpys_slices() -> None:
    scene = conv_scene(X, W, B, GENERAL)
    x_pad = pad(X, GENERAL.window.padding, "reflect")
    for step in Trace(scene):
        n, f, i, j = step.loops.values()
        cut = x_pad[n, :, i * 2 : i * 2 + 3, j : j + 3 : 2]
        if "x" in step.reads:
            np.testing.assert_array_equal(x_pad.ravel()[step.reads["x"]], cut.ravel())
        np.testing.assert_array_equal(step.terms, (cut * W[f]).ravel()[: len(step.terms)])


def test_the_gradients_shown_are_the_courses() -> None:
    dout = gradient(COURSE, X, 2)
    scene = trace.conv_backward_scene(dout, X, W, COURSE)
    dx, dw, db = naive.conv_backward_naive(dout, (X, W, B, {"stride": 2, "pad": 1}))
    np.testing.assert_allclose(scene.panels["dx"].values[..., 1:-1, 1:-1], dx, atol=1e-12)
    np.testing.assert_array_equal(scene.panels["dw"].values, dw)
    np.testing.assert_array_equal(scene.panels["db"].values[0], db)


@pytest.mark.parametrize("spec", [COURSE, UNEVEN], ids=["even", "uneven, dilated, rows left over"])
def test_the_gathered_gradient_is_the_scattered_one(spec: Conv2dSpec) -> None:
    """The correlation's dx_pad equals that of the backward loop."""
    dout = gradient(spec, X, 2)
    gathered = trace.correlation_scene(dout, W, spec.window, (6, 7)).panels["dx"]
    scattered = trace.conv_backward_scene(dout, X, W, spec).panels["dx"]
    assert gathered.frame == scattered.frame
    np.testing.assert_allclose(gathered.values, scattered.values, atol=1e-12)


@pytest.mark.parametrize("groups", [2, 4])
def test_a_grouped_scene_shows_what_the_library_computes(groups: int) -> None:
    """Forward and all three gradients; each filter's window lies in the channels of its own group."""
    spec = Conv2dSpec.make((3, 2), 2, 1, groups=groups)
    x, w, b = GROUPED[0], GROUPED[1][:, : 4 // groups], GROUPED[2]
    scene = conv_scene(x, w, b, spec)
    np.testing.assert_allclose(scene.panels["out"].values, conv2d(x, w, b, **spec.keywords))
    for step in Trace(scene):
        if "x" in step.reads:
            planes = set(
                step.reads["x"] // scene.panels["x"].values[0, 0].size - 4 * step.loops["n"]
            )
            first = step.loops["f"] // (8 // groups) * (4 // groups)
            assert planes == set(range(first, first + 4 // groups))
    dout = gradient(spec, x, 8)
    panels = trace.conv_backward_scene(dout, x, w, spec).panels
    dx, dw, db = conv2d_backward(dout, x, w, **spec.keywords)
    np.testing.assert_allclose(panels["dx"].values[..., 1:-1, 1:-1], dx, atol=1e-12)
    np.testing.assert_allclose(panels["dw"].values, dw, atol=1e-12)
    np.testing.assert_allclose(panels["db"].values[0], db, atol=1e-12)


def test_the_mean_counts_what_the_setting_says() -> None:
    scene = trace.avg_pool_scene(TIED, RAGGED, count_include_pad=False)
    np.testing.assert_array_equal(
        scene.panels["divisor"].values, avg_divisor(RAGGED, (6, 7), count_include_pad=False)
    )


def test_a_trace_is_a_sequence_that_builds_nothing_ahead() -> None:
    spec = Conv2dSpec.make(5)
    steps = Trace(conv_scene(np.ones((2, 3, 32, 32)), np.ones((8, 3, 5, 5)), None, spec))
    assert len(steps) == 2 * 8 * 28 * 28 * 77
    assert steps[-1].loops == {"n": 1, "f": 7, "i": 27, "j": 27}
    assert steps[-1].running == 75
    with pytest.raises(IndexError):
        steps[len(steps)]


@pytest.mark.parametrize("name", CASES)
def test_scene_data_has_only_plain_values_and_flat_arrays(name: str) -> None:
    """Anything else would reach the browser as text, or not at all."""
    data = scene_data(CASES[name].build())
    assert json.loads(json.dumps(data["scene"])) == data["scene"]
    for key, array in data.items():
        if key != "scene":
            assert array.ndim == 1
            assert array.dtype == (np.float64 if key.startswith("values:") else np.int32)


@pytest.mark.parametrize(
    ("build", "sentence"),
    [
        (lambda: conv_scene(X, W, B, Conv2dSpec.make(5)), r"kernel \(5, 5\) but w has kernel \(3, 2\)"),
        (lambda: trace.im2col_scene(X, W, Conv2dSpec.make((3, 2), groups=2)), "do not support groups"),
        (lambda: conv_scene(X, W, B, Conv2dSpec.make((3, 2), groups=2)), "groups 2 does not divide 3 channels"),
        (lambda: conv_scene(X[0], W, B), r"use \(N, C, H, W\)$"),
        (lambda: conv_scene(X, W[:, :1], B), "w has 1 channels but x has 3"),
        (lambda: conv_scene(np.ones((1, 1, 600, 600)), np.ones((1, 1, 3, 3))),
         "357,604 output cells, and convviz steps through at most 200,000: use a smaller part"),
        (lambda: trace.conv_backward_scene(np.ones((2, 2, 3, 3)), X, W), "dout has shape"),
        (lambda: trace.max_pool_scene(X[0], POOL), r"use \(N, C, H, W\)$"),
        (lambda: trace.avg_pool_scene(np.ones((1, 1, 1000, 1000)), POOL), "250,000 output cells"),
        (lambda: trace.max_pool_backward_scene(np.ones((2, 2, 2, 2)), TIED, OVERLAPPING), "dout has shape"),
        (lambda: trace.avg_pool_backward_scene(np.ones((2, 2, 2, 2)), TIED, POOL), "dout has shape"),
    ],
)  # fmt: skip
def test_what_cannot_be_stepped_is_refused_before_the_loop_runs(build, sentence) -> None:
    with pytest.raises(SpecError, match=sentence):
        build()
