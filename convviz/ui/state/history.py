"""The browser's Back and Forward: the link they bring back is what the page shows.

A widget bound to the link follows by itself. What the session holds beside it to say the same, a `mirror`, is
forgotten, and so read from the link again as when the page was opened.
"""

from __future__ import annotations

import streamlit as st

from convviz.ui.internals import is_history_navigation, restore_link
from convviz.ui.state.shown import page_shown

_MIRRORS, _COUNT, _OPENED = "mirrors of the link", "links brought back", "link opened"
_COMING = "page whose link is being brought back"


def begin() -> None:
    """Note that this run shows a link that was brought back. Call when it is known which page is shown."""
    if is_history_navigation():
        restore_link()
        st.session_state[_COMING] = page_shown()


def brought_back() -> bool:
    """Whether this run shows a link that Back or Forward brought back, or that was opened in the session."""
    return is_history_navigation() or is_made_up_for() or was_opened()


def is_made_up_for() -> bool:
    """Whether this run shows a link in place of one that something else the browser sent broke off."""
    return not is_history_navigation() and st.session_state.get(_COMING, "") == page_shown()


def end() -> None:
    """Note that the page has been drawn as its link says."""
    st.session_state.pop(_COMING, None)


def open_link() -> None:
    """Let the run that follows show what the link says, whatever the session holds."""
    st.session_state[_OPENED] = True


def was_opened() -> bool:
    """Whether this run shows a link that was opened in the session."""
    return bool(st.session_state.get(_OPENED, False))


def close_link() -> None:
    """The view is shown: what the session holds of it counts again."""
    st.session_state.pop(_OPENED, None)


def count() -> int:
    """How many links have been brought back in this session."""
    number: int = st.session_state.get(_COUNT, 0)
    return number


def mirror(*keys: str) -> None:
    """Note entries of the session that say what the link of the page shown says."""
    mirrors = st.session_state.setdefault(_MIRRORS, {})
    mirrors.setdefault(page_shown(), set()).update(keys)


def follow() -> None:
    """Forget the mirrors if a link was brought back. Call before anything is read from them."""
    if not brought_back():
        return
    st.session_state[_COUNT] = count() + 1
    for key in st.session_state.get(_MIRRORS, {}).get(page_shown(), ()):
        st.session_state.pop(key, None)
