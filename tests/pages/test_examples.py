"""The examples that a person opens: what is published is what the page computes."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from convviz.lectures.examples import EXAMPLES, Example
from convviz.text.rows import read_rows
from tests.pages.test_arrays import arrays_of
from tests.pages.test_session import checked, opened

NAMES = [example.name for example in EXAMPLES]
NINE = "1 2 3;4 5 6;7 8 9"
TWENTY_FIVE = ";".join(" ".join(str(5 * i + j + 1) for j in range(5)) for i in range(5))
ONES = "1 1 1;1 1 1;1 1 1"


@pytest.mark.parametrize("example", EXAMPLES, ids=NAMES)
def test_what_is_published_is_what_the_page_computes(example: Example) -> None:
    ours = arrays_of(example.page, dict(example.query))
    assert example.is_answered_by(ours)
    wrong = {name: values + 1 for name, values in ours.items()}
    assert not example.is_answered_by(wrong)


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        (
            {"numbers": NINE, "weights": "1 2;3 4", "kernel": "2", "gradient": "1 10;100 1000"},
            {"dx": "1 12 20;103 1234 2040;300 3400 4000", "dw": "5421 6532;8754 9865"},
        ),
        (
            {"numbers": TWENTY_FIVE, "weights": ONES, "stride": "2", "dout": "Ones"},
            {"dw": "28 32 36;48 52 56;68 72 76", "db": "4"},
        ),
    ],
    ids=["nine", "twenty-five"],
)
def test_worked_backward_passes_of_a_link(link: dict[str, Any], expected: dict[str, str]) -> None:
    settings = {"image": "Numbers", "filter": "Custom", "padding": "Valid", "dout": "Typed"}
    given = arrays_of("backward", settings | link)
    for name, text in expected.items():
        np.testing.assert_array_equal(given[name].ravel(), read_rows(text).ravel(), err_msg=name)


@pytest.mark.parametrize(("weights", "bias", "out"), [("1", "5", 65), ("1|0|-1", "5", -15)])
def test_one_pixel_under_a_weight_for_each_channel(weights: str, bias: str, out: int) -> None:
    link = {
        "image": "Numbers",
        "numbers": "10|20|30",
        "filter": "Custom",
        "kernel": "1",
        "pad": "0",
    }
    given = arrays_of("convolve", link | {"weights": weights, "bias": bias})
    np.testing.assert_array_equal(given["out"].ravel(), [out])


def test_an_example_opens_with_its_source_and_published_answer() -> None:
    at = opened(image="Digit")
    at.session_state["numbers open"] = True
    checked(at.run())
    at.selectbox(key="numbers example").set_value("CS231n demo")
    checked(at.run())
    assert at.query_params["bias"] == "1 0"
    said = " ".join(each.value for each in at.sidebar.markdown)
    assert "CS231n" in said
    assert "the same as published" in said
    assert "−4" in said
    at.number_input(key="bias 0").set_value(2)
    checked(at.run())
    assert "the same as published" not in " ".join(each.value for each in at.sidebar.markdown)


def test_numbers_that_happen_to_be_an_examples_are_not_compared_with_it() -> None:
    """Many paste 1 to 16, and none of them means the example."""
    numbers = "1 2 3 4;5 6 7 8;9 10 11 12;13 14 15 16"
    at = opened("convolve", image="Numbers", numbers=numbers)
    assert not any("Keras SAME" in each.value for each in at.sidebar.markdown)
