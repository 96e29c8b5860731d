"""The parts of Streamlit that its documentation does not promise are still there.

When a test here fails, Streamlit has changed what it names: look where `convviz` uses it before the pin is moved.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from functools import cache
from importlib.metadata import version
from inspect import signature
from pathlib import Path

import pytest
import streamlit as st
from streamlit import config, file_util, runtime
from streamlit.components.v2.bidi_component.main import _make_trigger_id
from streamlit.delta_generator import DeltaGenerator
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.NewSession_pb2 import NewSession
from streamlit.proto.WidgetStates_pb2 import WidgetStates
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.fragment import MemoryFragmentStorage
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner_utils.script_requests import RerunData
from streamlit.runtime.scriptrunner_utils.script_run_context import ScriptRunContext
from streamlit.runtime.scriptrunner_utils.shared_run_state import SharedRunState
from streamlit.runtime.state import SafeSessionState, SessionState
from streamlit.runtime.state.common import WidgetMetadata
from streamlit.runtime.state.query_params import QueryParams
from streamlit.runtime.state.session_state import WStates
from streamlit.runtime.uploaded_file_manager import DeletedFile, UploadedFileRec
from streamlit.testing.v1 import AppTest

from convviz.ui.internals import elements, late, link, server, session
from convviz.ui.internals.presses import Requests
from convviz.web.routes import FIRST_ELEMENTS

ROOT = Path(__file__).resolve().parents[2]
# Classes and test ids of Streamlit's elements, and what its script reads from the document.
BROWSER_NAMES = (
    r"\bst[A-Z]\w+|\breact-aria-\w+|\bdata-(?:testid|tag)\b|\b__streamlit\b|\b[A-Z]+_BASE_URL\b"
)


def test_the_requirements_pin_the_minor_version_that_is_installed() -> None:
    pinned = re.search(
        r"^streamlit>=1\.(\d+),<1\.(\d+)$", (ROOT / "requirements.txt").read_text(), re.M
    )
    assert pinned, "requirements.txt does not pin Streamlit to one minor version"
    assert int(pinned[2]) == int(pinned[1]) + 1
    assert version("streamlit").startswith(f"1.{pinned[1]}.")


def test_is_history_navigation_is_in_the_context_of_a_run() -> None:
    assert "is_history_navigation" in {field.name for field in fields(ScriptRunContext)}
    assert link.is_history_navigation() is False


def test_the_link_can_be_changed_before_the_browser_hears_of_it() -> None:
    assert {"session_state"} <= {field.name for field in fields(ScriptRunContext)}
    for name in ("clear_with_no_forward_msg", "set_with_no_forward_msg", "_send_query_param_msg"):
        assert callable(getattr(QueryParams, name, None)), f"QueryParams.{name}"
    assert "_initial_query_params" in {field.name for field in fields(QueryParams)}
    link.set_link({"pad": ["1"]})  # no run, so nothing to change
    link.take_out_of_link("pad")
    link.restore_link()
    link.send_link()


def test_the_server_can_forget_an_upload() -> None:
    assert "session_id" in {field.name for field in fields(ScriptRunContext)}
    assert callable(getattr(MemoryUploadedFileManager, "remove_file", None))
    assert isinstance(runtime.Runtime.__dict__["uploaded_file_mgr"], property)
    kept = MemoryUploadedFileManager("/upload")
    kept.add_file("session", UploadedFileRec("one", "a.png", "image/png", b"abc"))
    kept.remove_file("session", "one")
    assert not kept.get_files("session", ["one"])
    assert server.files_in(None) == server.files_in([DeletedFile("two")]) == []
    server.forget_uploads([])  # no run, so nothing to forget


def test_the_session_of_a_run_can_be_watched() -> None:
    assert "session_id" in {field.name for field in fields(ScriptRunContext)}
    for name in ("exists", "get_instance"):
        assert callable(getattr(runtime, name, None)), f"streamlit.runtime.{name}"
    assert callable(getattr(runtime.Runtime, "is_active_session", None)), "is_active_session"
    assert session.session_watch()() is True


def test_the_controls_of_a_session_are_known_by_what_calls_them_back() -> None:
    assert "shared" in {field.name for field in fields(ScriptRunContext)}
    assert callable(SharedRunState().widget_ids_this_run.snapshot)
    assert SessionState()._new_widget_state.widget_metadata == {}
    assert {"callback", "callbacks"} <= {field.name for field in fields(WidgetMetadata)}
    element = "$$ID-1a-picture"
    for widget in (element, _make_trigger_id(element, "events")):
        assert session._element_of(widget) == element
    session.forget_controls_left()  # no run, so nothing to forget


def test_main_script_path_says_where_the_settings_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(config, "_main_script_path", None)  # it exists, and is put back
    server.read_settings_beside(str(tmp_path / "app.py"))
    files = config.get_config_files("config.toml")
    assert files[-1] == str(tmp_path / ".streamlit" / "config.toml"), "config._main_script_path"


def test_the_document_has_a_head_to_put_something_into() -> None:
    assert server.streamlit_document().count("</head>") == 1, "static/index.html"


def test_a_container_is_a_delta_generator() -> None:
    assert elements.DeltaGenerator is DeltaGenerator
    assert isinstance(st.container(), DeltaGenerator)


def settings() -> list[str]:
    """The options that .streamlit/config.toml sets, such as the hidden runner.postScriptGC."""

    def names(table: dict[str, object], before: str = "") -> list[str]:
        return [
            name
            for key, value in table.items()
            for name in (
                names(value, f"{before}{key}.") if isinstance(value, dict) else [before + key]
            )
        ]

    return names(tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8")))


@pytest.mark.parametrize("option", settings())
def test_streamlit_knows_the_option(option: str) -> None:
    assert option in config._config_options_template, f"Streamlit has no option {option} any more"


def names_in(folder: Path, *kinds: str) -> set[str]:
    """The names of Streamlit's page that files of these kinds hold."""
    files = [path for kind in kinds for path in folder.rglob(f"*.{kind}")]
    return {name for path in files for name in re.findall(BROWSER_NAMES, path.read_text("utf-8"))}


@cache
def names_streamlit_has() -> set[str]:
    """Those in the JavaScript that Streamlit sends to the browser."""
    return names_in(Path(file_util.get_static_dir()), "js")


@pytest.mark.parametrize("name", sorted(names_in(ROOT / "convviz", "css", "js", "html")))
def test_streamlits_page_has_the_name(name: str) -> None:
    assert name in names_streamlit_has(), f"Streamlit's page has no {name} any more"


def test_a_thread_can_work_on_a_copy_of_a_session() -> None:
    held = {"pad": 1, "shared": ["a"]}
    with session.beside_session(held, {"pad": ["1"]}):
        st.session_state["pad"] = 2
        st.query_params["pad"] = "2"
        assert (st.session_state["pad"], st.query_params["pad"]) == (2, "2")
    assert held == {"pad": 1, "shared": ["a"]}
    assert "pad" not in st.session_state


@pytest.mark.parametrize("element", FIRST_ELEMENTS)
def test_each_element_of_the_first_page_has_a_script_of_its_name(element: str) -> None:
    addresses = server.streamlit_scripts(element)
    assert any(address.startswith(f"static/js/{element}.") for address in addresses)
    for address in addresses:
        assert (Path(file_util.get_static_dir()) / address).is_file()
        assert Path(address).name not in server.streamlit_document()


def test_a_change_of_a_widget_can_run_a_fragment_at_once() -> None:
    assert [*signature(AppSession.request_rerun).parameters] == ["self", "client_state"]
    assert "widget_metadata" in {field.name for field in fields(WStates)}
    assert "_new_widget_state" in {field.name for field in fields(SessionState)}
    assert {"callback"} <= {field.name for field in fields(WidgetMetadata)}
    assert {"fragment_ids_this_run", "fragment_storage"} <= {
        field.name for field in fields(ScriptRunContext)
    }
    assert callable(getattr(MemoryFragmentStorage, "resolve_target", None))
    assert isinstance(PagesManager("").current_page_script_hash, str)
    names = ClientState.DESCRIPTOR.fields_by_name
    assert {"fragment_id", "widget_states", "page_script_hash", "is_history_navigation"} <= {*names}


def test_what_a_browser_told_and_writes_by_itself_is_known() -> None:
    assert {"_current_interaction_widget_states", "query_params"} <= {
        field.name for field in fields(SessionState)
    }
    assert "_bindings_by_param" in {field.name for field in fields(QueryParams)}
    late.leave_view()  # no run, so nothing is told
    late.end_opening()


def test_the_theme_is_read_once_and_again_when_its_settings_change(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(
        app_session, "_populate_theme_msg", usual := app_session._populate_theme_msg
    )
    reads: list[str] = []

    def options(section: str) -> dict[str, object]:
        reads.append(section)
        return {"theme": {"base": "light"}, "theme.dark": {"primaryColor": "#123456"}}.get(
            section, {}
        )

    monkeypatch.setattr(config, "get_options_for_section", options)
    server.tell_theme_once()
    for populate in (usual, app_session._populate_theme_msg, app_session._populate_theme_msg):
        told = NewSession()
        populate(told.custom_theme)
        populate(told.custom_theme.dark, "theme.dark")
        populate(told.custom_theme.light, "theme.light")
        assert told.custom_theme.dark.primary_color == "#123456"
        assert not told.custom_theme.HasField("light")
    assert reads == ["theme", "theme.dark", "theme.light"] * 2
    config._on_config_parsed.send()
    app_session._populate_theme_msg(NewSession().custom_theme)
    assert reads[-1:] == ["theme"]
    assert len(reads) == 7


def test_a_theme_of_nothing_but_defaults_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """The browser tells a light theme that was chosen from none."""
    monkeypatch.setattr(app_session, "_populate_theme_msg", app_session._populate_theme_msg)
    monkeypatch.setattr(config, "get_options_for_section", lambda _section: {"base": "light"})
    server.tell_theme_once()
    told = NewSession()
    app_session._populate_theme_msg(told.custom_theme)
    assert told.HasField("custom_theme")


def test_a_widget_looks_up_its_own_entry_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SafeSessionState, "filtered_state", SafeSessionState.filtered_state)
    session.look_up_single_entries()
    looked_up: list[str] = []

    class Counted(SessionState):
        def __getitem__(self, key: str) -> object:
            looked_up.append(key)
            return super().__getitem__(key)

    held = Counted(_old_state={"none": None, "pad": 1}, _new_session_state={"stride": 2})
    entries = SafeSessionState(held, lambda: None).filtered_state
    assert "none" in entries
    assert entries["none"] is None
    assert "dilation" not in entries
    assert {*looked_up} == {"none", "dilation"}
    assert dict(entries) == {"none": None, "pad": 1, "stride": 2}
    assert len(entries) == 3


def test_the_entries_of_a_session_are_those_that_streamlit_tells() -> None:
    def script() -> None:
        import streamlit as st

        from convviz.ui.internals.session import session_entries

        st.session_state.setdefault("begun", 1)
        st.session_state["changed"] = st.session_state.get("changed", 0) + 1
        st.slider("Stride", 1, 4, key="stride")
        st.number_input("without a key", 0, 9)
        st.session_state["seen"] = (session_entries(), st.session_state.to_dict())
        st.session_state["seen"][1].pop("seen", None)
        st.session_state["seen"][0].pop("seen", None)

    at = AppTest.from_function(script).run()
    at.slider(key="stride").set_value(3).run()
    mine, theirs = at.session_state["seen"]
    assert mine == theirs == {"begun": 1, "changed": 2, "stride": 3}
    assert session.session_entries() == {}  # no run, so nothing held


def test_a_control_is_told_once_the_browser_has_drawn_it() -> None:
    def script() -> None:
        import streamlit as st

        from convviz.ui.internals.session import is_told

        told = is_told("stride")
        st.slider("Stride", 1, 4, key="stride")
        st.session_state["told"] = [*st.session_state.get("told", []), told]

    at = AppTest.from_function(script).run()
    at.run()
    assert at.session_state["told"] == [False, True]
    assert session.is_told("stride") is False  # no run, so nothing asked


class Noting(SessionState):
    """Notes which of its entries are read."""

    def __getitem__(self, key: str) -> object:
        self.read = {*getattr(self, "read", ()), key}
        return super().__getitem__(key)


def left_by_a_run() -> Noting:
    """Entries and widgets that a run has set, and others."""
    state = Noting(
        _old_state={"begun": 1, "changed": 1, "$$ID-1-gone": 4, "around": "Padding"},
        _new_session_state={"changed": 2, "came": 3, "pad": 5},
    )
    for key, widget in (
        ("pad", "$$ID-2-pad"),
        ("stride", "$$ID-3-stride"),
        ("gone", "$$ID-1-gone"),
        ("around", "$$ID-4-around"),  # it went, and has come back
    ):
        state._key_id_mapper[key] = widget
    state._new_widget_state.set_from_value("$$ID-3-stride", 7)
    return state


def test_a_run_carries_over_what_the_last_one_has_set(monkeypatch: pytest.MonkeyPatch) -> None:
    (theirs := left_by_a_run())._compact_state()
    monkeypatch.setattr(SessionState, "_compact_state", SessionState._compact_state)
    session.carry_over_what_is_new()
    (mine := left_by_a_run())._compact_state()
    assert mine._old_state == theirs._old_state
    assert not mine._new_session_state
    assert not [*mine._new_widget_state]
    assert mine._old_state["$$ID-4-around"] == "Padding"
    changed = {"changed", "came", "$$ID-2-pad", "$$ID-3-stride", "$$ID-4-around"}
    assert mine.read == changed, "one that stays is set"


class Runner:
    """What a run's thread has: what it was asked for, and where it stops for that."""

    def __init__(self) -> None:
        self._requests = Requests()
        self.looks = 0

    def stop_if_asked(self) -> None:
        self.looks += 1


def test_a_run_that_reads_the_session_looks_for_a_request_where_there_is_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SafeSessionState, "__init__", SafeSessionState.__init__)
    session.look_for_requests_there_are()
    runner = Runner()
    entries = SafeSessionState(SessionState(_old_state={"pad": 1}), runner.stop_if_asked)
    assert (entries["pad"], runner.looks) == (1, 0)
    runner._requests.request_rerun(RerunData())
    assert (entries["pad"], runner.looks) == (1, 1)
    runner._requests.on_scriptrunner_ready()
    assert (entries["pad"], runner.looks) == (1, 1)
    runner._requests.request_stop()
    entries["pad"] = 2
    assert runner.looks == 2


def test_a_run_says_that_its_callbacks_are_called_where_the_browser_told_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SafeSessionState, "__init__", SafeSessionState.__init__)
    session.look_for_requests_there_are()
    runner = Runner()
    runner._requests.request_rerun(RerunData(widget_states=WidgetStates()))
    runner._requests.on_scriptrunner_ready()
    entries = SafeSessionState(SessionState(_old_state={"pad": 1}), runner.stop_if_asked)
    assert (entries["pad"], runner.looks) == (1, 1)


def test_where_it_is_not_known_what_a_run_was_asked_for_it_looks_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(SafeSessionState, "__init__", SafeSessionState.__init__)
    session.look_for_requests_there_are()
    looks: list[str] = []
    entries = SafeSessionState(SessionState(_old_state={"pad": 1}), lambda: looks.append("look"))
    assert (entries["pad"], looks) == (1, ["look"])
