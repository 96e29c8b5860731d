"""Numbers that outlive their page: who comes back finds them, and so does who turns to the backward pass.

Left alone, Streamlit forgets a widget's value with its page, or hands it to whatever has its key on the next.
"""

from __future__ import annotations

import streamlit as st

from convviz.ui.state import history

GROUPS = {"": "convolution", "backward": "convolution"}  # pages that show the same settings
_PAGE, _HELD = "page shown", "numbers of each page"


def turn_to(page: str) -> None:
    """Note which page a run shows, by its ``url_path``. Call before the page is drawn."""
    if page != st.session_state.get(_PAGE, page):
        for numbers in st.session_state.get(_HELD, {}).values():
            for key in numbers:
                st.session_state.pop(key, None)
    st.session_state[_PAGE] = page


def recall(key: str) -> None:
    """Put the number last chosen under a key back, before its widget is drawn; a default is each page's own."""
    if history.brought_back():
        return  # the link says which numbers
    value, default = _held().get(key, (0, 0))
    if value != default and key not in st.session_state and key not in st.query_params:
        st.session_state[key] = value
        st.query_params[key] = str(value)


def hold(key: str, value: int, default: int) -> None:
    """Keep what a widget says for the pages of this group."""
    _held()[key] = (value, default)


def _held() -> dict[str, tuple[int, int]]:
    page = st.session_state.get(_PAGE, "")
    every: dict[str, dict[str, tuple[int, int]]] = st.session_state.setdefault(_HELD, {})
    return every.setdefault(GROUPS.get(page, page), {})
