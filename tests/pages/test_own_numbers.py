"""Numbers of one's own as the input: pasted, typed, uploaded; on every page; in the link."""

from __future__ import annotations

import io
import json
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz import avg_pool2d, conv2d, conv2d_backward, max_pool2d, max_pool2d_backward
from convviz.export.saved import SavedView, read_view, write_view
from convviz.numbers.given import Numbers
from convviz.text.rows import read_rows, write_rows
from convviz.ui.giving import scene_file
from tests.pages.test_arrays import arrays_of
from tests.pages.test_session import bring_back, checked, opened, turn_to, use
from tests.pages.test_tray import sent, thumbnails, upload
from tests.pages.unfolding import unfold
from tests.parts import plain_of

FIVE = "1 2 3 4 5;6 7 8 9 1;2 3 4 5 6;7 8 9 1 2;3 4 5 6 7"
ODD = write_rows(np.random.default_rng(3).normal(size=(2, 4, 5)))  # two channels, every digit
STEPS = {"view": "Step through the loop", "filter": "Custom"}
PIXEL = "10|20|30"


def rows(text: str) -> np.ndarray:
    return read_rows(text)


def of(page: str, x: str, **link: Any) -> dict[str, np.ndarray]:
    """The arrays of a view of these numbers."""
    return arrays_of(page, {"image": "Numbers", "numbers": x, **link})


@pytest.mark.parametrize(
    ("x", "weights", "link", "out"),
    [
        (FIVE, "1 0 -1;0 0 0;-2 0 1", {"padding": "Valid"}, "-2 -3 -4;-7 -17 -9;-3 -4 -5"),
        (
            FIVE,
            "1 0 -1;0 0 0;-2 0 1",
            {"padding": "Valid", "operation": "Convolution"},
            "-3 -4 -5;-8 -18 -1;-4 -5 -6",
        ),
        (
            "2 2 3 3 3;0 1 3 0 3;2 3 0 1 3;3 3 2 1 2;3 3 0 2 3",
            "2 0 1;1 0 0;0 1 1",
            {"stride": "2", "pad": "1"},
            "1 5 6;7 8 3;3 10 4",
        ),
        (
            "1 2 3 4;5 6 7 8;9 10 11 12;13 14 15 16",
            "1 1 1;1 1 1;1 1 1",
            {"stride": "2", "pad": "1"},
            "14 30;57 99",
        ),
        (PIXEL, "1", {"kernel": "1", "pad": "0", "bias": "5"}, "65"),
    ],
)
@pytest.mark.parametrize("view", ["Photo and feature map", "Step through the loop"])
def test_the_published_numbers_are_what_convolve_gives(
    view: str, x: str, weights: str, link: dict[str, str], out: str
) -> None:
    given = of("convolve", x, filter="Custom", weights=weights, view=view, **link)
    np.testing.assert_array_equal(given["out"][0, 0], rows(out))
    whole = rows(x) if "|" in x else rows(x)[None]
    np.testing.assert_array_equal(given["x"][0], whole)


def test_the_published_backward_pass() -> None:
    x, dout = "1 2 3;4 5 6;7 8 9", "1 10;100 1000"
    given = of(
        "backward", x, filter="Custom", weights="1 2;3 4", kernel="2", padding="Valid",
        dout="Typed", gradient=dout,
    )  # fmt: skip
    assert given["dx"][0, 0].tolist() == [[1, 12, 20], [103, 1234, 2040], [300, 3400, 4000]]
    assert given["dw"][0, 0].tolist() == [[5421, 6532], [8754, 9865]]


def test_the_published_gradient_of_ones() -> None:
    x = write_rows(np.arange(1.0, 26).reshape(5, 5))
    given = of(
        "backward", x, filter="Custom", weights="1 1 1;1 1 1;1 1 1", padding="Valid", stride="2"
    )
    assert given["dw"][0, 0].tolist() == [[28, 32, 36], [48, 52, 56], [68, 72, 76]]
    assert given["db"].tolist() == [4]


@pytest.mark.parametrize("view", ["Photo", "Forward", "Backward"])
@pytest.mark.parametrize("kind", ["Max", "Average"])
def test_pooling_of_negative_decimal_numbers_in_two_channels(view: str, kind: str) -> None:
    given = of("pooling", ODD, view=view, pool=kind, kernel="2", stride="1")
    x = rows(ODD)[None]
    np.testing.assert_array_equal(given["x"], x)
    if view == "Backward":
        if kind == "Max":
            expected = max_pool2d_backward(np.ones((1, 2, 3, 4)), x, 2, 1)
            np.testing.assert_allclose(given["dx"], expected, atol=1e-12)
        return
    pool = max_pool2d if kind == "Max" else avg_pool2d
    np.testing.assert_allclose(given["out"], pool(x, 2, 1), atol=1e-12)


def test_padding_counted_and_not_counted_in_the_mean() -> None:
    link = {"pool": "Average", "kernel": "3", "stride": "1", "pad": "1"}
    counted = of("pooling", "1 2;3 4", view="Forward", **link)
    assert counted["out"][0, 0, 0, 0] == pytest.approx(10 / 9)
    bare = of("pooling", "1 2;3 4", view="Forward", counted="false", **link)
    assert bare["out"][0, 0, 0, 0] == 2.5


@pytest.mark.parametrize("view", ["The loop", "As a full correlation"])
def test_backward_of_two_channels(view: str) -> None:
    given = of("backward", ODD, view=view, filter="Sobel x", dout="Random")
    x, w, dout = given.get("x", rows(ODD)[None]), given["w"], given["dout"]
    dx, dw, _db = conv2d_backward(dout, rows(ODD)[None], w, padding=1)
    np.testing.assert_allclose(given["dx"], dx, atol=1e-9)
    if "dw" in given:
        np.testing.assert_allclose(given["dw"], dw, atol=1e-9)
    np.testing.assert_array_equal(x, rows(ODD)[None])


def test_a_batch_of_numbers_of_one_shape() -> None:
    given = arrays_of(
        "convolve",
        {"image": "Numbers", "together": ["b"], "numbers": ["1 2;3 4", "b=5 6;7 8.5"], **STEPS,
         "weights": "1", "kernel": "1", "pad": "0", "bias": "-1"},
    )  # fmt: skip
    assert given["out"][:, 0].tolist() == [[[0, 1], [2, 3]], [[4, 5], [6, 7.5]]]


def scene(at: AppTest) -> dict[str, Any]:
    """The scene that the stepper was sent."""
    (proto,) = (e.proto for e in at.get("bidi_component") if e.proto.id.endswith("stepper"))
    found: dict[str, Any] = plain_of(proto)["scene"]
    return found


@pytest.mark.parametrize(
    ("page", "view"),
    [
        ("", "Step through the loop"),
        ("pooling", "Forward"),
        ("backward", "The loop"),
        ("as-matrix", "im2col"),
        ("as-matrix", "Product"),
        ("transposed", "Stamps"),
        ("transposed", "Backward"),
    ],
)
def test_numbers_have_signed_colours_and_channels_by_number_in_the_loop(
    page: str, view: str
) -> None:
    three = "1 2;3 4|5 6;7 8|-9 10;11 12"
    at = opened(page, image="Numbers", numbers=three, view=view, pooling_kernel="2", kernel="2")
    shown = scene(at)
    panels = shown["panels"] if isinstance(shown["panels"], list) else shown["panels"].values()
    assert {panel["colours"] for panel in panels} == {"signed"}
    x = next(panel for panel in panels if panel["key"] == "x")
    assert x["planes"] == ["c=0", "c=1", "c=2"]


def pasted(at: AppTest, text: str) -> AppTest:
    at.session_state["numbers open"] = True
    checked(at.run())
    at.text_area(key="numbers pasted").set_value(text)
    at.button(key="numbers used").click()
    return checked(at.run())


def test_pasted_numbers_are_shown_and_in_the_link_with_every_digit() -> None:
    at = pasted(opened(), "np.array([[0.1, -2e-7], [1/3, 4]])".replace("1/3", repr(1 / 3)))
    assert at.selectbox(key="image").value == "Numbers"
    assert at.query_params["numbers"] == f"0.1 -2e-07;{1 / 3!r} 4"
    unfold(at, "region")
    assert (at.number_input(key="rows").value, at.number_input(key="columns").value) == (2, 2)


def test_what_cannot_be_read_is_refused_with_its_place_and_what_was_there_stays() -> None:
    at = pasted(opened(image="Digit"), "1 2 3\n4 5 6\n7 8")
    assert [each.value for each in at.error] == ["Row 3 has 2 numbers, row 2 has 3."]
    assert at.selectbox(key="image").value == "Digit"
    assert at.text_area(key="numbers pasted").value == "1 2 3\n4 5 6\n7 8"
    pasted(at, "1 2 3\n4 5 6\n7 8 9")
    assert not at.error
    assert at.query_params["numbers"] == "1 2 3;4 5 6;7 8 9"


def test_several_images_pasted_at_once_are_a_batch() -> None:
    at = pasted(opened(), repr(np.arange(12.0).reshape(2, 1, 2, 3)))
    assert at.selectbox(key="image").value == "Numbers, n = 0"
    assert at.multiselect(key="together").value == ["Numbers, n = 1"]


def test_numbers_changed_in_the_grid_are_those_of_every_page_and_of_the_link() -> None:
    at = opened(image="Numbers", numbers="1 2;3 4", **STEPS, weights="1", kernel="1")
    use(at, "numbers grid", "typed", {"edit": 7, "text": "1 2;-3.5 4"})
    assert at.query_params["numbers"] == "1 2;-3.5 4"
    for page in ("pooling", "backward", "equivariance", "sparse-shared", ""):
        turn_to(at, page)
        assert at.query_params["image"] == "Numbers"
        assert at.query_params["numbers"] == "1 2;-3.5 4"
    turn_to(at, "feature-maps")
    turn_to(at, "")
    assert at.query_params["numbers"] == "1 2;-3.5 4"


def test_a_message_sent_before_an_edit_came_back_does_not_undo_it() -> None:
    """The browser sends its link with each message, such as a step: at times the one before the edit."""
    at = opened(image="Numbers", numbers="1 2;3 4")
    before = dict(at.query_params)
    use(at, "numbers grid", "typed", {"edit": 7, "text": "1 2;-3.5 4"})
    at.query_params.clear()
    at.query_params.update(before)
    checked(at._run())
    (own,) = at.session_state["own photos"]
    assert own.values.tolist() == [[[1, 2], [-3.5, 4]]]
    assert at.query_params["numbers"] == "1 2;-3.5 4"


def test_an_edit_that_is_taken_back_reaches_the_browser_too() -> None:
    """The browser keeps the numbers under their name, so what it has is the edit before."""
    at = opened(image="Numbers", numbers="1 2;3 4")
    for text in ("1 2;3 5", "1 2;3 4"):
        use(at, "numbers grid", "typed", {"edit": 7, "text": text})
        (tray,) = (e.proto for e in at.get("bidi_component") if e.proto.id.endswith("-tray"))
        assert "png numbers Numbers" in plain_of(tray)


def test_a_new_grid_of_zeros_can_be_drawn_on() -> None:
    at = opened()
    at.session_state["numbers open"] = True
    checked(at.run())
    at.number_input(key="numbers rows").set_value(3)
    at.number_input(key="numbers columns").set_value(2)
    checked(at.run())
    at.button(key="numbers begun").click()
    checked(at.run())
    assert at.query_params["numbers"] == "0 0;0 0;0 0"
    at.toggle(key="numbers drawn").set_value(True)
    checked(at.run())
    (grid,) = (e.proto for e in at.get("bidi_component") if e.proto.id.endswith("numbers grid"))
    assert plain_of(grid)["draws"] is True


def test_back_brings_the_numbers_of_before() -> None:
    at = opened(image="Numbers", numbers="1 2;3 4")
    use(at, "numbers grid", "typed", {"edit": 7, "text": "1 2;3 5"})
    bring_back(at, "", image="Numbers", numbers="1 2;3 4")
    assert at.query_params["numbers"] == "1 2;3 4"
    (own,) = at.session_state["own photos"]
    assert own.values.tolist() == [[[1, 2], [3, 4]]]


def test_a_link_that_cannot_be_read_says_so() -> None:
    at = opened(image="Numbers", numbers="1 2;3")
    assert any("numbers cannot be read" in each.value.replace("\\", "") for each in at.warning)


def npy(x: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, x)
    return buffer.getvalue()


@pytest.mark.parametrize("name", ["mine.npy", "mine.npz", "mine.csv"])
def test_files_of_numbers_are_taken_exactly(name: str) -> None:
    x = np.random.default_rng(5).normal(size=(3, 4))
    buffer = io.BytesIO()
    if name.endswith("npz"):
        np.savez(buffer, x)
    elif name.endswith("npy"):
        np.save(buffer, x)
    else:
        np.savetxt(buffer, x, delimiter=",", fmt="%.17g")
    at = upload(opened(), (name, buffer.getvalue()))
    assert at.selectbox(key="image").value == "mine"
    assert at.query_params["numbers"] == f"mine={write_rows(x)}"


def test_a_file_of_objects_or_of_nan_is_refused_and_the_image_stays() -> None:
    buffer = io.BytesIO()
    np.save(buffer, np.array([{}, 1], dtype=object), allow_pickle=True)
    at = upload(opened(image="Digit"), ("bad.npy", buffer.getvalue()), ("nan.npy", npy(np.array([[1, np.nan]]))),
                ("bad.csv", b"1,2\n3"))  # fmt: skip
    said = at.error[0].value.replace("\\", "")
    assert "bad.npy is no file of numbers" in said
    assert "nan.npy: the number at (0, 1) is nan" in said
    assert "Row 2 has 1 numbers, row 1 has 2." in said
    assert at.selectbox(key="image").value == "Digit"


def test_numbers_that_the_browser_kept_come_back_as_they_were() -> None:
    x = np.random.default_rng(6).normal(size=(1, 40, 33))  # too many for a grid
    at = opened(image="large")
    use(at, "tray", "kept", [sent(npy(x), "large")])
    assert at.selectbox(key="image").value == "large"
    assert "numbers" not in at.query_params
    (own,) = at.session_state["own photos"]
    np.testing.assert_array_equal(own.values, x)
    assert [each["digest"] for each in thumbnails(at) if each["digest"]] == ["numbers large"]


def test_another_name_is_the_name_everywhere() -> None:
    at = opened(image="Numbers", numbers="1 2;3 4")
    at.session_state["numbers open"] = True
    checked(at.run())
    at.text_input(key="numbers name Numbers").set_value("board")
    checked(at.run())
    assert at.selectbox(key="image").value == "board"
    assert at.query_params["numbers"] == "board=1 2;3 4"


def test_a_scene_file_holds_what_a_link_cannot_to_the_last_digit() -> None:
    x = Numbers.made(np.random.default_rng(7).normal(size=(2, 32, 32)), "many")
    saved = SavedView("convolve", {"image": ["many"]}, numbers=(x,))
    (back,) = read_view(write_view(saved), "a.json", ["convolve"]).numbers
    np.testing.assert_array_equal(back.values, x.values)
    assert back.digest == x.digest


def test_a_view_saves_numbers_in_its_settings_or_beside_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept: list[SavedView] = []
    monkeypatch.setattr(scene_file, "write_view", lambda view: kept.append(view) or b"{}")
    for side, is_long in ((4, False), (14, True), (32, False)):
        at = opened()
        upload(at, ("mine.npy", npy(np.random.default_rng(8).normal(size=(side, side)))))
        at.session_state["share"] = True
        checked(at.run())
        long = any("This link is long" in each.value for each in at.warning)
        assert long == is_long
        too_many = any("cannot hold so many numbers" in each.value for each in at.caption)
        assert too_many == (side == 32)
    few, many = kept[0], kept[-1]
    assert few.settings["numbers"]
    assert not few.numbers
    assert "numbers" not in many.settings
    assert many.numbers[0].values.shape == (1, 32, 32)


def test_the_page_speaks_of_numbers_in_chinese() -> None:
    at = opened(lang="zh", image="Numbers", numbers="1 2;3 4")
    assert "数字" in at.selectbox(key="image").options
    assert "使用自己的数字" in [each.label for each in at.expander]
    named = ["Numbers (2)=5 6;7 8", "Numbers, n = 1=1 2;3 4"]
    at = opened(lang="zh", image="Numbers (2)", together="Numbers, n = 1", numbers=named)
    assert {"数字 (2)", "数字, n = 1"} <= {*at.selectbox(key="image").options}
    assert "数字, n = 1" in at.multiselect(key="together").options
    assert "数字 (2)" in [each["name"] for each in thumbnails(at)]


def test_conv2d_of_the_arrays_given_away_is_their_out() -> None:
    given = of("convolve", ODD, filter="Sobel x", pad="1", stride="2", bias="0.25")
    out = conv2d(given["x"], given["w"], given["b"], stride=2, padding=1)
    np.testing.assert_allclose(given["out"], out, atol=1e-12)


@pytest.mark.parametrize("show", ["All maps", "One map", "Steps"])
def test_feature_maps_of_two_channels(show: str) -> None:
    link = {"images": ["Numbers", "b"], "numbers": [ODD, f"b={ODD.replace('-', '')}"], "show": show}
    pipeline = json.dumps([["conv", {"bank": ["chosen", {"names": ["Sobel x"]}], "padding": 1}]])
    given = arrays_of("feature_maps", {**link, "pipeline": pipeline})
    sobel = np.array([[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    out = conv2d(rows(ODD), np.stack([sobel, sobel])[None], padding=1)
    found = given["maps0"] if "maps0" in given else given.get("shown", given.get("out"))
    if show == "Steps":
        x = given["x"]
        assert x.shape[:2] == (2, 2)
        np.testing.assert_allclose(given["out"], conv2d(x, given["w"], given["b"]), atol=1e-12)
    else:
        np.testing.assert_allclose(found.reshape(-1, 4, 5)[0], out[0], atol=1e-12)


def test_the_edges_of_numbers_on_sharing() -> None:
    given = of("sharing", "1 2 4;-0.5 0 8", view="The book's edges")
    assert given["edges"].tolist() == [[1, 2], [0.5, 8]]


def test_numbers_are_shifted_as_they_are_on_equivariance() -> None:
    given = of("equivariance", "1 2.5 3;4 5 6;-7 8 9", across="1", pad_mode="circular")
    assert given["image"].tolist() == [[3, 1, 2.5], [6, 4, 5], [9, -7, 8]]
    np.testing.assert_array_equal(given["shifted_first"], given["shifted_after"])


@pytest.mark.parametrize("layer", ["Convolution", "Max pooling", "ReLU", "Spatial batch norm"])
def test_gradients_are_checked_on_numbers_of_ones_own(layer: str) -> None:
    x = "1.5 -3 1;-3.25 -2 -2.5;-3.75 2 -2|0.5 1 2;3 4 5;6 7 8"
    given = of("gradient_check", x, layer=layer, inputs="Your numbers")
    assert given["dx_analytic"].shape == (1, 2, 3, 3)
    assert given["dx_errors"].max() < 1e-4
    if layer == "Convolution":
        assert given["dw_numeric"].shape[1] == 2


def test_the_gradient_check_offers_to_bring_numbers_where_there_are_none() -> None:
    at = opened("gradient-check", inputs="Your numbers")
    (said,) = at.info
    assert said.value.startswith("You have no numbers yet")
    pasted(at, "1 2 3\n4 5 6\n7 8 10")
    assert not at.info
    assert at.query_params["numbers"] == "1 2 3;4 5 6;7 8 10"
    turn_to(at, "")
    assert at.query_params["image"] == "Numbers"
