"""What a widget of a page tells right after the page was turned does not turn it back."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.common import WidgetMetadata

from convviz.ui.internals.turns import ViewLeft, keep_turns, keep_views


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


def ask(session: Session | Opened, *each: Any) -> None:
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


class Opened:
    """A session in which a lesson has opened a view with one filter in the place of one with two."""

    def __init__(self, told: ClientState, page: str = "convolve", *, is_drawn: bool = True) -> None:
        controls = {each.id: each.SerializeToString() for each in told.widget_states.widgets}
        link = [("lesson_step", "3"), ("more", "Sobel y")]
        written = frozenset(("step", "pad"))
        left = ViewLeft(told.page_script_hash, link, written, controls, is_drawn)
        self._pages_manager = SimpleNamespace(current_page_script_hash=page)
        self.session_state = SessionState(_new_session_state={"view left": left})
        self.session_state.query_params.set_with_no_forward_msg("lesson_step", "4")
        for key, value in {FILTERS: 1, SIZE: 5, STRIDE: 1}.items():
            known = WidgetMetadata(key, lambda told: told, lambda held: held, "int_value")
            self.session_state._set_widget_metadata(known)
            self.session_state._new_widget_state.set_from_value(key, value)


FILTERS, SIZE, STRIDE = "number of filters", "kernel size", "stride"
LEFT, VIEW = "more=Sobel+y&lesson_step=3", "lesson_step=4"


def told_of(link: str, *pressed: str, back: bool = False, **changed: int) -> Any:
    """What a browser tells that shows the view left, with what somebody has changed in it since."""
    made = ClientState(page_script_hash="convolve", query_string=link, is_history_navigation=back)
    for key, value in {FILTERS: 2, SIZE: 3, STRIDE: 1, **changed}.items():
        made.widget_states.widgets.add(id=key, int_value=value)
    for key in pressed:
        made.widget_states.widgets.add(id=key, json_trigger_value="[]")
    return made


@pytest.fixture
def opened() -> Opened:
    return Opened(told_of(LEFT, "lesson strip"))


@pytest.fixture
def kept(ran: list[Any], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    monkeypatch.setattr(AppSession, "request_rerun", lambda _session, state: ran.append(state))
    keep_views()
    return ran


def heard(state: ClientState) -> dict[str, int]:
    return {each.id: each.int_value for each in state.widget_states.widgets}


@pytest.mark.parametrize("written", ["", "&step=54", "&pad=2"])
def test_what_a_browser_tells_of_the_view_before_changes_nothing(
    kept: list[Any], opened: Opened, written: str
) -> None:
    """Also where it has written into the link meanwhile: a stepper its step, a control its number."""
    ask(opened, told_of(LEFT + written, "lesson strip"))
    assert heard(kept[0]) == {STRIDE: 1, "lesson strip": 0}  # the stride is the same in both


def test_what_somebody_changes_meanwhile_counts(kept: list[Any], opened: Opened) -> None:
    ask(opened, told_of(LEFT, **{SIZE: 7}))
    assert heard(kept[0]) == {SIZE: 7, STRIDE: 1}


@pytest.mark.parametrize("page", ["convolve", "backward"])
def test_what_is_changed_meanwhile_is_changed_in_the_view_opened(
    kept: list[Any], page: str
) -> None:
    """That view may be on another page."""
    late = told_of(LEFT, **{SIZE: 7, "of that page": 1})
    late.fragment_id = "live view"
    ask(Opened(told_of(LEFT, **{"of that page": 1}), page), late)
    assert (kept[0].page_script_hash, kept[0].query_string) == (page, VIEW)
    assert kept[0].fragment_id == ("live view" if page == "convolve" else "")


def test_a_tick_of_a_part_of_a_page_left_is_passed_over(kept: list[Any]) -> None:
    tick = told_of(LEFT)
    tick.is_auto_rerun, tick.fragment_id = True, "training"
    ask(Opened(told_of(LEFT), "backward"), tick)
    assert kept == []


def test_somebody_can_turn_back_to_the_page_left(kept: list[Any]) -> None:
    """By the bar, which tells of no control of a page."""
    click = ClientState(page_script_hash="convolve", query_string=LEFT)
    ask(Opened(told_of(LEFT), "backward"), click)
    assert (kept[0].page_script_hash, kept[0].query_string) == ("convolve", LEFT)


def test_before_the_view_is_drawn_the_browsers_link_stays(kept: list[Any]) -> None:
    """The run that draws the view takes from that link what stays."""
    ask(Opened(told_of(LEFT), "backward", is_drawn=False), told_of(LEFT))
    assert (kept[0].page_script_hash, kept[0].query_string) == ("convolve", LEFT)


@pytest.mark.parametrize("back", [False, True])
def test_once_it_has_heard_or_goes_back_it_tells_all(
    kept: list[Any], opened: Opened, back: bool
) -> None:
    """Also where the person sets later what the link said then."""
    ask(opened, told_of(LEFT if back else VIEW, back=back), told_of(LEFT))
    assert [len(heard(each)) for each in kept] == [3, 3]


def test_in_a_session_that_has_opened_no_view_the_browser_tells_all(
    kept: list[Any], opened: Opened
) -> None:
    del opened.session_state["view left"]
    ask(opened, told_of(LEFT))
    assert len(heard(kept[0])) == 3
