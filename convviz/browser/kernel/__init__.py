"""A grid of numbers in the browser, such as a kernel, that a person changes as in a spreadsheet or by pulling."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps

import streamlit as st

from convviz.browser.mount import mount
from convviz.text.i18n import N_
from convviz.text.words import translated

WORDS = {
    "cell": N_("row {row}, column {column}"),
    "hint": N_("Type, paste a block, or drag a number up and down (Shift: 10, Alt: 0.1)."),
    "drawn": N_("Click a cell, or press Space, to turn it on or off; drag to draw."),
    "refused": N_("Row {row}, column {column}: “{text}” is not a number, so {kept} stays."),
    "refusedBlock": N_(
        "Row {row}, column {column}: “{text}” is not a number, so nothing was pasted."
    ),
    "tooLarge": N_(
        "{rows} rows and {columns} columns do not fit from row {row}, column {column} on, so nothing "
        "was pasted."
    ),
    "noSum": N_("The numbers sum to 0, so no factor makes them sum to 1."),
    "alike": N_("The same in all channels"),
    "tools": N_("Change the whole kernel"),
    "turn": N_("Turn by 90°, clockwise"),
    "half": N_("Turn by 180°"),
    "across": N_("Flip left to right"),
    "down": N_("Flip top to bottom"),
    "transpose": N_("Transpose"),
    "negate": N_("Negate"),
    "normalise": N_("Normalise: sum 1"),
}

_component = mount("kernel")


@dataclass(frozen=True)
class GridLook:
    """What stands around the numbers."""

    label: str  # what they are
    # One for each channel; () for a single one. Several channels have a plane each, or the same.
    names: tuple[str, ...] = ()
    tools: bool = False  # whether buttons turn, flip, transpose, negate and normalise them
    note: str = ""  # what is done with them, said below; "" for nothing
    about: str = ""  # where they come from, said below; "" for nothing
    draws: bool = False  # whether a click turns a cell on and off


def show_numbers(
    text: str,
    look: GridLook,
    *,
    key: str,
    answer: int | None,
    on_edit: Callable[[int, str], None],
) -> None:
    """Show a grid of numbers.

    Parameters
    ----------
    text
        As `convviz.text.rows.write_rows` writes them.
    look
        What stands around them.
    key
        Streamlit key of the component.
    answer
        The edit that made these numbers; None if they come from another setting. The browser then replaces what
        it has.
    on_edit
        Called before the next run with the edit and its numbers as text, when a person has changed one.
    """

    @wraps(on_edit)  # with what is said of it
    def edited() -> None:
        typed = st.session_state[key].typed
        on_edit(int(typed["edit"]), str(typed["text"]))

    data = {"text": text, "answer": answer, "words": translated(WORDS), **vars(look)}
    _component(key=key, data=data | {"names": list(look.names)}, on_typed_change=edited)
