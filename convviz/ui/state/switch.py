"""A switch whose state lives in the page's link."""

from __future__ import annotations

import streamlit as st

from convviz.ui.state import history, live, told
from convviz.ui.state.asked import carry, check_option, note_said
from convviz.ui.state.left_out import is_left_out
from convviz.ui.state.numbers import left_out_value
from convviz.ui.state.shown import key_of

STATES = ("true", "false")  # as the link has them


def switch(
    label: str, key: str, *, on: bool = False, help: str | None = None, disabled: bool = False
) -> bool:
    """Whether it is on; says so if the link asked for something else than true or false.

    Parameters
    ----------
    label
        In the language in use.
    key
        Of the widget, and in the link.
    on
        To begin with.
    help, disabled
        As for `st.toggle`.
    """
    key = key_of(key)
    if live.is_read(key, None, disabled):
        shown = bool(st.session_state[key])
        note_said(key, shown, on)
        told.note(key, shown, on)
        return shown
    if is_left_out():
        value = bool(left_out_value(key, on))
    else:
        carry(key, on)
        value = st.toggle(
            label,
            on,
            key=key,
            help=help,
            bind="query-params",
            disabled=disabled,
            on_change=live.on_change(),
        )
    told.note(key, value, on)
    check_option(key, label, "true" if value else "false", STATES, str)
    return value


def is_on(name: str) -> bool:
    """Whether a switch is on that is drawn later on the page, and off to begin with."""
    key = key_of(name)
    in_link = st.query_params.get(key) == "true"
    return in_link if history.brought_back() else bool(st.session_state.get(key, in_link))
