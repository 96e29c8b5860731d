"""A view opened in the session is shown, also where something else breaks off the run that opens it."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from streamlit.runtime.scriptrunner import StopException
from streamlit.testing.v1 import AppTest

from convviz.pages import leading
from convviz.ui import parts
from tests.pages.test_session import bring_back, checked, opened, turn_to, use

# Where a run is broken off: before the page is drawn, and after it.
EARLY, LATE = (leading, "show_lesson"), (parts, "say_notes")


def break_off(at: AppTest, where: tuple[object, str], event: str, value: object) -> None:
    """Press something on the lesson's strip, and let the run of it end in the middle.

    The browser has not heard then of another page and another link.
    """
    link, page = dict(at.query_params), at._page_hash
    with patch.object(*where, side_effect=StopException()) as stop:
        use(at, "lesson strip", event, value)
    assert stop.called
    at.query_params.clear()
    at.query_params.update(link)
    at._page_hash = page


def send_something_else(at: AppTest) -> None:
    """Let the browser send something else, such as the stepper's step."""
    checked(at._run())


@pytest.mark.parametrize("where", [EARLY, LATE], ids=["early", "late"])
@pytest.mark.parametrize(
    ("step", "page", "settings"),
    [
        ("2", "pooling", {"pooling_kernel": 8, "pooling_stride": 8}),
        ("7", "equivariance", {}),
    ],
)
def test_a_step_is_shown_although_its_run_is_broken_off(
    where: tuple[object, str], step: str, page: str, settings: dict[str, object]
) -> None:
    at = opened("pooling", lesson="pooling", lesson_step="1", pooling_stride="3")
    break_off(at, where, "go", int(step) - 1)
    send_something_else(at)
    assert at.session_state["page shown"] == page
    assert at.query_params["lesson_step"] == step
    assert {key: at.session_state[key] for key in settings} == settings


@pytest.mark.parametrize("where", [EARLY, LATE], ids=["early", "late"])
def test_a_lesson_closed_meanwhile_stays_closed(where: tuple[object, str]) -> None:
    at = opened("pooling", lesson="pooling", lesson_step="1")
    break_off(at, where, "go", 1)
    send_something_else(at)
    use(at, "lesson strip", "leave", True)
    assert "lesson" not in at.query_params
    at = opened("pooling", lesson="pooling", lesson_step="1")
    break_off(at, where, "leave", True)
    send_something_else(at)
    assert "lesson" not in at.query_params


def test_who_turns_to_another_page_meanwhile_is_there() -> None:
    """Neither where the step was opened nor where it leads."""
    at = opened("pooling", lesson="pooling", lesson_step="1")
    break_off(at, EARLY, "go", 6)
    turn_to(at, "backward", lesson="pooling", lesson_step="1")
    assert at.session_state["page shown"] == "backward"


def test_back_takes_the_place_of_a_view_that_is_being_opened() -> None:
    at = opened("pooling", lesson="pooling", lesson_step="1")
    break_off(at, EARLY, "go", 6)
    checked(bring_back(at, "pooling", lesson="pooling", lesson_step="1"))
    assert at.session_state["page shown"] == "pooling"
    assert at.query_params["lesson_step"] == "1"


def test_a_link_brought_back_to_another_page_leaves_no_filter_of_the_page_before() -> None:
    """A typed filter is shared by the pages that convolve; what the link does not say is as at the beginning."""
    at = opened(filter="Custom", weights="9 9 9;9 9 9;9 9 9", bias="5")
    assert at.session_state["weights"] == "9 9 9;9 9 9;9 9 9"
    bring_back(at, "transposed", transposed_rows="3")
    assert at.session_state["filter"] != "Custom"
    assert not at.session_state["weights"]
    assert not at.session_state["bias"]
