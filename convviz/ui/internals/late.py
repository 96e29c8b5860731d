"""What a browser tells before it has heard of the last run: it takes back no view opened, and no tick a change."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode

import streamlit as st
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState, WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import _has_active_trigger_value
from streamlit.runtime.state import SessionState

from convviz.ui.internals.link import whole_link
from convviz.ui.internals.requests import is_held, page_of
from convviz.ui.internals.turns import told_in

_LEFT = "views left"  # an entry of the session
# In the browser's link, but not of the view: what a stepper writes there by itself, and how a page is embedded.
_STEPPER, _EMBEDDING = ("step", "layer", "unit"), ("embed", "embed_options")


@dataclass
class ViewLeft:
    """What a browser told when another view was opened: it tells the same until it has heard of that."""

    page: str
    link: list[tuple[str, str]]  # but for what is not the view's
    without: frozenset[str]  # the names of that
    controls: dict[str, bytes]  # what it told of each
    is_over: bool = False  # whether the view opened is drawn, or is not to be drawn any more

    def is_shown(self, asked: ClientState) -> bool:
        """Whether a browser that asks so shows this view. It cannot have heard of one that is not drawn."""
        is_link = not self.is_over or _said(asked.query_string, self.without) == self.link
        return asked.page_script_hash == self.page and is_link and not asked.is_history_navigation


def leave_view() -> None:
    """Note that another view, or another photo, is shown than the browser knows of."""
    if context := get_script_run_ctx(suppress_warning=True):
        state = context.session_state._state
        told = state._current_interaction_widget_states
        controls = {each.id: each.SerializeToString() for each in told.widgets} if told else {}
        bound = state.query_params._bindings_by_param  # the browser writes those into its link
        without = frozenset((*_STEPPER, *_EMBEDDING, *bound))
        link = _said(context.query_string, without)
        left = ViewLeft(context.page_script_hash, link, without, controls)
        st.session_state.setdefault(_LEFT, []).append(left)


def end_opening() -> None:
    """Note that the view opened is drawn, or is not to be drawn any more."""
    context = get_script_run_ctx(suppress_warning=True)
    views: list[ViewLeft] = st.session_state.get(_LEFT, [])
    if context is None or not views:
        return
    link = urlencode(whole_link(), doseq=True)
    for each in [*views]:
        each.is_over = True
        if each.page == context.page_script_hash and each.link == _said(link, each.without):
            views.remove(each)  # the same again: a browser that tells so may have heard


def keep_views() -> None:
    """Let a view that was opened stay, although the browser still tells of the view before.

    The browser tells of its page, its link and all controls with each request. Until it has heard of the view, it
    tells what they were: two filters, say, where the view has one. What somebody has changed or pressed since
    counts.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and (left := _view_left(session, asked)):
            if asked.is_auto_rerun and left.page != page_of(session):
                return  # of a part that has gone: nobody did anything
            _bring_to_view(session, asked, left)
            widgets = asked.widget_states.widgets
            news = [each for each in widgets if not _is_old(each, left, session.session_state)]
            asked.widget_states.CopyFrom(WidgetStates(widgets=news))
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


def _view_left(session: AppSession, asked: ClientState) -> ViewLeft | None:
    """The view that the browser still shows although another one has been opened; None if there is none."""
    try:
        views: list[ViewLeft] = session.session_state[_LEFT]
    except KeyError:
        return None
    shown = [k for k, each in enumerate(views) if each.is_shown(asked)]
    if not shown or _turns_back(session, asked, views[shown[0]]):
        views.clear()  # the browser has heard of all
        return None
    del views[: shown[0]]
    return views[0]


def _turns_back(session: AppSession, asked: ClientState, left: ViewLeft) -> bool:
    """Whether somebody chooses the page left again in the bar: that tells of no control that has gone with it."""
    if left.page == page_of(session) or not left.is_over or asked.fragment_id:
        return False
    state = session.session_state
    gone = {*left.controls} - {*state._new_widget_state} - {*state._old_state}
    return not told_in(asked) & gone


def _bring_to_view(session: AppSession, asked: ClientState, left: ViewLeft) -> None:
    """Let a request of the view left ask for the page that the session shows, and for its link once it is drawn.

    The run that draws it takes from the browser's link what stays.
    """
    if asked.page_script_hash != (page := page_of(session)):
        asked.page_script_hash, asked.fragment_id = page, ""
    if left.is_over:
        said = parse_qs(asked.query_string)
        link: dict[str, Any] = {key: said[key] for key in _EMBEDDING if key in said}
        link |= session.session_state.query_params._query_params
        asked.query_string = urlencode(link, doseq=True)


def _is_old(told: WidgetState, left: ViewLeft, state: SessionState) -> bool:
    """Whether a control is told as the view left had it, and is set to another value now."""
    is_same = left.controls.get(told.id) == told.SerializeToString()
    return is_same and not _has_active_trigger_value(told) and not is_held(state, told)


def _said(query: str, without: Collection[str]) -> list[tuple[str, str]]:
    """What a link says but for some names, in one order."""
    said = parse_qsl(query, keep_blank_values=True)
    return sorted(each for each in said if each[0] not in without)


def keep_what_is_set() -> None:
    """Let a control that a run has set stay so, whatever a tick tells of it right after.

    A part of the page that runs from time to time tells of all controls too, also before the browser has heard of
    that run: a photo just pressed in the tray was taken back. Whatever somebody changes comes in a request of its
    own, before the tick; where that still waits, the tick takes its place and tells the same.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and asked.is_auto_rerun:
            runner: Any = session._scriptrunner
            waiting = runner._requests.waiting() if runner else None
            waits = {each.id: each for each in waiting.widgets} if waiting else {}
            stay = [
                each
                for each in asked.widget_states.widgets
                if _is_read_by_runs(each)
                or waits.get(each.id) == each
                or is_held(session.session_state, each)
            ]
            asked.widget_states.CopyFrom(WidgetStates(widgets=stay))
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


def _is_read_by_runs(told: WidgetState) -> bool:
    """Whether a request tells of a press, or of files: what is new of those only a run knows."""
    is_files = told.WhichOneof("value") == "file_uploader_state_value"
    return is_files or _has_active_trigger_value(told)
