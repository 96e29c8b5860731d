"""What the link of a page asks for is said on that page, and no other."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_session import checked, opened, turn_to


def notes(at: AppTest) -> list[str]:
    """The sentences about the link."""
    return [each.value for each in at.warning]


OWN_FILTER = {"image": "Digit", "filter": "Custom", "weights": "1 2 1;0 0 0;-1 -2 -1"}


@pytest.mark.parametrize(
    ("first", "link", "then"),
    [
        ("", OWN_FILTER, "effective-field"),
        ("", {**OWN_FILTER, "more": "Box blur", "shown_filter": "1"}, "equivariance"),
        ("", {"image": "Digit", "step": "500"}, "pooling"),
    ],
)
def test_what_a_page_does_not_draw_is_not_asked_of_the_next(
    first: str, link: dict[str, str], then: str
) -> None:
    at = opened(first, **link)
    assert notes(turn_to(at, then)) == []
    if then == "pooling":
        at.session_state["pooling view"] = "Forward"
        assert notes(checked(at.run())) == []


def test_a_number_that_can_have_one_value_alone_is_said_at_once() -> None:
    """Not where another setting lets it have more."""
    at = opened("transposed", image="Digit", transposed_stride="1", output_padding="1")
    (said,) = notes(at)
    assert said == "The link asks for output padding 1, but output padding can only be 0 here."
    at.slider(key="transposed_stride").set_value(2)
    checked(at.run())
    assert notes(checked(at._run())) == []
