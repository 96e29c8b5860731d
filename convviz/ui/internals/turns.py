"""What several requests ask for that meet: no turn of the page and no change is lost."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import (
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
    _coalesce_widget_states,
)
from streamlit.runtime.state import SessionState


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
    shown = session._pages_manager.current_page_script_hash
    if page != shown or (turn and turn.left):
        left = {shown, *(turn.left if turn else ())} - {page}
        known = {*session.session_state._new_widget_state.widget_metadata}
        _turns[session] = _Turn(ClientState(), left, told, known - told)
        _turns[session].asked.CopyFrom(asked)


def _told(asked: ClientState) -> set[str]:
    return {each.id for each in asked.widget_states.widgets}


def keep_presses() -> None:
    """Let what was pressed be called although another request comes before its run has begun.

    Streamlit then begins a run for the new request instead. The browser tells of a press only once, so it was
    lost: a lesson's next step, say, where the stepper told its step right after. Call before `keep_turns`, so that
    this sees each request as it is run.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and not asked.fragment_id and session._scriptrunner:
            pressed = _stop(session._scriptrunner._requests)
            if states := _coalesce_widget_states(pressed, asked.widget_states):
                asked.widget_states.CopyFrom(states)
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


def _stop(waiting: ScriptRequests) -> WidgetStates | None:
    """Stop a run, as Streamlit does next; what the browser told for it, unless the run has taken that already."""
    with waiting._lock:
        is_taken = waiting._state is not ScriptRequestType.RERUN
        waiting._state = ScriptRequestType.STOP
        return None if is_taken else waiting._rerun_data.widget_states


_in_callbacks: ContextVar[bool] = ContextVar("callbacks run", default=False)


def finish_callbacks() -> None:
    """Let the callbacks of a run end before it stops for the next request.

    Streamlit stops a run for a new request wherever the run reads the session, also in the middle of a callback.
    It never calls that callback again: what the callback had not kept yet was lost, such as a number just typed.
    """
    call, look = SessionState._call_callbacks, ScriptRequests.on_scriptrunner_yield

    def call_callbacks(state: SessionState, **how: Any) -> None:
        token = _in_callbacks.set(True)
        try:
            call(state, **how)
        finally:
            _in_callbacks.reset(token)

    def on_scriptrunner_yield(waiting: ScriptRequests) -> ScriptRequest | None:
        return None if _in_callbacks.get() else look(waiting)

    setattr(SessionState, "_call_callbacks", call_callbacks)  # noqa: B010
    setattr(ScriptRequests, "on_scriptrunner_yield", on_scriptrunner_yield)  # noqa: B010


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
