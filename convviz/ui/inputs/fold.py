"""Groups of settings that are seldom changed: folded under a name, and open where the link sets one of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

import streamlit as st

from convviz.ui.state import history, live
from convviz.ui.state.shown import has_turned, setting


def fold(label: str, group: str, names: Sequence[str]) -> AbstractContextManager[Any]:
    """A place for settings below a heading that unfolds it.

    Parameters
    ----------
    label
        The heading, in the language in use.
    group
        By which the session knows the group.
    names
        What the page calls the settings in it.
    """
    return live.expander(label, expanded=_is_unfolded(group, names))


def _is_unfolded(group: str, names: Sequence[str]) -> bool:
    """Whether the link set something in the group when the page was opened; a change leaves the group as it is."""
    key = f"{group} unfolded"
    if key not in st.session_state or has_turned() or history.brought_back():
        st.session_state[key] = any(setting(name).link in st.query_params for name in names)
    return bool(st.session_state[key])
