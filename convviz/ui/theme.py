"""Whether the page is dark."""

from __future__ import annotations

import streamlit as st


def is_dark() -> bool:
    """True on a dark page; False where the browser has not said yet."""
    return st.context.theme.type == "dark"
