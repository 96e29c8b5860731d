"""What a browser tells before it has heard of what a run has shown undoes none of that."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.common import WidgetMetadata

from convviz.ui.internals.late import ViewLeft, keep_views, keep_what_is_set


def left_as(told: ClientState, link: list[tuple[str, str]], is_drawn: bool = True) -> ViewLeft:
    """The view left as a browser told it."""
    controls = {each.id: each.SerializeToString() for each in told.widget_states.widgets}
    return ViewLeft(
        told.page_script_hash,
        link,
        frozenset(("step", "layer", "pad", "embed")),
        controls,
        is_drawn,
    )


class Opened:
    """A session in which a lesson has opened a view with one filter in the place of one with two."""

    _scriptrunner: Any = None

    def __init__(self, told: ClientState, page: str = "convolve", *, is_drawn: bool = True) -> None:
        link = [("lesson_step", "3"), ("more", "Sobel y")]
        self.views = [left_as(told, link, is_drawn)]
        self._pages_manager = SimpleNamespace(current_page_script_hash=page)
        self.session_state = SessionState(_new_session_state={"views left": self.views})
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
def kept(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What Streamlit was asked to run."""
    found: list[Any] = []
    monkeypatch.setattr(AppSession, "request_rerun", lambda _session, state: found.append(state))
    keep_views()
    keep_what_is_set()
    return found


def ask(session: Opened, *each: Any) -> None:
    for state in each:
        AppSession.request_rerun(session, state)  # type: ignore[arg-type]


def heard(state: ClientState) -> dict[str, int]:
    return {each.id: each.int_value for each in state.widget_states.widgets}


@pytest.mark.parametrize("written", ["", "&step=54&layer=2", "&pad=2"])
def test_what_a_browser_tells_of_the_view_before_changes_nothing(
    kept: list[Any], opened: Opened, written: str
) -> None:
    """Also where it has written into the link meanwhile: a stepper its place, a control its number."""
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
    assert heard(kept[0])[SIZE] == 7


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


@pytest.mark.parametrize("link", [LEFT, ""])
def test_while_the_view_is_drawn_its_page_stays_and_the_browsers_link(
    kept: list[Any], link: str
) -> None:
    """The run that draws it takes from that link what stays. Streamlit empties the link as it turns the page."""
    ask(Opened(told_of(LEFT), "backward", is_drawn=False), told_of(link))
    assert (kept[0].page_script_hash, kept[0].query_string) == ("backward", link)
    assert heard(kept[0]) == {STRIDE: 1}


def test_a_browser_may_have_heard_of_none_of_two_views_opened_or_of_the_first(
    kept: list[Any], opened: Opened
) -> None:
    """As after two quick presses that each lead to a next step."""
    opened.views.append(left_as(told_of(VIEW), [("lesson_step", "4")]))
    opened.session_state.query_params.set_with_no_forward_msg("lesson_step", "5")
    for link in (LEFT, LEFT, VIEW):
        ask(opened, told_of(link))
        assert (kept[-1].query_string, heard(kept[-1])) == ("lesson_step=5", {STRIDE: 1})
    for link in ("lesson_step=5", VIEW, LEFT):  # it has heard; a person may set the same again
        ask(opened, told_of(link))
        assert (kept[-1].query_string, len(heard(kept[-1]))) == (link, 3)


def test_how_a_page_is_embedded_stays_in_the_link(kept: list[Any], opened: Opened) -> None:
    ask(opened, told_of(f"{LEFT}&embed=true"))
    assert kept[0].query_string == f"embed=true&{VIEW}"


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
    del opened.session_state["views left"]
    ask(opened, told_of(LEFT))
    assert len(heard(kept[0])) == 3


@pytest.mark.parametrize("waits", [False, True])
def test_what_a_tick_tells_is_no_change_unless_one_waits(
    kept: list[Any], opened: Opened, waits: bool
) -> None:
    """A change that no run has heard of yet is told by the tick too, which takes its place."""
    tick = told_of(VIEW, "lesson strip")
    waiting = told_of(VIEW).widget_states if waits else None
    opened._scriptrunner = SimpleNamespace(_requests=SimpleNamespace(waiting=lambda: waiting))
    tick.is_auto_rerun = True
    ask(opened, tick)
    told = {FILTERS: 2, SIZE: 3} if waits else {}
    assert heard(kept[0]) == {STRIDE: 1, "lesson strip": 0, **told}
