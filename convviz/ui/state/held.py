"""How a run lets a control show a value that lies elsewhere, such as in the link."""

from __future__ import annotations

from typing import Any

import streamlit as st

from convviz.ui.internals.session import is_told
from convviz.ui.state.shown import is_new


def hold(key: str, value: Any) -> None:
    """Let the control of a key show a value; leave it alone where it does.

    The browser puts a control that a run sets back to that value, also if somebody has changed it since. On a page
    that comes it shows a control as new, whatever the session holds, unless the run sets it; so it does where the
    run that drew the control first was broken off.
    """
    shows = is_told(key) and not is_new()
    if not shows or key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value
