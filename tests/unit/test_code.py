"""The NumPy script that a page offers computes what the page shows. PyTorch's: tests/parity."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import indent
from typing import Any

import numpy as np
import pytest

from convviz import SpecError, trace
from convviz.export.code import (
    ClassicBug,
    ConvBackwardCode,
    ConvCode,
    FullCorrelation,
    GradientCheck,
    PoolBackwardCode,
    PoolCode,
    ReceptiveField,
    code_files,
    numpy_script,
    torch_script,
)
from convviz.lessons.case import Case
from convviz.lessons.check import check
from convviz.lessons.lesson import LESSONS
from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.trace.receptive import receptive_scene
from convviz.trace.scene import Scene
from tests.codes import CASES, TIED, agree, run


@pytest.mark.parametrize("name", CASES)
def test_the_numpy_script_of_a_page_computes_what_it_shows(
    name, tmp_path, monkeypatch, capsys
) -> None:
    case = CASES[name]
    script = numpy_script(case.code)
    assert set(re.findall(r"^(?:import|from) (\w+)", script, flags=re.M)) == {"numpy"}
    names = run(script, case.code, tmp_path, monkeypatch)
    for variable, value in (case.left | case.numpy_left).items():
        agree(names[variable], value, variable)
    assert capsys.readouterr().out.strip()


SHOWN: dict[type, Callable[[Any], Scene]] = {
    ConvCode: lambda code: trace.conv_scene(code.x, code.w, code.b, code.spec),
    ConvBackwardCode: lambda code: trace.conv_backward_scene(code.dout, code.x, code.w, code.spec),
    FullCorrelation: lambda code: trace.correlation_scene(
        code.dout, code.w, code.window, code.size
    ),
    PoolCode: lambda code: (
        trace.max_pool_scene(code.x, code.spec)
        if code.kind == "max"
        else trace.avg_pool_scene(code.x, code.spec, code.count_include_pad)
    ),
    PoolBackwardCode: lambda code: (
        trace.max_pool_backward_scene(code.dout, code.pool.x, code.pool.spec, code.ties)
        if code.pool.kind == "max"
        else trace.avg_pool_backward_scene(code.dout, code.pool.x, code.pool.spec)
    ),
    ReceptiveField: lambda _code: receptive_scene([3], [1]),
}


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if type(case.code) in SHOWN])
def test_the_numpy_script_contains_the_very_loop_that_the_stepper_shows(name) -> None:
    code = CASES[name].code
    shown = SHOWN[type(code)](code).source
    assert indent("\n".join(shown), "    ") in numpy_script(code)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_numpy_script_of_a_bug_contains_the_functions_that_are_shown(lesson) -> None:
    script = numpy_script(ClassicBug(lesson))
    assert all(source in script for source in lesson.sources())


def test_both_scripts_and_the_arrays_are_given_away() -> None:
    files = code_files(PoolCode(TIED, "max", PoolSpec.make(2)))
    assert set(files) == {"max_pool_numpy.py", "max_pool_torch.py", "arrays.npz"}


def test_pooling_that_the_scripts_do_not_know_is_refused() -> None:
    with pytest.raises(SpecError, match="the pooling scripts do not support dilation"):
        PoolCode(TIED, "max", PoolSpec.make(2, dilation=2))


def test_a_check_in_float32_stays_in_float32(tmp_path, monkeypatch) -> None:
    case = Case("Convolution", dtype="float32")
    code = GradientCheck(case)
    left = run(numpy_script(code), code, tmp_path, monkeypatch)
    for one in check(case):
        assert left["analytic"][one.name].dtype == left["numeric"][one.name].dtype == np.float32
        np.testing.assert_allclose(left["analytic"][one.name], one.analytic, atol=1e-5)


@pytest.mark.parametrize("padding", [1, ((1, 0), (0, 2))], ids=["course", "uneven"])
def test_the_scripts_of_a_convolution_begin_with_the_typed_filters_and_turn_them(
    padding, tmp_path, monkeypatch
) -> None:
    """The stepper shows the same line above its loop."""
    random = np.random.default_rng(8)
    x, typed, b = random.normal(size=(1, 3, 6, 5)), random.normal(size=(2, 3, 3, 2)), np.ones(2)
    spec, turned = Conv2dSpec.make((3, 2), padding=padding), typed[:, :, ::-1, ::-1]
    code = ConvCode(x, turned, b, spec, rotated=True)
    first, *loop = trace.conv_scene(x, turned, b, spec, rotated=True).source
    script = numpy_script(code)
    assert first.startswith("w = w[:, :, ::-1, ::-1]")
    assert script.index(first) < script.index("out = conv_loops(" if padding != 1 else "out, cache")
    assert indent("\n".join(loop), "    ") in script
    assert "w = w.flip(2, 3)" in torch_script(code)
    names = run(script, code, tmp_path, monkeypatch)
    agree(names["w"], turned, "w")
    agree(names["out"], conv2d(x, turned, b, **spec.keywords), "out")
    np.testing.assert_array_equal(code.arrays["w"], typed)


@pytest.mark.parametrize("padding", [1, ((1, 0), (0, 2))], ids=["course", "uneven"])
def test_the_backward_pass_of_turned_filters_gives_the_gradient_of_the_typed_ones(
    padding, tmp_path, monkeypatch
) -> None:
    """The stepper's source turns the kernel before its loop and dw after it, as the scripts do."""
    random = np.random.default_rng(9)
    x, typed = random.normal(size=(1, 3, 6, 5)), random.normal(size=(2, 3, 3, 2))
    spec, turned = Conv2dSpec.make((3, 2), padding=padding), typed[:, :, ::-1, ::-1]
    dout = random.normal(size=conv2d(x, turned, **spec.keywords).shape)
    scene = trace.conv_backward_scene(dout, x, turned, spec, rotated=True)
    first, *loop, last = scene.source
    assert first.startswith("w = w[:, :, ::-1, ::-1]")
    assert last.startswith("dw = dw[:, :, ::-1, ::-1]")
    assert "turned" in scene.panels["w"].label
    assert "turned" in scene.panels["dw"].label
    code = ConvBackwardCode(dout, x, turned, spec, rotated=True)
    script = numpy_script(code)
    assert script.index(first) < script.index(loop[-1].strip()) < script.index(last)
    names = run(script, code, tmp_path, monkeypatch)
    dx, dw, _db = conv2d_backward(dout, x, turned, **spec.keywords)
    agree(names["dx"], dx, "dx")
    agree(names["dw"], dw[:, :, ::-1, ::-1], "dw")
    step, small = 1e-6, np.zeros_like(typed)
    small[1, 2, 0, 1] = step
    numeric = [
        (conv2d(x, (typed + sign * small)[:, :, ::-1, ::-1], **spec.keywords) * dout).sum()
        for sign in (1, -1)
    ]
    assert names["dw"][1, 2, 0, 1] == pytest.approx(
        (numeric[0] - numeric[1]) / (2 * step), rel=1e-6
    )
    assert "w.flip(2, 3)" in torch_script(code)
