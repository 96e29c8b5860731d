"""What several requests ask for that meet: no turn of the page, and no view opened in its place, is lost."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import (
    ScriptRequests,
    ScriptRequestType,
    _has_active_trigger_value,
)
from streamlit.runtime.state import SessionState

from convviz.ui.internals.link import whole_link
from convviz.ui.internals.requests import is_held


@dataclass
class _Turn:
    """The last turn of the page that a browser asked for."""

    asked: ClientState
    left: set[str]  # the pages before; empty once the browser has heard of the turn
    told: set[str]  # the widgets that the request told of: those of all pages
    gone: set[str]  # the other widgets known then: those of the pages before


_turns: WeakKeyDictionary[AppSession, _Turn] = WeakKeyDictionary()


def keep_turns() -> None:
    """Let a click on another page turn it although a widget of the page before tells something right after.

    The browser sends what a widget tells a moment later, and names the page that it shows: still the page before,
    until it hears of the turn. Streamlit would go back there. Now such a request asks for the page turned to.
    Our own parts wait for the turn (`browser/shared/turning.js`), but Streamlit's controls cannot be made to wait.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        turn = _turns.get(session)
        if asked and turn and _is_late(asked, turn):
            if asked.is_auto_rerun:
                return  # of a part that has gone: nobody did anything
            asked.page_script_hash, asked.fragment_id = turn.asked.page_script_hash, ""
            asked.query_string = turn.asked.query_string
            asked.is_history_navigation = turn.asked.is_history_navigation
        elif asked and asked.page_script_hash:
            _note_turn(session, asked, turn)
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


def _is_late(asked: ClientState, turn: _Turn) -> bool:
    """Whether something of a page that was left asks, and not Back or a click on that page."""
    if asked.page_script_hash not in turn.left or asked.is_history_navigation:
        return False
    return bool(asked.fragment_id or _told(asked) & turn.gone)


def _note_turn(session: AppSession, asked: ClientState, turn: _Turn | None) -> None:
    page, told = asked.page_script_hash, _told(asked)
    if turn and page == turn.asked.page_script_hash:
        if asked.fragment_id or told - turn.told:  # not the same click again
            turn.left.clear()
        return
    shown = _page_of(session)
    if page != shown or (turn and turn.left):
        left = {shown, *(turn.left if turn else ())} - {page}
        known = {*session.session_state._new_widget_state.widget_metadata}
        _turns[session] = _Turn(ClientState(), left, told, known - told)
        _turns[session].asked.CopyFrom(asked)


def _told(asked: ClientState) -> set[str]:
    return {each.id for each in asked.widget_states.widgets}


_LEFT = "view left"  # an entry of the session
_STEP = "step"  # what a stepper writes into the browser's link by itself


@dataclass(frozen=True)
class ViewLeft:
    """What a browser told when another view was opened: it tells the same until it has heard of that."""

    page: str
    link: list[tuple[str, str]]  # but for what the browser writes by itself
    written: frozenset[str]  # the names of that
    controls: dict[str, bytes]
    is_drawn: bool = False  # whether that view is drawn


# The view left last that the browser has left too.
_heard: WeakKeyDictionary[AppSession, ViewLeft] = WeakKeyDictionary()


def leave_view() -> None:
    """Note that another view is opened than the one that the browser shows."""
    if context := get_script_run_ctx(suppress_warning=True):
        told = context.session_state._state._current_interaction_widget_states
        controls = {each.id: each.SerializeToString() for each in told.widgets} if told else {}
        written = frozenset((_STEP, *context.session_state._state.query_params._bindings_by_param))
        link = _said(context.query_string, written)
        st.session_state[_LEFT] = ViewLeft(context.page_script_hash, link, written, controls)


def note_view_drawn() -> None:
    """Note that the view opened is drawn."""
    context = get_script_run_ctx(suppress_warning=True)
    left: ViewLeft | None = st.session_state.get(_LEFT)
    if left is None or context is None:
        return
    here = context.page_script_hash, _said(_written(whole_link()), left.written)
    if here == (left.page, left.link):  # the same again: a browser that tells so may have heard
        st.session_state.pop(_LEFT)
    elif not left.is_drawn:
        st.session_state[_LEFT] = replace(left, is_drawn=True)


def keep_views() -> None:
    """Let a view that was opened stay as it is, whatever the browser tells of the view before right after.

    The browser tells of its page, its link and all controls with each request. Until it has heard of the view, it
    tells what they were: two filters, say, where the view has one. That it has not heard, its link tells. What
    somebody has changed or pressed since counts.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and (left := _view_left(session, asked)):
            if left.is_drawn:
                if asked.is_auto_rerun and left.page != _page_of(session):
                    return  # of a part that has gone: nobody did anything
                _bring_to_view(session, asked)
            widgets = asked.widget_states.widgets
            news = [each for each in widgets if not _is_old(each, left, session.session_state)]
            asked.widget_states.CopyFrom(WidgetStates(widgets=news))
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


def _view_left(session: AppSession, asked: ClientState) -> ViewLeft | None:
    """The view that the browser still shows although another one has been opened; None if there is none."""
    if _LEFT not in session.session_state:
        return None
    left: ViewLeft = session.session_state[_LEFT]
    told = (asked.page_script_hash, _said(asked.query_string, left.written))
    if asked.is_history_navigation or told != (left.page, left.link):
        _heard[session] = left
    is_late = _heard.get(session) is not left and not _turns_back(session, asked, left)
    return left if is_late else None


def _turns_back(session: AppSession, asked: ClientState, left: ViewLeft) -> bool:
    """Whether somebody chooses the page left again in the bar: that tells of no control that has gone with it."""
    state = session.session_state
    gone = {*left.controls} - {*state._new_widget_state} - {*state._old_state}
    return left.page != _page_of(session) and not asked.fragment_id and not _told(asked) & gone


def _bring_to_view(session: AppSession, asked: ClientState) -> None:
    """Let a request of the view left ask for the page and the link that the session shows."""
    if asked.page_script_hash != (page := _page_of(session)):
        asked.page_script_hash, asked.fragment_id = page, ""
    link = session.session_state.query_params
    asked.query_string = _written({key: link.get_all(key) for key in link})


def _page_of(session: AppSession) -> str:
    return session._pages_manager.current_page_script_hash


def _is_old(told: WidgetState, left: ViewLeft, state: SessionState) -> bool:
    """Whether a control is told as the view left had it, and is set to another value now."""
    is_same = left.controls.get(told.id) == told.SerializeToString()
    return is_same and not _has_active_trigger_value(told) and not is_held(state, told)


def _written(link: Mapping[str, Sequence[str]]) -> str:
    return urlencode(link, doseq=True)


def _said(query: str, without: Collection[str]) -> list[tuple[str, str]]:
    """What a link says but for some names, in one order."""
    said = parse_qsl(query, keep_blank_values=True)
    return sorted(each for each in said if each[0] not in without)


def keep_place() -> None:
    """Let the browser's own request say which page and link are shown, where a run asks to run again.

    Streamlit puts both into one request, and takes page and link from the later one. A click on another page, or
    Back, was lost where it came just before the run of the old page asked.
    """
    usual = ScriptRequests._request_rerun_locked

    def request_rerun(waiting: ScriptRequests, asked: RerunData) -> bool:
        context, first = get_script_run_ctx(suppress_warning=True), waiting._rerun_data
        here = context.page_script_hash if context else None
        turns = first.page_script_hash != here or first.is_history_navigation
        if asked.page_script_hash == here and turns and waiting._state is ScriptRequestType.RERUN:
            asked = replace(
                asked,
                page_script_hash=first.page_script_hash,
                page_name=first.page_name,
                query_string=first.query_string,
                cached_message_hashes=first.cached_message_hashes,
                is_history_navigation=first.is_history_navigation,
            )
        return usual(waiting, asked)

    setattr(ScriptRequests, "_request_rerun_locked", request_rerun)  # noqa: B010
