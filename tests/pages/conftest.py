"""Pages run by AppTest share what a server finds out once, as it starts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime import app_session
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.scriptrunner import script_runner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.runtime.scriptrunner_utils import script_requests
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.state import SafeSessionState, SessionState

from convviz.ui.internals.start import change_streamlit


@pytest.fixture(scope="session", autouse=True)
def found_out_once() -> Iterator[None]:
    """A server looks for components and compiles its script once; AppTest does both in each test."""
    look, compiled = cache(manifest_scanner.scan_component_manifests), ScriptCache.get_bytecode
    codes: dict[tuple[str, bytes], object] = {}

    def get_bytecode(scripts: ScriptCache, path: str) -> object:
        version = path, Path(path).read_bytes()
        if version not in codes:
            codes[version] = compiled(scripts, path)
        return codes[version]

    with (
        patch.object(manifest_scanner, "scan_component_manifests", look),
        patch.object(ScriptCache, "get_bytecode", get_bytecode),
    ):
        yield


CHANGED = (
    (SafeSessionState, "__init__"),
    (SafeSessionState, "filtered_state"),
    (SessionState, "_compact_state"),
    (SessionState, "_call_callbacks"),
    (ScriptRequests, "_request_rerun_locked"),
    (script_requests, "_coalesce_widget_states"),
    (script_runner, "ScriptRequests"),
    (app_session, "_populate_theme_msg"),
    (AppSession, "request_rerun"),
)


@pytest.fixture(autouse=True)
def as_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages run in Streamlit as the server changes it; all is put back afterwards."""
    for owner, name in CHANGED:
        monkeypatch.setattr(owner, name, vars(owner)[name])
    change_streamlit()
