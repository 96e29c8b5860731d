"""What a browser asks for: which page to run, or only one fragment of it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from streamlit.errors import StreamlitAPIException
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest, ScriptRequests
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.session_state import WStates


def run_at_once(name: str, ready: str) -> None:
    """Let a change of a widget run the fragment of a name at once, where its callback `may_run_at_once`.

    Streamlit runs callbacks in a run of the whole script, and the fragment that they ask for in another. In the
    browser each run draws every element again.

    Parameters
    ----------
    name
        Of the fragment.
    ready
        Names the entry of the session that says whether the fragment can run alone.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and (fragment := _fragment_to_run(session, asked, name, ready)):
            asked.fragment_id = fragment
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


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


Callback = TypeVar("Callback", bound=Callable[..., None])
_AT_ONCE = "_may_run_at_once"
_asked: WeakKeyDictionary[AppSession, dict[str, bytes]] = WeakKeyDictionary()


def may_run_at_once(callback: Callback) -> Callback:
    """Mark a callback that asks for that fragment, or for the whole page, and does not mind which run it is in."""
    setattr(callback, _AT_ONCE, True)
    return callback


def _fragment_to_run(session: AppSession, asked: ClientState, name: str, ready: str) -> str | None:
    """The fragment that is all that has to run for what a browser asks; None where Streamlit is to see to it."""
    before = _asked.get(session, {})
    said = _asked[session] = {
        each.id: each.SerializeToString() for each in asked.widget_states.widgets
    }
    # The session itself hears of the page when the run's thread has ended: after the browser has heard all.
    turned = asked.page_script_hash != session._pages_manager.current_page_script_hash
    if turned or asked.fragment_id or asked.is_history_navigation:
        return None
    state, held = session.session_state, session.session_state._new_widget_state
    now = WStates(widget_metadata={**held.widget_metadata})
    for each in asked.widget_states.widgets:
        if before.get(each.id) == said[each.id]:
            continue
        if each.WhichOneof("value") != "file_uploader_state_value":
            now.set_widget_from_proto(each)
        elif each.id in before or each.file_uploader_state_value.uploaded_file_info:
            return None  # files have come or gone: only a run can read them
    changed = [key for key in now if not _is_held(state, key, now.get(key))]
    if not changed:
        return None
    for known in map(held.widget_metadata.get, changed):
        callbacks = [known and known.callback, *((known and known.callbacks) or {}).values()]
        called = [getattr(each, "func", each) for each in callbacks if each is not None]
        if not called or not all(getattr(each, _AT_ONCE, False) for each in called):
            return None
    try:
        found = session._fragment_storage.resolve_target(name)
        return found[0] if len(found) == 1 and state[ready] else None
    except (KeyError, StreamlitAPIException):  # no such fragment on this page
        return None


def _is_held(state: SessionState, widget: str, value: object) -> bool:
    """Whether a session holds this value of a widget: as the browser sent it, or as the script has set it."""
    try:
        return bool(value == state._new_widget_state.get(widget) or value == state[widget])
    except KeyError:
        return False


def is_run_of(name: str) -> bool:
    """Whether only the fragment of a name runs."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not context.fragment_ids_this_run:
        return False
    return context.fragment_ids_this_run == context.fragment_storage.resolve_target(name)
