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
