"""Which page a run shows, and what its settings are called in the session."""

from __future__ import annotations

from contextvars import ContextVar

import streamlit as st

from convviz.text.i18n import in_use
from convviz.ui.state.entry import Setting
from convviz.ui.state.register import setting_of

_PAGE, _TURNED, _DRAWN = "page shown", "page turned to", "page drawn"
_TURNS = "turns of the page"
# The same for a run, which asks for it at each control: the session takes long to look up an entry.
_here: ContextVar[str | None] = ContextVar("page of the run", default=None)


def show_page(page: str) -> None:
    """Note the page that a run shows, by its folder. Call before the page is drawn."""
    st.session_state[_TURNED] = st.session_state.get(_PAGE, page) != page
    st.session_state[_TURNS] = turns() + has_turned()
    st.session_state[_PAGE] = page
    _here.set(page)


def stay() -> None:
    """Note that a run draws only a part of the page that was shown before."""
    st.session_state[_TURNED] = False
    _here.set(st.session_state.get(_PAGE))


def has_turned() -> bool:
    """Whether this run shows another page than the one before."""
    return bool(st.session_state.get(_TURNED, False))


def turns() -> int:
    """How often the session has turned to another page: each visit to a page has its own number."""
    return int(st.session_state.get(_TURNS, 0))


def note_drawn() -> None:
    """Note that a run has drawn the whole page, in the language in use."""
    st.session_state[_DRAWN] = [page_shown(), in_use()]


def begins() -> bool:
    """Whether a person has turned to the page shown, and it has not been drawn whole since."""
    drawn = st.session_state.get(_DRAWN)
    return page_shown() is not None and (drawn is None or drawn[0] != page_shown())


def is_new() -> bool:
    """Whether the page shown has not been drawn whole yet, so that some of its controls are new to the browser.

    In another language their options are new.
    """
    return st.session_state.get(_DRAWN) != [page_shown(), in_use()]


def page_shown() -> str | None:
    """The folder of the page shown; None where one page runs by itself."""
    page: str | None = _here.get() or st.session_state.get(_PAGE)
    return page


def setting(name: str) -> Setting:
    """The setting that the page shown calls so. Where one page runs by itself, in a test, its name is its key."""
    page = page_shown()
    return Setting(name, str, (), name) if page is None else setting_of(page, name)


def key_of(name: str) -> str:
    """The key in the session of a setting of the page shown."""
    return setting(name).key
