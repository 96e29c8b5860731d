"""Several filters, each with weights and a bias of its own, without a browser."""

from __future__ import annotations

import numpy as np
import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.testing.v1 import AppTest

from convviz import conv2d
from convviz.ops import filters
from convviz.text.rows import read_grids, read_rows, write_grids, write_rows
from tests.pages.test_arrays import arrays_of
from tests.pages.test_kernel import edit, grid
from tests.pages.test_session import checked, opened, turn_to
from tests.parts import plain_of

RANDOM = np.random.default_rng(3)
TYPED = [RANDOM.normal(size=(3, 2, 3)), RANDOM.normal(size=(2, 3)), RANDOM.normal(size=(3, 2, 3))]
OWN = {
    "image": "Digit",
    "filter": "Custom",
    "more": ["Custom", "Custom"],
    "weights": write_grids(TYPED),
    "bias": "0.1 -1e-07 3",
    "axes": "true",
    "kernel": "2",
    "kernel_w": "3",
    "pad": "1",
    "pad_bottom": "0",
    "stride": "2",
    "stride_w": "2",
    "rows": "6",
    "columns": "7",
    "around": "Padding",
}


@pytest.mark.parametrize("page", ["convolve", "backward"])
def test_weights_and_biases_of_a_link_are_multiplied_to_the_last_digit(page: str) -> None:
    """Of every filter and channel; one plane stands for all channels."""
    given = arrays_of(page, {**OWN, "view": "Step through the loop"} if page == "convolve" else OWN)
    w = np.stack([TYPED[0], np.stack([TYPED[1]] * 3), TYPED[2]])
    np.testing.assert_array_equal(given["w"], w)
    if page == "convolve":
        np.testing.assert_array_equal(given["b"], [0.1, -1e-7, 3])
        padding = ((1, 0), (1, 1))
        out = conv2d(given["x"], w, given["b"], stride=2, padding=padding)
        np.testing.assert_allclose(given["out"], out, rtol=0, atol=1e-9)


def test_a_map_is_that_of_the_filter_shown_with_its_bias() -> None:
    given = arrays_of("convolve", {**OWN, "shown_filter": "2"})
    np.testing.assert_array_equal(given["w"], TYPED[2][None])
    np.testing.assert_array_equal(given["b"], [3])


def test_a_change_of_one_filter_leaves_the_others() -> None:
    at = opened(image="Digit", filter="Gaussian blur", kernel="5", more="Sobel y", shown_filter="1")
    np.testing.assert_array_equal(read_rows(str(grid(at)["text"])), filters.sobel_y().kernel)
    planes = np.arange(27.0).reshape(3, 3, 3)
    edit(at, 1, write_rows(planes))
    assert at.query_params["more"] == "Custom"
    assert at.query_params["begun"] == "|Sobel y"
    assert at.session_state["kernel"] == 5, "the Gaussian keeps its size"
    none, typed = read_grids(at.query_params["weights"])
    assert none is None
    np.testing.assert_array_equal(typed, planes)
    at.number_input(key="bias 1").set_value(-2.5)
    checked(at.run())
    assert at.query_params["bias"] == "0 -2.5"
    turn_to(at, "backward")
    turn_to(at, "")
    assert at.number_input(key="bias 1").value == -2.5
    shown = read_rows(str(grid(at)["text"]))
    np.testing.assert_array_equal(shown[:, 1:4, 1:4], planes)


def test_filters_come_and_go_at_the_end() -> None:
    at = opened(image="Digit", bias="5.0")
    at.number_input(key="number of filters").set_value(3)
    checked(at.run())
    assert at.query_params["more"] == ["Sobel y", "Identity"]
    assert (at.session_state["shown_filter"], at.query_params["bias"]) == ("2", "5 0 0")
    at.selectbox(key="filter 2").set_value("Custom")
    checked(at.run())
    assert at.query_params["more"] == ["Sobel y", "Custom"]
    at.number_input(key="number of filters").set_value(1)
    checked(at.run())
    assert "more" not in at.query_params
    assert at.query_params["bias"] == "5"


@pytest.mark.parametrize(("key", "value"), [("bias 1", 2.5), ("filter 1", "Identity")])
def test_a_change_of_a_filter_that_goes_in_the_same_moment_changes_nothing(
    key: str, value: float | str
) -> None:
    at = opened(image="Digit", more="Sobel y", shown_filter="1", bias="0 1")
    control = at.selectbox if key.startswith("filter") else at.number_input
    control(key=key).set_value(value)
    at.number_input(key="number of filters").set_value(1)
    told = at._tree.get_widget_states()
    widgets = sorted(told.widgets, key=lambda each: "number of filters" not in each.id)
    checked(at._run(WidgetStates(widgets=widgets)))  # Streamlit calls them in the order told
    assert "more" not in at.query_params
    assert "bias" not in at.query_params


def test_one_bias_in_a_link_is_that_of_every_filter() -> None:
    given = arrays_of(
        "convolve", {"view": "Step through the loop", "bias": "5.0", "more": "Sobel y"}
    )
    np.testing.assert_array_equal(given["b"], [5, 5])


def test_filters_that_these_channels_do_not_have_go_with_their_numbers() -> None:
    link = {"more": ["Course: grayscale", "Box blur"], "bias": "1 2 3", "channels": "Gray"}
    given = arrays_of("convolve", {"view": "Step through the loop", **link})
    np.testing.assert_array_equal(given["b"], [1, 3])


@pytest.mark.parametrize(
    "link",
    [
        {"weights": "1 2;3~4", "filter": "Custom"},
        {"weights": "~~~~~~~~~~~1", "filter": "Custom"},
        {"weights": "1|2|3|4|5", "filter": "Custom"},
        {"bias": "1 x"},
        {"bias": "1e999"},
        {"bias": "nan 1", "more": "Sobel y"},
        {"more": ["Custom"] * 20, "shown_filter": "19"},
        {"begun": "x|y|z", "filter": "Custom"},
    ],
)
def test_what_a_link_cannot_mean_is_said_or_left_out(link: dict[str, str]) -> None:
    at = opened(image="Digit", **link)
    assert len(at.session_state["more"]) <= 7


@pytest.mark.parametrize("page", ["", "transposed"])
def test_a_further_filter_that_there_is_not_is_said_once(page: str) -> None:
    at = opened(page, image="Digit", more=["Sobel y", "Sobel z"])
    (said,) = (each.value for each in at.warning)
    assert said.startswith("The link asks for more filters, but there is none called Sobel z.")
    assert at.session_state["more"] == ["Sobel y"]
    assert not checked(at.run()).warning


def test_a_filter_that_is_smaller_than_the_others_says_that_zeros_lie_around_it() -> None:
    at = opened(image="Digit", filter="Random", more="Sobel x", kernel="2")
    grids = [plain_of(each.proto) for each in at.get("bidi_component")]
    (note,) = (each["note"] for each in grids if each.get("key") == "weights grid")
    assert note == "The filters have one size: zeros around this one make it 3×3."
    at = opened(image="Digit", filter="Random", more="Sobel x", kernel="3")
    grids = [plain_of(each.proto) for each in at.get("bidi_component")]
    assert [each["note"] for each in grids if each.get("key") == "weights grid"] == [""]


def pasted(text: str, biases: str = "", **link: str) -> AppTest:
    at = opened(image="Digit", **link)
    at.session_state["weights open"] = True
    checked(at.run())
    at.text_area(key="weights pasted").set_value(text)
    at.text_input(key="biases pasted").set_value(biases)
    at.button(key="weights used").click()
    return checked(at.run())


def test_a_whole_array_is_pasted_to_the_last_digit() -> None:
    w = np.random.default_rng(5).normal(size=(2, 3, 2, 3))
    at = pasted(repr(w.tolist()), "0.1 -2")
    assert at.query_params["bias"] == "0.1 -2"
    grids = read_grids(at.query_params["weights"])
    np.testing.assert_array_equal(np.stack([each for each in grids if each is not None]), w)
    assert (at.session_state["kernel"], at.session_state["kernel_w"]) == (2, 3)


@pytest.mark.parametrize(
    ("text", "biases", "said"),
    [
        ("[[1, 2], [3]]", "", "row"),
        (repr(np.ones((9, 1, 1, 1)).tolist()), "", "9×1×1×1"),
        (repr(np.ones((1, 2, 3, 3)).tolist()), "", "C = 1 or 3"),
        ("[[1, 2], [3, 4]]", "1 2 3", "3 biases for 1 filters"),
        ("[[1, 2], [3, 4]]", "x", "x is not a number"),
    ],
)
def test_weights_that_do_not_fit_are_refused_and_the_filters_stay(
    text: str, biases: str, said: str
) -> None:
    at = pasted(text, biases, filter="Box blur")
    assert said in at.error[0].value
    assert at.session_state["filter"] == "Box blur"
