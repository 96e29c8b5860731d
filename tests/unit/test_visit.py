"""A browser that comes back asks whether the server still knows its visit."""

from __future__ import annotations

import gc
import json
from typing import Any

import pytest

from convviz.ui.state import visit
from tests.unit.test_web import ask


def test_a_visit_is_known_for_as_long_as_its_session_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    session: dict[str, Any] = {}
    monkeypatch.setattr(visit.st, "session_state", session)
    key = visit.visit_key()
    assert visit.visit_key() == key
    status, headers, known = ask(f"/visits/{key}")
    assert (status, headers["cache-control"], json.loads(known)) == (200, "no-store", True)
    session.clear()
    gc.collect()
    assert json.loads(ask(f"/visits/{key}")[2]) is False


def test_what_a_visit_held_passes_once_to_the_visit_after_a_reload(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before, after = {}, {}  # type: dict[str, Any], dict[str, Any]
    is_open = [True]
    monkeypatch.setattr(visit, "session_watch", lambda: lambda: is_open[0])
    monkeypatch.setattr(visit.st, "session_state", before)
    key = visit.visit_key()
    visit.keep("training", "mine")
    monkeypatch.setattr(visit.st, "session_state", after)
    assert visit.visit_key() != key
    assert visit.take_over(key, "training") is None  # a second tab shows the first one's page
    is_open[0] = False
    assert visit.take_over("guessed", "training") is None
    assert visit.take_over(key, "training") == "mine"
    assert visit.take_over(key, "training") is None
