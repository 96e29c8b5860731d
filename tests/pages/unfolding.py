"""Groups of settings that lie folded on a page."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest


def unfold(at: AppTest, *groups: str) -> AppTest:
    """Unfold groups, by the names that the session has for them; their controls are drawn then."""
    for group in groups:
        at.session_state[f"{group} unfolded"] = True
    at._run()
    assert not at.exception
    return at
