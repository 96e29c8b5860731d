"""An editable grid of numbers, kept in the page's link as rows of numbers."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.ops.filters.stack import fit_kernel
from convviz.ops.types import Floats
from convviz.text.i18n import _
from convviz.ui.state import history, link
from convviz.ui.state.shown import key_of


def number_grid(key: str, size: tuple[int, int], start: Floats) -> Floats:
    """Let a person type numbers.

    Parameters
    ----------
    key
        Of the grid in the link.
    size
        (rows, columns). What was typed in another size is kept, centred.
    start
        What it holds where the link says nothing.

    Returns
    -------
    ndarray
        float64 of shape ``size``; an empty cell counts as 0.
    """
    own = key_of(key)
    history.mirror(own)
    shown = fit_kernel(_kept(key, start), size)
    edited = st.data_editor(
        shown,
        key=f"{own} {size} {history.count()}",  # edits belong to the link they were made on
        hide_index=True,
        num_rows="fixed",
        column_config={
            str(v): st.column_config.NumberColumn(str(v), required=True, width=40)
            for v in range(size[1])
        },
    )
    numbers = np.nan_to_num(np.asarray(edited, dtype=np.float64))
    st.session_state[own] = ";".join(" ".join(f"{value:g}" for value in row) for row in numbers)
    link.put(key, st.session_state[own])
    return numbers


def _kept(key: str, start: Floats) -> Floats:
    """The numbers of this session, else of the link, else those to start with."""
    text = st.session_state.get(key_of(key), st.query_params.get(key, ""))
    try:
        rows = [[float(cell) for cell in row.split()] for row in text.split(";")] if text else []
        numbers = np.array(rows, dtype=np.float64)
        if rows and numbers.ndim == 2 and numbers.size and np.isfinite(numbers).all():
            return numbers
    except ValueError:
        pass
    if text:
        link.add_note(
            _(
                "The link's {key} cannot be read: write rows of numbers separated by semicolons, "
                "such as 0 -1 0;-1 5 -1;0 -1 0."
            ).format(key=key)
        )
    return start
