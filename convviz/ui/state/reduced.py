"""A page of which a link shows only some controls, for a worksheet or a frame in a course page.

The link names the controls that stay: ``only=stride,pad``. The browser hides the others, the pages' bar and what
else stands in the sidebar. What is hidden has the value that the link says.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar

import streamlit as st

from convviz.ops.filters.stack import MOST_FILTERS
from convviz.ui.internals.elements import class_of
from convviz.ui.state.settings import SETTINGS
from convviz.ui.state.shown import page_shown

ONLY, NONE = "only", "-"  # in the link; and where no control stays
# Settings that are no widget, and the widgets that set them: one for each filter.
WIDGETS = {
    "filter": [f"filter {f}{end}" for f in range(MOST_FILTERS) for end in ("", " custom")],
    "bias": [f"bias {f}" for f in range(MOST_FILTERS)],
    "more": ["number of filters"],
}
_drawn: ContextVar[dict[str, str] | None] = ContextVar("labels of the controls drawn", default=None)


def begin_controls() -> None:
    """Begin to note which controls the page has. Call before it is drawn."""
    _drawn.set({})


def note_control(name: str, label: str) -> None:
    """Note a control that the page has, by its name in the link, and its label."""
    if (drawn := _drawn.get()) is not None:
        drawn[name] = label


def controls() -> dict[str, str]:
    """The labels of the page's controls, by their names in the link."""
    return dict(_drawn.get() or {})


def is_reduced() -> bool:
    """Whether the link shows only some controls."""
    return ONLY in st.query_params


def kept_and_hidden() -> tuple[list[str], list[str]] | None:
    """The classes of the controls that stay, and of the page's others; None where all stay."""
    if not is_reduced():
        return None
    names = st.query_params[ONLY].split(",")
    here = [each for each in SETTINGS if page_shown() in each.pages]
    return (
        _classes(each.key for each in here if each.link in names),
        _classes(each.key for each in here if each.link not in names),
    )


def unknown_kept() -> list[str]:
    """What the link names as a control that stays, and the page drawn does not have."""
    named = st.query_params.get(ONLY, NONE)
    return [] if named == NONE else [each for each in named.split(",") if each not in controls()]


def classes_of(part: str) -> list[str]:
    """The classes of a part of the page shown: a setting, by its name in the link, or what has this key."""
    here = (each.key for each in SETTINGS if page_shown() in each.pages and each.link == part)
    return _classes([next(here, part)])


def _classes(keys: Iterable[str]) -> list[str]:
    """The classes that Streamlit gives the elements with these keys."""
    widgets = [widget for key in keys for widget in WIDGETS.get(key, [key])]
    return [class_of(key) for key in widgets]
