"""What convviz changes in Streamlit as a server starts."""

from __future__ import annotations

from convviz.ui.internals.late import keep_views, keep_what_is_set
from convviz.ui.internals.presses import finish_callbacks, keep_presses
from convviz.ui.internals.server import tell_theme_once
from convviz.ui.internals.session import (
    carry_over_what_is_new,
    keep_what_is_pressed,
    look_for_requests_there_are,
    look_up_single_entries,
    share_locks,
)
from convviz.ui.internals.turns import keep_place, keep_turns


def change_streamlit() -> None:
    """Change all of it. Call once."""
    share_locks()
    look_for_requests_there_are()
    look_up_single_entries()
    carry_over_what_is_new()
    keep_what_is_pressed()
    tell_theme_once()
    keep_presses()
    keep_turns()
    keep_views()
    keep_what_is_set()
    finish_callbacks()
    keep_place()
