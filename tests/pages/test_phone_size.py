"""What a phone in a room loads: the page for phones, and the loop it steps through."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest

from convviz.browser.bundle import bundle, read
from convviz.ui.giving import exports
from tests.pages.test_session import opened

MOST = 250_000  # bytes, packed
STEPS = "Step through the loop"


@pytest.mark.parametrize(
    ("address", "query"),
    [
        pytest.param("", {"view": STEPS}, id="convolve"),
        pytest.param("", {"view": STEPS, "rows": "32", "columns": "32"}, id="largest-region"),
        pytest.param("pooling", {"view": "Forward"}, id="pooling"),
        pytest.param("backward", {"lesson": "backward", "lesson_step": "2"}, id="backward"),
    ],
)
def test_a_phone_loads_less_than_250_kilobytes(
    monkeypatch: pytest.MonkeyPatch, address: str, query: dict[str, str]
) -> None:
    loops: list[Callable[[], str]] = []
    monkeypatch.setattr(exports, "tell_loop", loops.append)
    opened(address, **query)
    page = "".join(
        [read("web/room/phone.html"), read("web/room/phone.css"), bundle("web/room/phone.js")]
    )
    size = len(page.encode()) + len(gzip.compress(loops[-1]().encode()))
    assert size < MOST
    assert size > 20_000, "no loop was measured"
