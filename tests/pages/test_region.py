"""The region that is stepped through, while other settings change."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_own_numbers import pasted
from tests.pages.test_session import checked, opened, turn_to
from tests.pages.unfolding import unfold


def set_kernel(at: AppTest, size: int) -> None:
    at.slider(key="kernel").set_value(size)
    checked(at.run())
    checked(at._run())  # what the view knows now, the page follows


def rows(at: AppTest) -> int:
    return int(at.session_state["rows"])


@pytest.mark.parametrize("groups", [(), ("region",)])
def test_a_region_that_a_kernel_made_larger_goes_back_with_it(groups: tuple[str, ...]) -> None:
    at = unfold(opened(filter="Box blur", pad="0", view="Step through the loop"), *groups)
    assert rows(at) == 8
    for size, shown in ((11, 11), (13, 13), (9, 9), (3, 8)):
        set_kernel(at, size)
        assert (rows(at), int(at.session_state["columns"])) == (shown, shown)


def test_a_region_made_larger_by_hand_stays() -> None:
    at = unfold(opened(filter="Box blur", pad="0", view="Step through the loop"), "region")
    set_kernel(at, 11)
    at.number_input(key="rows").set_value(12)
    checked(at.run())
    checked(at._run())
    set_kernel(at, 3)
    assert (rows(at), int(at.session_state["columns"])) == (12, 8)


def test_a_region_goes_back_on_another_page_too() -> None:
    at = opened(filter="Box blur", pad="0", view="Step through the loop")
    set_kernel(at, 11)
    turn_to(at, "backward")
    set_kernel(at, 3)
    assert int(at.session_state["backward_rows"]) < 11
    turn_to(at, "")
    set_kernel(at, 3)
    assert rows(at) == 8


def test_numbers_of_ones_own_are_stepped_through_whole_after_a_large_kernel() -> None:
    at = opened(filter="Box blur", pad="0", view="Step through the loop")
    set_kernel(at, 9)
    pasted(at, "\n".join(["0 " * 9] * 9))
    set_kernel(at, 3)
    assert rows(at) == 9
