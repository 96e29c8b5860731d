"""The link says of a place on the photo what the page shows, and no more."""

from __future__ import annotations

import pytest

from tests.pages.test_session import opened, turn_to
from tests.pages.unfolding import unfold

SLIDING = ("", "backward", "as-matrix")


@pytest.mark.parametrize("first", SLIDING)
@pytest.mark.parametrize("then", SLIDING)
def test_a_page_that_nobody_set_a_place_on_has_none_in_its_link(first: str, then: str) -> None:
    """Each begins with a place of its own, and the link named that of the page before."""
    at = turn_to(opened(first, image="Cat"), then)
    assert {"row", "col", "rows", "columns"} & {*at.query_params} == set()


def test_a_place_that_was_set_goes_along() -> None:
    at = unfold(opened("backward", image="Cat", row="100", col="120"), "region")
    turn_to(at, "")
    assert (at.query_params["row"], at.query_params["col"]) == ("100", "120")
    assert (at.session_state["row"], at.session_state["col"]) == (100, 120)
