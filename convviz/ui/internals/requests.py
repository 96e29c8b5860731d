"""What a browser asks for: which page to run, or only one fragment of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from streamlit.errors import StreamlitAPIException
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.common import WidgetMetadata
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
        Names the entry of the session that says on which page the fragment can run alone; see `page_of_run`.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and (fragment := _fragment_to_run(session, asked, name, ready)):
            asked.fragment_id = fragment
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010


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
    _asked[session] = {each.id: each.SerializeToString() for each in asked.widget_states.widgets}
    # The session itself hears of the page when the run's thread has ended: after the browser has heard all.
    turned = asked.page_script_hash != page_of(session)
    if turned or asked.fragment_id or asked.is_history_navigation:
        return None
    changed, state = _changed(session, asked, before), session.session_state
    known = state._new_widget_state.widget_metadata
    if not changed or not all(_runs_at_once(known.get(each)) for each in changed):
        return None
    try:
        found = session._fragment_storage.resolve_target(name)
        return found[0] if len(found) == 1 and state[ready] == asked.page_script_hash else None
    except (KeyError, StreamlitAPIException):  # no such fragment on this page
        return None


def _changed(session: AppSession, asked: ClientState, before: Mapping[str, bytes]) -> list[str]:
    """The widgets whose values are new to a session; none where files have come or gone: only a run reads those.

    `before` is what the request before this one told of each widget.
    """
    state = session.session_state
    now = WStates(widget_metadata={**state._new_widget_state.widget_metadata})
    for each in asked.widget_states.widgets:
        if before.get(each.id) == _asked[session][each.id]:
            continue
        if each.WhichOneof("value") != "file_uploader_state_value":
            now.set_widget_from_proto(each)
        elif each.id in before or each.file_uploader_state_value.uploaded_file_info:
            return []
    return [key for key in now if not _is_held(state, key, now.get(key))]


def _runs_at_once(widget: WidgetMetadata[Any] | None) -> bool:
    """Whether what a widget calls may run at once, all of it: see `may_run_at_once`."""
    callbacks = [widget.callback, *(widget.callbacks or {}).values()] if widget else []
    called = [getattr(each, "func", each) for each in callbacks if each is not None]
    return bool(called) and all(getattr(each, _AT_ONCE, False) for each in called)


def is_held(state: SessionState, told: WidgetState) -> bool:
    """Whether what a browser tells of a widget is what a session holds of it in the end."""
    known = state._new_widget_state.widget_metadata.get(told.id)
    if known is None:
        return False
    now = WStates(widget_metadata={told.id: known})
    now.set_widget_from_proto(told)
    return _is_set(state, told.id, now.get(told.id))


def _is_held(state: SessionState, widget: str, value: object) -> bool:
    """Whether a session holds this value of a widget: as the browser sent it, or as the script has set it."""
    return bool(value == state._new_widget_state.get(widget)) or _is_set(state, widget, value)


def _is_set(state: SessionState, widget: str, value: object) -> bool:
    try:
        return bool(value == state[widget])
    except KeyError:
        return False


def page_of(session: AppSession) -> str:
    """What Streamlit calls the page that a session shows."""
    return session._pages_manager.current_page_script_hash


def page_of_run() -> str:
    """What Streamlit calls the page that runs, also before the run has found out which one it is."""
    context = get_script_run_ctx(suppress_warning=True)
    return context.page_script_hash if context else ""


def is_run_of(name: str) -> bool:
    """Whether only the fragment of a name runs."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not context.fragment_ids_this_run:
        return False
    return context.fragment_ids_this_run == context.fragment_storage.resolve_target(name)
