"""Weights of one's own: on Feature maps up to 64 filters, and by a file wherever they can be pasted."""

from __future__ import annotations

import io
import json

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from convviz import conv2d
from convviz.export.saved import SavedView, read_view, write_view
from convviz.photos.samples import sample
from convviz.pipeline import Conv, Given, Pipeline, to_text
from convviz.text.rows import read_grids
from convviz.ui.giving import scene_file
from tests.pages.test_arrays import arrays_of
from tests.pages.test_kernel import edit, grid
from tests.pages.test_session import checked, opened, turn_to
from tests.pages.unfolding import unfold

RNG = np.random.default_rng(14)
ONE = '[["conv",{"bank":["chosen",{"presets":["Box blur"]}],"padding":1}]]'
GRID = "stage 1 weights grid"
DIGIT = sample("digit").pixels[:, :, :1].transpose(2, 0, 1).astype(float)  # (1, H, W)


def maps(**query: str) -> AppTest:
    """Feature maps of the digit in gray by weights of one's own."""
    at = opened("feature-maps", images=["Digit"], channels="Gray", pipeline=ONE, **query)
    unfold(at, "stage 1").selectbox(key="stage 1 kind").set_value("Your own array")
    return checked(at.run())


def paste(at: AppTest, text: str, biases: str = "") -> AppTest:
    at.text_area(key="stage 1 weights pasted").set_value(text)
    at.text_input(key="stage 1 biases pasted").set_value(biases)
    at.button(key="stage 1 weights used").click()
    return checked(at.run())


def drop(at: AppTest, prefix: str, name: str, data: bytes) -> AppTest:
    (box,) = (each for each in at.file_uploader if each.key.startswith(prefix))
    box.set_value([(name, data, "application/octet-stream")])
    return checked(at.run())


def npz(**arrays: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def test_sixty_four_pasted_filters_make_numpys_maps_and_the_scene_file_holds_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    w, b = RNG.normal(size=(64, 1, 3, 3)), RNG.normal(size=64)
    at = paste(maps(), repr(w.tolist()), " ".join(map(repr, b.tolist())))
    assert not at.error
    kept: list[SavedView] = []
    monkeypatch.setattr(scene_file, "write_view", lambda view: kept.append(view) or b"{}")
    at.session_state["share"] = True
    checked(at.run())
    assert "A link cannot hold so many numbers" in " ".join(each.value for each in at.caption)
    view = read_view(write_view(kept[0]), "a.json", ["feature-maps"])
    (given,) = view.filters
    np.testing.assert_array_equal(given.weights(1), w)
    at.session_state["show"] = "One map"
    at.session_state["map_filter"] = "63"
    checked(at.run())
    assert at.selectbox(key="map_filter").options[-1] == "f = 63: Given 63"
    text = json.loads(at.query_params["pipeline"])
    assert text[0][1]["bank"] == ["given", {"digest": given.digest}]
    np.testing.assert_allclose(text[0][1]["bias"], b)


def test_few_pasted_filters_are_in_the_link_to_the_last_digit() -> None:
    w = RNG.normal(size=(9, 1, 2, 3))
    at = paste(maps(), f"array({w.tolist()!r})", "0.1")
    link = {"images": ["Digit"], "channels": "Gray", "pipeline": at.query_params["pipeline"]}
    given = arrays_of("feature_maps", link)
    np.testing.assert_allclose(
        given["maps0"], conv2d(DIGIT, w, np.full(9, 0.1), padding=1), atol=1e-9
    )
    turn_to(at, "")
    turn_to(at, "feature-maps")
    assert at.query_params["pipeline"] == link["pipeline"]


def test_the_loop_over_pasted_filters_is_numpys() -> None:
    w, b = RNG.normal(size=(3, 1, 2, 2)).round(2), RNG.normal(size=3).round(2)
    text = to_text(Pipeline((Conv(Given.made(w), bias=tuple(b.tolist())),)))
    link = {"images": ["Numbers"], "numbers": "1 -2 3;0.5 4 -1;2 2 -3", "pipeline": text}
    given = arrays_of("feature_maps", {**link, "show": "Steps"})
    x = np.array([[[[1, -2, 3], [0.5, 4, -1], [2, 2, -3]]]])
    np.testing.assert_array_equal(given["x"], x)
    np.testing.assert_allclose(given["out"], conv2d(x, w, b), atol=1e-12)


def in_link(at: AppTest) -> tuple[np.ndarray, list[float]]:
    """The weights and biases of the first stage as the link has them."""
    (stage,) = json.loads(at.query_params["pipeline"])
    grids = read_grids(stage[1]["bank"][1]["weights"])
    return np.stack([np.array(each) for each in grids]), stage[1].get("bias", [0.0])


def test_each_weight_of_each_filter_is_typed_in_a_grid() -> None:
    """With a size and a number of filters of one's own; biases stay with their filters."""
    at = maps()
    np.testing.assert_allclose(read_grids(str(grid(at, GRID)["text"]))[0], np.full((3, 3), 1 / 9))
    paste(at, "[[[[1, 2], [3, 4]]], [[[5, 6], [7, 8]]]]", "0.5 -1")
    for key, value in (("filters", 64), ("rows", 1), ("columns", 3)):
        at.number_input(key=f"stage 1 {key}").set_value(value)
    checked(at.run())
    assert at.selectbox(key="stage 1 filter").value == 63  # the one that came
    edit(at, 3, "-1.5 0 0.25", GRID)
    assert (grid(at, GRID)["text"], grid(at, GRID)["answer"]) == ("-1.5 0 0.25", 3)
    at.selectbox(key="stage 1 filter").set_value(1)
    checked(at.run())
    assert (grid(at, GRID)["text"], grid(at, GRID)["answer"]) == ("5 6 0", None)
    edit(at, 4, "5 6 0.1", GRID)
    weights, biases = in_link(at)
    assert weights.shape == (64, 1, 3)
    assert weights[[0, 1, 2, 63]].tolist() == [
        [[1, 2, 0]], [[5, 6, 0.1]], [[0, 0, 0]], [[-1.5, 0, 0.25]]
    ]  # fmt: skip
    assert biases == [0.5, -1, *[0] * 62]
    paste(at, "[[9]]")
    assert in_link(at)[0].tolist() == [[[9]]]
    assert not at.error


def test_a_filter_has_a_plane_for_each_channel_or_the_same_for_all() -> None:
    at = opened("feature-maps", images=["Cat"], pipeline=ONE)
    unfold(at, "stage 1").selectbox(key="stage 1 kind").set_value("Your own array")
    checked(at.run())
    assert grid(at, GRID)["names"] == ["c=0", "c=1", "c=2"]
    paste(at, "[[[[1, 2]]], [[[3, 4]]]]")
    for number, text, weights in (
        (1, "1 2|1 2|1 2", [[[1, 2]], [[3, 4]]]),  # the switch is off, and the numbers the same
        (2, "1 2|1 -2|0 2", [[[[1, 2]], [[1, -2]], [[0, 2]]], [[[3, 4]]] * 3]),
        (3, "0 2", [[[0, 2]], [[3, 4]]]),
    ):
        edit(at, number, text, GRID)
        assert (grid(at, GRID)["text"], grid(at, GRID)["answer"]) == (text, number)
        assert in_link(at)[0].tolist() == weights
    assert not at.error


@pytest.mark.parametrize(
    ("text", "biases", "said"),
    [
        ("[[1, 2], [3]]", "", "row"),
        (repr(np.ones((65, 1, 1, 1)).tolist()), "", "65×1×1×1"),
        (repr(np.ones((1, 2, 3, 3)).tolist()), "", "C = 1 or 1"),
        ("[[1, 2], [3, 4]]", "1 2 3", "3 biases for 1 filters"),
    ],
)
def test_weights_that_do_not_fit_are_refused_and_the_filters_stay(
    text: str, biases: str, said: str
) -> None:
    at = maps()
    before = at.query_params["pipeline"]
    paste(at, text, biases)
    assert said in at.error[0].value
    assert at.query_params["pipeline"] == before


def test_more_maps_than_are_kept_are_refused_with_what_to_do() -> None:
    at = opened("feature-maps", images=["Cat"], pipeline=ONE)
    unfold(at, "stage 1").selectbox(key="stage 1 kind").set_value("Your own array")
    checked(at.run())
    paste(at, repr(np.ones((64, 1, 1, 1)).tolist()))
    said = " ".join(each.value for each in at.error)
    assert "64 maps" in said
    assert "cut the images square" in said
    at.number_input(key="stage 1 stride").set_value(2)
    checked(at.run())
    assert not at.error


def test_a_link_that_names_weights_of_another_session_says_so() -> None:
    text = '[["conv",{"bank":["given",{"digest":"0123456789abcdef"}]}]]'
    at = opened("feature-maps", images=["Digit"], pipeline=text)
    assert "many weights" in at.warning[0].value


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("mine.npy", lambda w, _b: npy(w)),
        ("mine.npz", lambda w, _b: npz(anything=w)),
        ("mine.npz", lambda w, b: npz(x=np.ones((9, 9)), w=w, b=b, out=np.ones(3))),
    ],
)
@pytest.mark.parametrize("page", ["", "feature-maps"])
def test_weights_are_taken_from_a_file_exactly(page: str, name: str, make) -> None:
    w, b = RNG.normal(size=(2, 1, 2, 3)), RNG.normal(size=2)
    data = make(w, b)
    if page:
        at = drop(maps(), "stage 1 weights file", name, data)
        (stage,) = json.loads(at.query_params["pipeline"])
        grids, bias = stage[1]["bank"][1]["weights"], stage[1].get("bias", [0.0])
    else:
        at = opened(image="Digit", channels="Gray")
        at.session_state["weights open"] = True
        at = drop(checked(at.run()), "weights file", name, data)
        grids = at.query_params["weights"]
        bias = [float(each) for each in at.query_params.get("bias", "0").split()]
    np.testing.assert_array_equal(np.stack([np.array(each) for each in read_grids(grids)]), w[:, 0])
    np.testing.assert_array_equal(bias, b if b"b.npy" in data else [0])
    assert not at.error


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.csv", b"1,2\n3", "Row 2 has 1 numbers, row 1 has 2."),
        ("a.npz", npz(p=np.ones((2, 2)), q=np.ones((2, 2))), "none is called w"),
        ("a.npy", npy(np.array([[1, np.nan]])), "(0, 1) is nan"),
        ("a.png", b"\x89PNG", "is no file of numbers"),
    ],
)
def test_a_file_that_holds_no_weights_is_refused_and_the_filters_stay(
    name: str, data: bytes, said: str
) -> None:
    at = opened(image="Digit", filter="Box blur")
    at.session_state["weights open"] = True
    at = drop(checked(at.run()), "weights file", name, data)
    assert said in at.error[0].value.replace("\\", "")
    assert at.session_state["filter"] == "Box blur"


def test_a_csv_of_rows_is_one_filter() -> None:
    at = opened(image="Digit", filter="Box blur")
    at.session_state["weights open"] = True
    at = drop(checked(at.run()), "weights file", "mine.csv", b"0,-1,0\n-1,5.25,-1\n0,-1,0\n")
    assert at.query_params["weights"] == "0 -1 0;-1 5.25 -1;0 -1 0"
