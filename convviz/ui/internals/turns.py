"""What several requests ask for that meet: no turn of the page is lost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests, ScriptRequestType

from convviz.ui.internals.requests import page_of


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
    return bool(asked.fragment_id or told_in(asked) & turn.gone)


def _note_turn(session: AppSession, asked: ClientState, turn: _Turn | None) -> None:
    page, told = asked.page_script_hash, told_in(asked)
    if turn and page == turn.asked.page_script_hash:
        if asked.fragment_id or told - turn.told:  # not the same click again
            turn.left.clear()
        return
    shown = page_of(session)
    if page != shown or (turn and turn.left):
        left = {shown, *(turn.left if turn else ())} - {page}
        known = {*session.session_state._new_widget_state.widget_metadata}
        _turns[session] = _Turn(ClientState(), left, told, known - told)
        _turns[session].asked.CopyFrom(asked)


def told_in(asked: ClientState) -> set[str]:
    """The widgets that a request tells of."""
    return {each.id for each in asked.widget_states.widgets}


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
