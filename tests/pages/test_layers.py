"""The scripts of the Pooling, Backward, Gradient check and Bugs pages, run without a browser."""

from __future__ import annotations

import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz.lessons.case import Case
from convviz.lessons.layers import LAYERS
from convviz.lessons.lesson import LESSONS
from convviz.pages.bugs.revealed import first_wrong_step, revealed_loop
from convviz.text.prose import number
from convviz.trace import Trace
from tests.parts import plain_of

POOLING = ("Photo", "Forward", "Backward", "Visit counts", "Libraries")
BACKWARD = ("The loop", "As a full correlation", "Visit counts")


def page(name: str, **query: str) -> AppTest:
    def script(name: str) -> None:
        from importlib import import_module

        from convviz.ui.parts import say_notes

        import_module(f"convviz.pages.{name}.page").render()
        say_notes()

    at = AppTest.from_function(script, kwargs={"name": name}, default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def said(at: AppTest) -> str:
    """All sentences of the page, with those that the element of a live run says."""
    lines = [line for data in sent(at, "convviz.live") for line in data["said"]]
    return " ".join([*(text.value for text in at.markdown), *lines])


def sent(at: AppTest, component: str) -> list[dict]:
    """The plain values each element of a component was sent."""
    made = [each.proto for each in at.get("bidi_component")]
    mine = [proto for proto in made if proto.component_name == component]
    return [plain_of(proto) for proto in mine]


@pytest.mark.parametrize("view", POOLING)
@pytest.mark.parametrize("pool", ["Max", "Average"])
@pytest.mark.parametrize("image", ["Dog", "Digit"])
def test_every_view_of_pooling_opens_for_every_kind(view: str, pool: str, image: str) -> None:
    at = page("pooling", view=view, pool=pool, image=image, kernel="3", pad="1", ceil="true")
    assert not at.exception
    assert not at.warning


@pytest.mark.parametrize("view", BACKWARD)
@pytest.mark.parametrize("mode", ["zeros", "reflect"])
@pytest.mark.parametrize("dout", ["Ones", "One cell", "Random", "Of a loss", "Typed"])
def test_every_view_of_backward_opens_for_every_gradient(view: str, mode: str, dout: str) -> None:
    settings = {"stride": "2", "dilation": "2", "rows": "7", "more": "Sobel y", "pad_mode": mode}
    at = page("backward", view=view, dout=dout, **settings)
    assert not at.exception
    assert not at.warning


def test_ceil_mode_is_in_the_arithmetic() -> None:
    """A last, partial window counts: 8 columns by 3 at stride 3 make 3, not 2."""
    at = page("pooling", image="Digit", kernel="3", stride="3", ceil="true")
    assert "⌈(8 + 2·0 − 1·(3 − 1) − 1) / 3⌉ + 1 = **3**" in said(at)


@pytest.mark.parametrize("view", ["Photo", "Forward"])
@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "The window in the corner has 5 padding cells. They hold −∞"),
        ({"pool": "Average"}, "255·4/9 = 113.3"),
        ({"pool": "Average", "counted": "false"}, "divides by 4"),
    ],
)
def test_the_padding_of_each_kind_is_explained_with_its_numbers(view, settings, words) -> None:
    """A corner window of 3×3 with padding 1 holds 4 pixels of 9 cells."""
    assert words in said(
        page("pooling", view=view, kernel="3", pad="1", around="Padding", **settings)
    )


def test_a_pools_stride_is_its_kernels_size_unless_it_is_chosen() -> None:
    at = page("pooling", kernel="3")
    assert at.slider(key="stride").value == 3
    at.slider(key="kernel").set_value(5).run()
    assert at.slider(key="stride").value == 5
    at.slider(key="stride").set_value(2).run()
    at.slider(key="kernel").set_value(4).run()
    assert at.slider(key="stride").value == 2


@pytest.mark.parametrize("name", ["pooling", "backward"])
def test_a_link_that_asks_for_the_impossible_is_told_what_works(name: str) -> None:
    at = page(name, stride="99")
    assert "stride goes from 1 to 8 here" in at.warning[0].value


@pytest.mark.parametrize("layer", LAYERS)
@pytest.mark.parametrize("dtype", ["float64", "float32"])
def test_every_layer_can_be_checked(layer: str, dtype: str) -> None:
    at = page("gradient_check", layer=layer, dtype=dtype, h="1e-3")
    assert not at.exception
    assert not at.warning
    assert "e-" in at.metric[0].value


@pytest.mark.parametrize("layer", ["Max pooling", "Batch norm", "Affine"])
def test_the_error_is_drawn_for_every_step(layer: str) -> None:
    at = page("gradient_check", layer=layer, view="Error against h", h="1e-3")
    assert not at.exception
    assert not at.warning
    curves = json.loads(at.get("plotly_chart")[0].proto.spec)["data"]
    assert [len(curve["x"]) for curve in curves] == [10, 10, 1]
    assert curves[2]["x"] == [1e-3]


def test_equal_numbers_are_kinks_and_said_to_be() -> None:
    said = page("gradient_check", layer="ReLU", inputs="Whole numbers").markdown
    assert any("places lie within h of a kink" in text.value for text in said)
    said = page("gradient_check", layer="ReLU").markdown
    assert not any("kink:" in text.value for text in said)


def test_a_kernel_always_fits_the_image() -> None:
    """The smallest image with the largest kernel, padding and dilation a link asks for."""
    settings = {"rows": "2", "columns": "8", "kernel": "4", "dilation": "3", "pad": "2"}
    at = page("gradient_check", layer="Convolution", **settings)
    assert not at.exception
    assert "kernel size goes from 1 to 2 here" in at.warning[0].value


def test_a_bug_in_the_backward_pass_is_called_wrong() -> None:
    at = page("gradient_check", layer="Max pooling", code="= for +=", kernel="3", stride="2")
    assert any("probably wrong" in text.value for text in at.markdown)


@pytest.mark.parametrize(
    ("layer", "code", "hiding", "showing"),
    [
        ("Convolution", "pad:-pad", {"pad": "1"}, {"pad": "0"}),
        ("Convolution", "pad:-pad", {"pad": "1", "dtype": "float32"}, {"pad": "0"}),
        ("Max pooling", "= for +=", {"kernel": "2", "stride": "2"}, {"kernel": "3", "stride": "1"}),
    ],
)
def test_where_settings_hide_a_bug_the_page_says_which_show_it(
    layer: str, code: str, hiding: dict[str, str], showing: dict[str, str]
) -> None:
    at = page("gradient_check", layer=layer, code=code, **hiding)
    assert any("these settings hide it" in text.value for text in at.markdown)
    at = page("gradient_check", layer=layer, code=code, **showing)
    assert not any("these settings hide it" in text.value for text in at.markdown)
    assert any("probably wrong" in text.value for text in at.markdown)
    at = page("gradient_check", layer=layer, **hiding)
    assert not any("these settings hide it" in text.value for text in at.markdown)


@pytest.mark.parametrize(
    ("code", "settings", "said"),
    [
        ("All maxima in full", {}, "Take whole numbers."),
        ("All maxima in full", {"kernel": "1", "pad": "0"}, "Take a larger window."),
        (
            "All maxima in full",
            {"inputs": "Whole numbers", "kernel": "1", "pad": "0"},
            "larger window.",
        ),
        ("= for +=", {"kernel": "2", "stride": "2"}, "Take a stride smaller than the window."),
        ("= for +=", {"kernel": "1", "pad": "0"}, "Take a larger window."),
        ("= for +=", {"rows": "3", "columns": "3", "pad": "0"}, "Take a larger input"),
    ],
)
def test_what_would_show_a_bug_fits_the_settings(
    code: str, settings: dict[str, str], said: str
) -> None:
    at = page("gradient_check", layer="Max pooling", code=code, **settings)
    (text,) = (each.value for each in at.markdown if "these settings hide it" in each.value)
    assert said in text


def test_where_a_kink_hides_a_bug_the_sums_show_it() -> None:
    """Who follows the advice to take whole numbers is not told that all is well."""
    case = Case("Max pooling", kernel=2, stride=2, padding=0, whole=True, code="All maxima in full")
    inputs = LAYERS["Max pooling"].inputs(case)
    dout = np.random.default_rng(1).normal(size=(2, 2, 2, 2))
    windows = (
        inputs["x"][:, :, :4, :4].reshape(2, 2, 2, 2, 2, 2).swapaxes(3, 4).reshape(2, 2, 2, 2, 4)
    )
    maxima = (windows == windows.max(-1, keepdims=True)).sum(-1)
    link = {"kernel": "2", "stride": "2", "pad": "0", "inputs": "Whole numbers"}
    at = page("gradient_check", layer="Max pooling", code="All maxima in full", **link)
    (text,) = (each.value for each in at.markdown if "the difference quotient cannot" in each.value)
    assert (
        f"dout sums to {number(dout.sum(), 4)} and dx to {number((dout * maxima).sum(), 4)}."
        in text
    )
    at = page("gradient_check", layer="Max pooling", **link)
    assert not any("wrong, but" in each.value for each in at.markdown)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_bug_is_shown_with_the_line_that_differs(lesson) -> None:
    at = page("bugs", bug=lesson.name)
    assert not at.exception
    excerpt, (right, buggy) = lesson.excerpt(), lesson.sources()
    shown = [excerpt.common, excerpt.buggy, excerpt.right, buggy, right]
    assert [code.value for code in at.code] == shown
    assert sum("passes the course's check" in text.value for text in at.markdown) == 2


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_the_right_loop_starts_where_the_buggy_line_goes_wrong(lesson) -> None:
    """The step writes a cell of the result that is wrong, and no step before it does."""
    scene, wrong, name = revealed_loop(lesson), lesson.wrong(), lesson.result
    at = page("bugs", bug=lesson.name, view="Step through the right loop")
    assert not at.exception
    steppers = [each.proto for each in at.get("bidi_component")]
    (stepper,) = (each for each in steppers if each.component_name == "convviz.stepper")
    start = first_wrong_step(scene, lesson)
    assert plain_of(stepper)["seek"] == start
    if wrong is not None:
        plane = wrong.reshape(wrong.shape[-2:])
        cells = set(np.flatnonzero(np.pad(plane, scene.panels[name].frame)))
        written = [cells & set(step.writes.get(name, ())) for step in Trace(scene)[: start + 1]]
        assert written[-1]
        assert not any(written[:-1])
