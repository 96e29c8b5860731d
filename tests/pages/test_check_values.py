"""The numbers that lecturers check convviz by: each opens by a link and is what the page gives."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import pytest

from convviz.text.rows import read_rows
from convviz.ui.giving import share
from tests.pages.test_session import opened


def given_by(
    monkeypatch: pytest.MonkeyPatch, page: str, link: dict[str, Any]
) -> dict[str, np.ndarray]:
    """The arrays that the app offers of the view that a link opens, as a browser opens it."""
    made: dict[str, Any] = {}

    def end_bar(*_place: object) -> None:
        made.update({file.label: file.make for file in share.offered()})

    monkeypatch.setattr(share, "end_bar", end_bar)
    opened(page, **link)
    with np.load(io.BytesIO(made["Arrays (.npz)"]())) as file:
        return dict(file)


def counted(side: int) -> str:
    return ";".join(" ".join(str(side * i + j + 1) for j in range(side)) for i in range(side))


def ones(side: int) -> str:
    return ";".join([" ".join(["1"] * side)] * side)


FIVE = "1 2 3 4 5;6 7 8 9 1;2 3 4 5 6;7 8 9 1 2;3 4 5 6 7"
LOOP = {"view": "Step through the loop", "padding": "Valid"}
MEAN = {
    "numbers": "1 2;3 4",
    "pool": "Average",
    "pooling_kernel": "3",
    "pooling_stride": "1",
    "pooling_pad": "1",
}
CASES: dict[str, tuple[str, dict[str, str], dict[str, str]]] = {
    "correlation": (
        "",
        {"numbers": FIVE, "weights": "1 0 -1;0 0 0;-2 0 1", **LOOP},
        {"out": "-2 -3 -4;-7 -17 -9;-3 -4 -5"},
    ),
    "flipped": (
        "",
        {"numbers": FIVE, "weights": "1 0 -1;0 0 0;-2 0 1", "operation": "Convolution", **LOOP},
        {"out": "-3 -4 -5;-8 -18 -1;-4 -5 -6"},
    ),
    "stride 2, padding 1": (
        "",
        {
            "numbers": "2 2 3 3 3;0 1 3 0 3;2 3 0 1 3;3 3 2 1 2;3 3 0 2 3",
            "weights": "2 0 1;1 0 0;0 1 1",
            "stride": "2",
            "pad": "1",
        },
        {"out": "1 5 6;7 8 3;3 10 4"},
    ),
    "SAME": (
        "",
        {
            "numbers": counted(4),
            "weights": ones(3),
            "stride": "2",
            "padding": "Same",
            "view": LOOP["view"],
        },
        {"out": "54 45;72 54"},
    ),
    "padding 1": (
        "",
        {"numbers": counted(4), "weights": ones(3), "stride": "2", "pad": "1"},
        {"out": "14 30;57 99"},
    ),
    "negative, backwards": (
        "backward",
        {
            "numbers": "1 -3 1;-3 -2 -2;-3 2 -2",
            "weights": "-2 -2;-2 -1",
            "kernel": "2",
            "bias": "-3",
            "gradient": "1 -3;0 1",
        },
        {"dw": "8 -8;5 2", "db": "-1", "dx": "-2 4 6;-2 3 1;0 -2 -1"},
    ),
    "nine, backwards": (
        "backward",
        {"numbers": counted(3), "weights": "1 2;3 4", "kernel": "2", "gradient": "1 10;100 1000"},
        {"dx": "1 12 20;103 1234 2040;300 3400 4000", "dw": "5421 6532;8754 9865"},
    ),
    "twenty-five, backwards": (
        "backward",
        {"numbers": counted(5), "weights": ones(3), "stride": "2", "dout": "Ones"},
        {"dw": "28 32 36;48 52 56;68 72 76", "db": "4"},
    ),
    "one pixel": (
        "",
        {"numbers": "10|20|30", "weights": "1|1|1", "kernel": "1", "pad": "0", "bias": "5"},
        {"out": "65"},
    ),
    "one pixel, 1 0 −1": (
        "",
        {"numbers": "10|20|30", "weights": "1|0|-1", "kernel": "1", "pad": "0", "bias": "5"},
        {"out": "-15"},
    ),
    "mean, padding counted": (
        "pooling",
        MEAN,
        {"out": " ".join([repr(10 / 9)] * 4)},
    ),
    "mean, padding not counted": (
        "pooling",
        MEAN | {"counted": "false"},
        {"out": "2.5 2.5 2.5 2.5"},
    ),
}
ROUNDED = [(32, 1, 2, 0, 16), (5, 2, 2, 1, 3), (5, 3, 3, 1, 2)]


@pytest.mark.parametrize("name", CASES)
def test_a_link_opens_what_is_checked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    page, link, expected = CASES[name]
    said: dict[str, Any] = {"image": "Numbers", **link}
    if page != "pooling":
        said = {"filter": "Custom", **said}
    if page == "backward":
        said = {"padding": "Valid", "dout": "Typed", **said}
    if page == "pooling":
        said = {"view": "Forward", **said}
    given = given_by(monkeypatch, page, said)
    for key, text in expected.items():
        found, wanted = given[key].ravel(), read_rows(text).ravel()
        np.testing.assert_allclose(found, wanted, rtol=1e-15, atol=0, err_msg=key)


@pytest.mark.parametrize(("side", "kernel", "stride", "pad", "out"), ROUNDED)
@pytest.mark.parametrize("view", ["Photo", "Forward", "Libraries"])
def test_a_size_rounded_up_opens_by_a_link(
    view, side, kernel, stride, pad, out, monkeypatch
) -> None:
    numbers = ";".join(" ".join(str((3 * i + j) % 7) for j in range(side)) for i in range(side))
    link = {"pooling_kernel": kernel, "pooling_stride": stride, "pooling_pad": pad, "ceil": "true"}
    link = {key: str(value) for key, value in link.items()}
    said = {"image": "Numbers", "numbers": numbers, "view": view, **link}
    assert given_by(monkeypatch, "pooling", said)["out"].shape[2:] == (out, out)


def test_the_libraries_of_a_pooling_say_size_and_what_differs() -> None:
    link = {"numbers": counted(3), "view": "Libraries"}
    at = opened("pooling", image="Numbers", **link)
    (table,) = at.table
    rows = table.value.to_numpy().tolist()
    assert [row[0] for row in rows] == [
        "convviz", "PyTorch", "PyTorch: ceil_mode", "TensorFlow, Keras: SAME",
        "TensorFlow, Keras: VALID", "Caffe",
    ]  # fmt: skip
    assert [row[3] for row in rows] == ["1×1×1", "1×1×1", "1×2×2", "1×2×2", "1×1×1", "1×2×2"]
    assert [row[4] for row in rows[1:3]] == ["the same", "another size; 3 of 4 cells differ"]
