"""A change of a control runs the view from the start, not the whole script first: what decides that it may."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.elements.widgets.file_uploader import FileUploaderSerde
from streamlit.errors import StreamlitAPIException
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.state import SessionState
from streamlit.runtime.state.common import WidgetMetadata

from convviz.ui.internals import requests
from convviz.ui.state import live


def other() -> None:
    """A callback without the mark."""


CALLBACKS = {
    "slider": live.run_view,
    "bias": partial(requests.may_run_at_once(lambda _f: None), 0),
    "button": other,
    "plain": None,
}
SEVERAL = {
    "grid": {"typed": live.run_view},
    "mixed": {"typed": live.run_view, "left": other},
}


class Session:
    """What a session of Streamlit has that is asked for."""

    def __init__(self, *, ready: str = "convolve", fragments: int = 1) -> None:
        self.session_state = SessionState(_new_session_state={"ready": ready})
        # It hears of the page when the run's thread has ended.
        self.page_script_hash = "main script"
        self._pages_manager = SimpleNamespace(current_page_script_hash="convolve")
        held = self.session_state._new_widget_state
        for key in {**CALLBACKS, **SEVERAL}:
            about = {"callback": CALLBACKS.get(key), "callbacks": SEVERAL.get(key)}
            held.set_widget_metadata(
                WidgetMetadata(key, lambda value: value, lambda value: value, "int_value", **about)
            )
            held.set_from_value(key, 0)
        self._fragment_storage = SimpleNamespace(resolve_target=partial(self._resolve, fragments))

    def _resolve(self, fragments: int, name: str) -> list[str]:
        if not fragments:
            raise StreamlitAPIException(name)
        return [f"{name} {k}" for k in range(fragments)]


def asked(page: str = "convolve", *, fragment: str = "", back: bool = False, **values: int) -> Any:
    made = ClientState(page_script_hash=page, fragment_id=fragment, is_history_navigation=back)
    for key in {**CALLBACKS, **SEVERAL}:
        made.widget_states.widgets.add(id=key, int_value=values.get(key, 0))
    return made


@pytest.fixture(autouse=True)
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The fragments that Streamlit was asked to run; "" for the whole script."""
    found: list[str] = []
    usual: Callable[..., None] = lambda _session, state: found.append(state.fragment_id)  # noqa: E731
    monkeypatch.setattr(AppSession, "request_rerun", usual)
    requests.run_at_once("view", "ready")
    return found


def ask(session: Session, *each: Any) -> None:
    for state in each:
        AppSession.request_rerun(session, state)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changed", [{"slider": 3}, {"bias": 1}, {"slider": 3, "bias": 1}, {"grid": 1}]
)
def test_a_change_of_a_control_of_the_view_runs_the_view(
    ran: list[str], changed: dict[str, int]
) -> None:
    ask(Session(), asked(), asked(**changed))
    assert ran == ["", "view 0"]


@pytest.mark.parametrize(
    ("session", "change"),
    [
        (Session(), asked(button=1)),
        (Session(), asked(plain=1)),
        (Session(), asked(mixed=1)),
        (Session(), asked(slider=3, button=1)),
        (Session(), asked()),
        (Session(), asked("pooling", slider=3)),
        (Session(), asked(slider=3, back=True)),
        (Session(ready=""), asked(slider=3)),
        (Session(ready="pooling"), asked(slider=3)),
        (Session(fragments=0), asked(slider=3)),
        (Session(fragments=2), asked(slider=3)),
    ],
)
def test_everything_else_runs_as_streamlit_has_it(
    ran: list[str], session: Session, change: Any
) -> None:
    ask(session, asked(), change)
    assert ran == ["", ""]


def test_a_fragment_that_is_asked_for_is_run(ran: list[str]) -> None:
    ask(Session(), asked(), asked(slider=3, fragment="own"))
    assert ran == ["", "own"]


def test_the_first_request_that_names_the_controls_may_be_a_change(ran: list[str]) -> None:
    """The one before it opened the page, and knew of no control: what has changed is seen by what is held."""
    ask(Session(), ClientState(), asked(slider=3))
    assert ran == ["", "view 0"]


def test_an_upload_box_is_read_by_no_one_but_a_run(
    ran: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    """Streamlit would say on the terminal that its context is missing."""
    session = Session()
    box = WidgetMetadata(
        "box",
        FileUploaderSerde(accept_multiple_files=True).deserialize,
        lambda value: value,
        "file_uploader_state_value",
    )
    session.session_state._new_widget_state.set_widget_metadata(box)

    def with_box(state: Any, *names: str) -> Any:
        said = state.widget_states.widgets.add(id="box").file_uploader_state_value
        said.SetInParent()
        for name in names:
            said.uploaded_file_info.add(name=name)
        return state

    ask(session, with_box(asked(slider=3)), with_box(asked(), "cat.jpg"), with_box(asked(slider=4)))
    assert ran == ["view 0", "", ""]
    assert caplog.text == ""


def test_a_run_of_the_whole_script_is_no_run_of_the_view() -> None:
    assert requests.is_run_of("view") is False
