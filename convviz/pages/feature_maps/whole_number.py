"""A box for a whole number of a stage."""

from __future__ import annotations

import streamlit as st

from convviz.ui.state import live
from convviz.ui.state.held import hold


def whole(label: str, key: str, bounds: tuple[int, int], now: int) -> int:
    """A whole-number box. A number that no longer fits stays, for the stage to say so; it can only be lowered."""
    low, high = bounds[0], max(*bounds, now)
    is_read = live.is_read(key, None, (low, high))
    shown = int(st.session_state.get(key, now))
    value = max(low, min(shown, high))
    if is_read:
        if value != shown:
            live.fall_behind()
        return value
    hold(key, value)
    return int(st.number_input(label, low, high, value, key=key, on_change=live.on_change()))
