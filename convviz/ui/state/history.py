"""The browser's Back and Forward: the link they bring back is what the page shows.

A widget bound to the link follows by itself. What the session holds beside it to say the same, a `mirror`, is
forgotten, and so read from the link again as when the page was opened.
"""

from __future__ import annotations

import streamlit as st

from convviz.ui.internals.link import is_history_navigation, restore_link
from convviz.ui.state.register import declared
from convviz.ui.state.shown import page_shown

_MIRRORS, _COUNT = "mirrors of the link", "links brought back"
_COMING = "page whose link is being brought back"


def begin() -> None:
    """Note that this run shows a link that was brought back. Call when it is known which page is shown."""
    if is_history_navigation():
        restore_link()
        st.session_state[_COMING] = page_shown()


def brought_back() -> bool:
    """Whether this run shows a link that Back or Forward brought back, or that was opened in the session."""
    return is_history_navigation() or is_coming()


def is_coming() -> bool:
    """Whether this run shows a link that the browser did not just bring back.

    It was opened in the session, or something else that the browser sent broke off the run that brought it back.
    """
    coming = st.session_state.get(_COMING, "")
    return coming != "" and coming == page_shown() and not is_history_navigation()


def end() -> None:
    """Note that the page has been drawn as its link says."""
    st.session_state[_COMING] = ""


def open_link(page: str) -> None:
    """Let this run show what the link of a page says, whatever the session holds. Call before it is drawn."""
    st.session_state[_COMING] = page


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
    for page, keys in st.session_state.get(_MIRRORS, {}).items():
        for key in keys:
            if page == page_shown() or _is_shared(key):
                st.session_state.pop(key, None)


def _is_shared(key: str) -> bool:
    """Whether the page shown has this entry too, also if it has not been drawn in this session yet."""
    entry = declared(key)
    return entry is not None and page_shown() in entry.pages
