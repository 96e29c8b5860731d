"""What a browser tells before it has heard of what a run has shown: it undoes none of that."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, urlencode
from weakref import WeakKeyDictionary

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import _has_active_trigger_value
from streamlit.runtime.state import SessionState

from convviz.ui.internals.link import whole_link
from convviz.ui.internals.requests import is_held
from convviz.ui.internals.turns import page_of, told_in

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
                if asked.is_auto_rerun and left.page != page_of(session):
                    return  # of a part that has gone: nobody did anything
                _bring_to_view(session, asked)
            widgets = asked.widget_states.widgets
            news = [each for each in widgets if not _is_old(each, left, session.session_state)]
            asked.widget_states.CopyFrom(WidgetStates(widgets=news))
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


def keep_what_is_set() -> None:
    """Let a control that a run has set stay so, whatever a tick tells of it right after.

    A part of the page that runs from time to time tells of all controls too, also before the browser has heard of
    that run: a photo just pressed in the tray was taken back. Whatever somebody changes comes in a request of its
    own, before the tick.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        runner: Any = session._scriptrunner
        if asked and asked.is_auto_rerun and not (runner and runner._requests.waits()):
            widgets, state = asked.widget_states.widgets, session.session_state
            stay = [each for each in widgets if _is_read_by_runs(each) or is_held(state, each)]
            asked.widget_states.CopyFrom(WidgetStates(widgets=stay))
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


def _is_read_by_runs(told: WidgetState) -> bool:
    """Whether a request tells of a press, or of files: what is new of those only a run knows."""
    is_files = told.WhichOneof("value") == "file_uploader_state_value"
    return is_files or _has_active_trigger_value(told)


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
    return left.page != page_of(session) and not asked.fragment_id and not told_in(asked) & gone


def _bring_to_view(session: AppSession, asked: ClientState) -> None:
    """Let a request of the view left ask for the page and the link that the session shows."""
    if asked.page_script_hash != (page := page_of(session)):
        asked.page_script_hash, asked.fragment_id = page, ""
    link = session.session_state.query_params
    asked.query_string = _written({key: link.get_all(key) for key in link})


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
