"""What a person does while a run begins: no press and no change is lost."""

from __future__ import annotations

import json
import threading
from contextlib import suppress
from contextvars import ContextVar
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import (
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
    _coalesce_widget_states,
)
from streamlit.runtime.state import SessionState

_in_callbacks: ContextVar[bool] = ContextVar("callbacks run", default=False)


class Requests(ScriptRequests):
    """The requests for the runs of a session's thread; they know whether the callbacks of a run are called.

    `taken` is what the browser told for the run that has begun, until its callbacks are called; else None.
    """

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.RLock()  # type: ignore[assignment]  # the methods below take it too
        self.taken: WidgetStates | None = None

    def on_scriptrunner_ready(self) -> ScriptRequest:
        """The next run to begin."""
        with self._lock:
            return self._take(super().on_scriptrunner_ready())

    def on_scriptrunner_yield(self) -> ScriptRequest | None:
        """Stop for the next request, but not in the middle of a callback.

        Streamlit never calls that callback again: what the callback had not kept yet was lost, such as a number
        just typed.
        """
        if _in_callbacks.get():
            return None
        with self._lock:
            request = super().on_scriptrunner_yield()
            if request is None:
                self.taken = None  # a run looks first right before its callbacks
                return None
            return self._take(request)

    def _take(self, request: ScriptRequest) -> ScriptRequest:
        begins = request.type is ScriptRequestType.RERUN
        self.taken = request.rerun_data.widget_states if begins else None
        return request

    def waiting(self) -> WidgetStates | None:
        """What the browser told that no callback has heard of yet."""
        with self._lock:
            is_waiting = self._state is ScriptRequestType.RERUN
            waiting = self._rerun_data.widget_states if is_waiting else None
            return _together(self.taken, waiting)

    def give_up(self) -> WidgetStates | None:
        """Stop the thread, as Streamlit does next; what still waits."""
        with self._lock:
            waiting = self.waiting()
            self._state = ScriptRequestType.STOP
            return waiting


def _together(older: WidgetStates | None, newer: WidgetStates | None) -> WidgetStates | None:
    """What two requests tell, as Streamlit puts them together, but with every press of a component.

    A component tells its presses in a list, and of two lists Streamlit takes the later one: a photo that the
    browser gives back was lost, say, where another one was chosen right after. Of presses of one kind the last
    one counts.
    """
    told = _coalesce_widget_states(older, newer)
    if older and newer and told:
        before, now = _presses(older), _presses(newer)
        for each in told.widgets:
            if each.id in before and each.id in now:
                each.json_trigger_value = json.dumps([*(before[each.id] | now[each.id]).values()])
    return told


def _presses(told: WidgetStates) -> dict[str, dict[str, object]]:
    """Of each component that was pressed what it tells, by the kind of press."""
    found: dict[str, dict[str, object]] = {}
    for each in told.widgets:
        with suppress(ValueError, TypeError, KeyError):  # not what a component of ours tells
            found[each.id] = {one["event"]: one for one in json.loads(each.json_trigger_value)}
    return found


def keep_presses() -> None:
    """Let what was pressed be called although another request comes before its run has come to its callbacks.

    Streamlit then begins a run for the new request instead. The browser tells of a press only once, so it was
    lost: a lesson's next step, say, where the stepper told its step right after. Call before `keep_turns`, so that
    this sees each request as it is run.
    """
    usual = AppSession.request_rerun

    def request_rerun(session: AppSession, asked: ClientState | None) -> None:
        if asked and not asked.fragment_id and session._scriptrunner:
            requests: Any = session._scriptrunner._requests
            if states := _together(requests.give_up(), asked.widget_states):
                asked.widget_states.CopyFrom(states)
        usual(session, asked)

    setattr(AppSession, "request_rerun", request_rerun)  # noqa: B010
    setattr(script_runner, "ScriptRequests", Requests)  # noqa: B010
    setattr(script_requests, "_coalesce_widget_states", _together)  # noqa: B010


def finish_callbacks() -> None:
    """Let the callbacks of a run end before it stops for the next request; see `Requests`."""
    call = SessionState._call_callbacks

    def call_callbacks(state: SessionState, **how: Any) -> None:
        token = _in_callbacks.set(True)
        try:
            call(state, **how)
        finally:
            _in_callbacks.reset(token)

    setattr(SessionState, "_call_callbacks", call_callbacks)  # noqa: B010
