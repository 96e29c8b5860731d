"""Whether the browser's link says what the controls show that Streamlit binds to it.

The browser writes a bound control into the link by itself. It no longer does so where a view has the control in
another place than the view before: the new control appears, the old one goes, and with it what the browser knew of
both. The link then lacks what is chosen there, and a reload would lose it.
"""

from __future__ import annotations

from contextvars import ContextVar

import streamlit as st

from convviz.text.numbers import number_in
from convviz.ui.internals.link import correct_link
from convviz.ui.state import history
from convviz.ui.state.shown import has_turned

# Of each bound control of this run: what it shows, and what it shows where the link says nothing of it.
_shown: ContextVar[dict[str, tuple[float, float]] | None] = ContextVar("bound", default=None)


def begin() -> None:
    """Begin a run that draws or reads the controls of the page."""
    _shown.set({})


def note(key: str, value: float, default: float) -> None:
    """Note what a bound control shows, and what it shows where the link says nothing of it."""
    if (shown := _shown.get()) is not None:
        shown[key] = value, default


def tell() -> None:
    """Let the link say what the controls show, where it does not. Call at the end of the run.

    A link that comes back says what the controls are to show; they may not have heard of it yet.
    """
    if history.brought_back() or has_turned():
        return
    link = st.query_params.to_dict()
    wrong = {
        key: in_link(value, default)
        for key, (value, default) in (_shown.get() or {}).items()
        if not _says(link.get(key), value, default)
    }
    if wrong:
        correct_link(wrong)


def in_link(value: float, default: float) -> list[str]:
    """What a link says of a bound control that shows this value."""
    return [] if value == default else [str(value).lower()]


def _says(said: str | None, value: float, default: float) -> bool:
    """Whether a link says so."""
    if said is None:
        return value == default
    if isinstance(default, bool):
        return said == str(value).lower()
    return number_in(said) == value
