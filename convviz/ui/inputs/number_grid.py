"""A grid of numbers that a person changes, kept in the page's link as rows of numbers."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from convviz.browser.kernel import GridLook, show_numbers
from convviz.ops.types import Floats
from convviz.text.i18n import _
from convviz.text.rows import NO_ROWS, read_rows, write_rows
from convviz.ui.internals.requests import may_run_at_once
from convviz.ui.state import history, link, live
from convviz.ui.state.shown import key_of


def kept_numbers(key: str, start: Floats) -> Floats:
    """The numbers that a person gave the page, in this session or by its link, else those to start with.

    Parameters
    ----------
    key
        Of the grid in the link.
    start
        Shape (rows, columns).

    Returns
    -------
    ndarray
        float64 of shape (rows, columns), or (planes, rows, columns) where each plane has its own.
    """
    own = key_of(key)
    history.mirror(own)
    numbers = _read(key, start)
    st.session_state[own] = write_rows(numbers)
    link.put(key, st.session_state[own])
    return numbers


def show_grid(
    key: str, numbers: Floats, look: GridLook, keep: Callable[[Floats], None] | None = None
) -> None:
    """Show numbers; those that a person makes of them are kept, by default for `kept_numbers` of the next run.

    Parameters
    ----------
    key
        Of the grid in the link.
    numbers
        Shape (rows, columns) or (planes, rows, columns).
    look
        What stands around them.
    keep
        Called with the new numbers before the next run, to keep them, and to ask for that run.
    """
    own = key_of(key)

    def keep_here(made: Floats) -> None:
        st.session_state[own] = write_rows(made)
        live.run_view()

    edit_grid(own, numbers, look, keep or keep_here)


def edit_grid(name: str, numbers: Floats, look: GridLook, keep: Callable[[Floats], None]) -> None:
    """Show numbers in a grid, and let a person change them.

    Parameters
    ----------
    name
        Of the grid in the session.
    numbers, look
        As `show_grid` has them.
    keep
        Called with the new numbers before the next run.
    """
    edits = f"{name} edit"

    @may_run_at_once
    def take(edit: int, typed: str) -> None:
        try:
            made = read_rows(typed)
        except ValueError:  # nothing that the grid lets a person type
            return
        st.session_state[edits] = edit, write_rows(made)
        keep(made)

    text = write_rows(numbers)
    edit, made = st.session_state.get(edits, (None, ""))
    answer = edit if made == text else None
    show_numbers(text, look, key=f"{name} grid", answer=answer, on_edit=take)


def _read(key: str, start: Floats) -> Floats:
    """The numbers of this session, else of the link, else those to start with."""
    text = st.session_state.get(key_of(key), st.query_params.get(key, ""))
    if not text:
        return start
    try:
        return read_rows(text)
    except ValueError:
        link.add_note(_(NO_ROWS).format(key=key))
        return start
