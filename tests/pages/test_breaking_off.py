"""A run that turns the page is broken off by what a person does next: nothing is lost, wherever it stopped."""

from __future__ import annotations

from unittest.mock import patch

import pytest
import streamlit as st
from streamlit.runtime.scriptrunner import StopException
from streamlit.util import calc_hash

from convviz.ui import parts
from convviz.ui.state import opening
from tests.pages.test_folds import INSIDE, controls
from tests.pages.test_session import checked, opened, states_of, turn_to, use


@pytest.mark.parametrize("address", INSIDE)
def test_a_group_unfolded_while_its_page_is_drawn_is_drawn_and_stays_open(address: str) -> None:
    group, key, _value = INSIDE[address]
    at = opened("lessons")
    with patch.object(parts, "say_notes", side_effect=StopException()) as stop:
        turn_to(at, address)
    assert stop.called
    (box,) = (each for each in at.sidebar.expander if each.proto.id.endswith(f"{group} unfolded"))
    told = at._tree.get_widget_states()
    told.widgets.add(id=box.proto.id, bool_value=True)
    checked(at._run(told))
    assert key in controls(at)
    assert [each.label for each in at.sidebar.expander if each.proto.expanded] == [box.label]


def test_a_map_picked_right_before_the_page_is_turned_is_shown_there_later() -> None:
    """The request of the press is passed over, and the one that turns the page brings it."""
    at = opened("feature-maps")
    picked = {"n": 0, "f": 0, "row": 114, "column": 171}
    use(at, "map grid", "picked", picked, turning_to="pooling")
    turn_to(at, "feature-maps")
    assert at.query_params["map_row"] == "114"
    assert at.query_params["show"] == "One map"


def test_next_pressed_right_before_the_page_is_turned_leads_to_the_next_step() -> None:
    at = opened("backward", lesson="backward", lesson_step="3")
    use(at, "lesson strip", "go", 3, turning_to="pooling")
    assert at.query_params["lesson_step"] == "4"


@pytest.mark.parametrize("where", ["forget_link", "set_link"])
def test_the_step_of_a_lesson_stays_where_its_run_is_broken_off_before_the_link_says_it(
    where: str,
) -> None:
    """The next request still brings the link of the step before."""
    at = opened("backward", lesson="backward", lesson_step="3", dout="One cell")
    with patch.object(opening, where, side_effect=StopException()) as stop:
        use(at, "lesson strip", "go", 3)
    assert stop.called
    assert at.query_params["lesson_step"] == "3"
    checked(at._run())
    assert at.query_params["lesson_step"] == "4"


def test_what_the_link_said_is_known_until_the_browser_has_heard_of_the_view_opened() -> None:
    at = opened("", view="Step through the loop", more="Sobel y", lesson="window", lesson_step="3")
    use(at, "lesson strip", "go", 3)
    (left,) = at.session_state["views left"]
    assert ("more", "Sobel y") in left.link
    use(at, "lesson strip", "go", 3)  # the same view again: its link is the one left
    assert at.session_state["views left"] == [left]


@pytest.mark.parametrize("address", ["pooling", "sparse-shared"])
def test_a_press_counts_although_the_page_is_left_and_the_turn_was_broken_off(address: str) -> None:
    """Streamlit had forgotten what the page before held, and called its controls all the same."""
    at = opened("backward", lesson="backward", lesson_step="3")
    told = states_of(at, "lesson strip", "go", 3)
    with patch.object(st, "set_page_config", side_effect=StopException()) as stop:
        turn_to(at, address)
    assert stop.called
    checked(at._run(told))
    assert at.query_params["lesson_step"] == "4"


@pytest.mark.parametrize("address", ["", "pooling", "backward", "groups"])
def test_a_setting_changed_right_before_the_page_is_turned_does_not_keep_the_page(
    address: str,
) -> None:
    """One request brings both; the view of the page before cannot run alone any more."""
    at = opened(address, image="Digit")
    slider = next(iter([*at.slider, *at.select_slider]))
    slider.set_value(getattr(slider, "max", None) or slider.options[-1])
    told = at._tree.get_widget_states()
    at._page_hash = calc_hash("as-matrix")
    checked(at._run(told))
    assert [each.value for each in at.title] == ["As a matrix"]
