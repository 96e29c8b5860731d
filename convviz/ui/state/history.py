"""The browser's Back and Forward: the link they bring back is what the page shows.

A widget bound to the link follows by itself. What the session holds beside it to say the same, a `mirror`, is
forgotten, and so read from the link again as when the page was opened.
"""

from __future__ import annotations

import streamlit as st

from convviz.ui.internals import is_history_navigation

_MIRRORS, _COUNT = "mirrors of the link", "links brought back"


def brought_back() -> bool:
    """Whether this run shows a link that Back or Forward brought back."""
    return is_history_navigation()


def count() -> int:
    """How many links have been brought back in this session."""
    number: int = st.session_state.get(_COUNT, 0)
    return number


def mirror(*keys: str) -> None:
    """Note entries of the session that say what the link says."""
    st.session_state.setdefault(_MIRRORS, set()).update(keys)


def follow() -> None:
    """Forget the mirrors if a link was brought back. Call before anything is read from them."""
    if not brought_back():
        return
    st.session_state[_COUNT] = count() + 1
    for key in st.session_state.get(_MIRRORS, ()):
        st.session_state.pop(key, None)
