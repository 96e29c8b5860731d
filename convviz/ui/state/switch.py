"""A switch whose state lives in the page's link."""

from __future__ import annotations

import streamlit as st

from convviz.ui.state.asked import check_option

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
    value = st.toggle(label, on, key=key, help=help, bind="query-params", disabled=disabled)
    check_option(key, label, "true" if value else "false", STATES, str)
    return value
