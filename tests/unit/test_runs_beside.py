"""Two runs of one session at a time, the last one and the next: neither meets a half-changed session."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from streamlit.runtime.state import SafeSessionState, SessionState

from convviz.ui.internals import session

LONG_ENOUGH = 0.3  # seconds in which a thread that need not wait has done its work


@pytest.fixture(autouse=True)
def _as_the_server_does(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SafeSessionState, "__init__", SafeSessionState.__init__)  # put back after
    session.share_locks()


def run_of(state: SessionState) -> SafeSessionState:
    return SafeSessionState(state, lambda: None)


def meanwhile(work: Callable[[], None]) -> threading.Thread:
    """Begin work in another thread, and give it the time to do it if nothing holds it up."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    thread.join(LONG_ENOUGH)
    return thread


def test_a_run_reads_all_entries_while_the_next_one_takes_one_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = SessionState(_new_session_state={"pad": 1, "mode": "zeros"})
    last, following = run_of(state), run_of(state)
    usual, threads = SessionState._keys, list[threading.Thread]()

    def take_away() -> None:
        del following["mode"]

    def keys(self: SessionState) -> set[str]:
        found = usual(self)
        if not threads:
            threads.append(meanwhile(take_away))
        return found

    monkeypatch.setattr(SessionState, "_keys", keys)
    assert last.filtered_state == {"pad": 1, "mode": "zeros"}
    threads[0].join()
    assert last.filtered_state == {"pad": 1}


def test_what_a_run_writes_is_kept_while_the_next_one_begins(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    state = SessionState(_new_session_state={"pad": 1})
    last, following = run_of(state), run_of(state)
    usual, threads = SessionState.__getitem__, list[threading.Thread]()

    def write() -> None:
        last["mode"] = "zeros"

    def read(self: SessionState, key: str) -> object:
        if not threads:
            threads.append(meanwhile(write))
        return usual(self, key)

    monkeypatch.setattr(SessionState, "__getitem__", read)
    following.on_script_will_rerun(None)  # it puts the entries of the last run together
    threads[0].join()
    assert (following["pad"], following["mode"]) == (1, "zeros")


def test_a_session_never_waits_for_another_ones_run() -> None:
    first, second = run_of(SessionState()), run_of(SessionState())
    with first.query_params():
        assert not meanwhile(lambda: second.__setitem__("pad", 1)).is_alive()
    assert second["pad"] == 1
