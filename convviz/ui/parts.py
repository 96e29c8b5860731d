"""Parts that every page shows."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import TypeVar

import streamlit as st

from convviz.text.i18n import _, shortened
from convviz.text.joined import listed
from convviz.ui.inputs.own_images import refusals
from convviz.ui.internals.elements import DeltaGenerator
from convviz.ui.saying import plain, say_error
from convviz.ui.state import link, live
from convviz.ui.state.reduced import ONLY, unknown_kept

Drawn = TypeVar("Drawn")
_place: ContextVar[DeltaGenerator | None] = ContextVar("place of the notes", default=None)


def heading(title: str) -> None:
    """The page's heading: a screen reader does not say which page the bar at the top marks."""
    with st.container(key="heading"):
        st.title(title, anchor=False)


def in_columns(*draw: Callable[[], Drawn]) -> list[Drawn]:
    """Draw controls side by side in equal columns; return what each returns."""
    drawn = []
    for each, column in zip(draw, live.columns(len(draw)), strict=True):
        with column:
            drawn.append(each())
    return drawn


def show_notes() -> None:
    """Make room for notes; `say_notes` fills it when the whole page has read what the link asks for."""
    _place.set(st.container())


def say_notes() -> None:
    """Say which upload was refused, and what a link asks for that is not there; nothing otherwise."""
    place = _place.get() or st.container()
    _place.set(None)
    unknown = link.asked(ONLY) is not None and unknown_kept()
    if unknown:
        link.add_note(
            _("The link keeps controls called {names}, but this page has none of them.").format(
                names=listed(map(shortened, unknown))
            )
        )
    with place:
        if refused := refusals():
            say_error("\n".join(refused))
        if notes := link.notes():
            st.warning("  \n".join(map(plain, notes)))
