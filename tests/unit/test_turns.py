"""What a widget of a page tells right after the page was turned does not turn it back."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

from convviz.ui.internals.turns import keep_turns


class Session:
    """What a session of Streamlit has that is asked for: the page of its latest run, and the widgets known."""

    def __init__(self, page: str, *widgets: str) -> None:
        self._pages_manager = SimpleNamespace(current_page_script_hash=page)
        known = SimpleNamespace(widget_metadata=dict.fromkeys(widgets))
        self.session_state = SimpleNamespace(_new_widget_state=known)


def asked(page: str, *widgets: str, link: str = "", fragment: str = "", back: bool = False) -> Any:
    made = ClientState(
        page_script_hash=page, query_string=link, fragment_id=fragment, is_history_navigation=back
    )
    for key in widgets:
        made.widget_states.widgets.add(id=key, int_value=3)
    return made


@pytest.fixture(autouse=True)
def ran(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What Streamlit was asked to run."""
    found: list[Any] = []
    usual: Callable[..., None] = lambda _session, state: found.append(state)  # noqa: E731
    monkeypatch.setattr(AppSession, "request_rerun", usual)
    keep_turns()
    return found


def ask(session: Session, *each: Any) -> None:
    for state in each:
        AppSession.request_rerun(session, state)  # type: ignore[arg-type]


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize("fragment", ["", "live view"])
def test_a_widget_of_the_page_left_asks_for_the_page_turned_to(
    ran: list[Any], fragment: str, back: bool
) -> None:
    ask(
        Session("convolve", "bar", "stride"),
        asked("pooling", "bar", link="pool=Max", back=back),
        asked("convolve", "bar", "stride", link="stride=3", fragment=fragment),
    )
    assert ran[1] == asked("pooling", "bar", "stride", link="pool=Max", back=back)


def test_two_turns_are_kept_too(ran: list[Any]) -> None:
    session = Session("convolve", "bar", "stride")
    ask(session, asked("pooling", "bar"), asked("backward", "bar"))
    ask(session, asked("convolve", "bar", "stride"))
    assert ran[2].page_script_hash == "backward"


def test_a_second_click_on_the_same_page_changes_nothing(ran: list[Any]) -> None:
    session = Session("convolve", "bar", "stride")
    ask(session, asked("pooling", "bar"), asked("pooling", "bar"))
    ask(session, asked("convolve", "bar", "stride"))
    assert ran[2].page_script_hash == "pooling"


def test_a_tick_of_a_part_of_the_page_left_is_passed_over(ran: list[Any]) -> None:
    tick = asked("convolve", "bar", "stride", fragment="training")
    tick.is_auto_rerun = True
    ask(Session("convolve", "bar", "stride"), asked("pooling", "bar"), tick)
    assert len(ran) == 1


@pytest.mark.parametrize(
    "requests",
    [
        # Turned, and back at once: only the bar of all pages tells its state.
        [asked("pooling", "bar"), asked("convolve", "bar")],
        # Back to the page left, whose widgets tell again once it is shown.
        [asked("pooling", "bar"), asked("convolve", "bar"), asked("convolve", "bar", "stride")],
        # The browser knows the new page, and turns back.
        [
            asked("pooling", "bar"),
            asked("pooling", "bar", "pool"),
            asked("convolve", "bar", "stride"),
        ],
        # Back, as the browser's button says it.
        [asked("pooling", "bar"), asked("convolve", "bar", "stride", back=True)],
        # A widget of all pages that came with the new one.
        [asked("pooling", "bar"), asked("convolve", "bar", "lesson")],
        # Opened, and changed.
        [ClientState(), asked("convolve", "bar", "stride"), asked("convolve", "bar", "stride")],
    ],
)
def test_everything_else_is_asked_as_the_browser_has_it(
    ran: list[Any], requests: list[Any]
) -> None:
    copies = [ClientState.FromString(each.SerializeToString()) for each in requests]
    ask(Session("convolve", "bar", "stride"), *requests)
    assert ran == copies
