"""What was pressed is called although the next request comes before the callbacks of its run are called."""

from __future__ import annotations

import json

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession, AppSessionState
from streamlit.runtime.scriptrunner import RerunData, script_runner
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequest

from convviz.ui.internals.presses import keep_presses


class Runner:
    """A run whose thread has not begun yet, and which has no page to draw."""

    def __init__(self, data: RerunData) -> None:
        self._requests = script_runner.ScriptRequests()
        self.request_rerun, self.request_stop = (
            self._requests.request_rerun,
            self._requests.request_stop,
        )
        self.request_rerun(data)

    def begin(self) -> RerunData:
        """Take what the browser told; callbacks are called later."""
        return self._requests.on_scriptrunner_ready().rerun_data

    def look(self) -> ScriptRequest | None:
        """Look for a request: None where there is none, and the run goes on, first with its callbacks."""
        return self._requests.on_scriptrunner_yield()


class Session:
    """What a session of Streamlit has that is asked for a run."""

    _state = AppSessionState.APP_NOT_RUNNING
    _scriptrunner: Runner | None = None

    def has_fragment(self, _fragment_id: str) -> bool:
        return True

    def _create_scriptrunner(self, initial_rerun_data: RerunData) -> None:
        self._scriptrunner = Runner(initial_rerun_data)

    def ask(self, *pressed: str, fragment: str = "", told: object = "go") -> Runner:
        """Ask for a run, with what was just pressed; `told` is what a component tells of that."""
        asked = ClientState(fragment_id=fragment)
        asked.widget_states.widgets.add(id="stride", int_value=3)
        for key in pressed:
            asked.widget_states.widgets.add(id=key, json_trigger_value=json.dumps(told))
        AppSession.request_rerun(self, asked)  # type: ignore[arg-type]
        assert self._scriptrunner
        return self._scriptrunner


@pytest.fixture
def session(monkeypatch: pytest.MonkeyPatch) -> Session:
    monkeypatch.setattr(AppSession, "request_rerun", AppSession.request_rerun)
    monkeypatch.setattr(script_runner, "ScriptRequests", script_runner.ScriptRequests)
    usual = script_requests._coalesce_widget_states
    monkeypatch.setattr(script_requests, "_coalesce_widget_states", usual)
    keep_presses()
    return Session()


def told(runner: Runner) -> list[str]:
    states = runner.begin().widget_states
    return sorted(each.id for each in states.widgets) if states else []


@pytest.mark.parametrize("fragment", ["", "live view"])
def test_a_press_is_called_by_the_run_that_takes_the_place_of_its_own(
    session: Session, fragment: str
) -> None:
    session.ask("step of the lesson", fragment=fragment)
    assert told(session.ask()) == ["step of the lesson", "stride"]


def test_presses_of_several_runs_that_wait_are_all_called(session: Session) -> None:
    session.ask("step of the lesson")
    session.ask("place picked")
    assert told(session.ask()) == ["place picked", "step of the lesson", "stride"]


def test_a_press_whose_callback_is_called_is_not_called_twice(session: Session) -> None:
    first = session.ask("step of the lesson")
    first.begin()
    assert first.look() is None
    assert told(session.ask()) == ["stride"]


def test_a_press_is_called_although_its_run_has_begun_and_come_to_no_callback(
    session: Session,
) -> None:
    """It takes a moment to begin, and a slow or busy server a long one."""
    first = session.ask("step of the lesson")
    first.begin()
    second = session.ask()
    assert first.look(), "it calls nothing any more"
    assert told(second) == ["step of the lesson", "stride"]


def test_presses_of_two_requests_of_which_one_has_begun_are_both_called(session: Session) -> None:
    session.ask("step of the lesson").begin()
    session.ask("place picked", fragment="live view")
    assert told(session.ask()) == ["place picked", "step of the lesson", "stride"]


def test_a_run_that_goes_on_with_a_new_request_has_called_nothing_of_it_yet(
    session: Session,
) -> None:
    first = session.ask()
    first.begin()
    assert first.look() is None
    session.ask("step of the lesson", fragment="live view")
    first.begin()
    assert told(session.ask()) == ["step of the lesson", "stride"]


def test_a_run_that_has_begun_is_stopped_as_before(session: Session) -> None:
    first = session.ask("step of the lesson")
    first.begin()
    first.look()
    session.ask()
    assert first.look() is not None


@pytest.mark.parametrize("fragment", ["", "tray"])
def test_different_presses_in_one_component_are_all_called(session: Session, fragment: str) -> None:
    """Of presses of one kind the last one is."""
    session.ask("tray", told=[{"event": "kept", "value": "photo"}, {"event": "chosen", "value": 1}])
    runner = session.ask("tray", told=[{"event": "chosen", "value": 2}], fragment=fragment)
    states = runner.begin().widget_states
    assert states
    (tray,) = (each for each in states.widgets if each.id == "tray")
    assert json.loads(tray.json_trigger_value) == [
        {"event": "kept", "value": "photo"},
        {"event": "chosen", "value": 2},
    ]


def test_of_what_no_component_of_ours_tells_the_later_counts(session: Session) -> None:
    session.ask("tray", told={"event": "kept"})
    states = session.ask("tray", told=["no event"]).begin().widget_states
    assert states
    assert [each.json_trigger_value for each in states.widgets if each.id == "tray"] == [
        '["no event"]'
    ]
