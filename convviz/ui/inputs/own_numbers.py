"""Numbers of the person's own as an input: pasted, typed in a grid or drawn, and kept in the link of a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import streamlit as st

from convviz.browser.kernel import GridLook
from convviz.numbers import ArrayError, read_array
from convviz.numbers.given import (
    LARGEST_GRID,
    MOST_CHANNELS,
    Numbers,
    inputs_of,
    shown_numbers,
)
from convviz.ops.types import Floats
from convviz.photos.images import Photo
from convviz.text.i18n import N_, Sentence, _
from convviz.text.limits import MOST_IN_LINK
from convviz.text.rows import NO_ROWS, read_rows, write_rows
from convviz.text.words import shown_name
from convviz.ui.inputs.number_grid import edit_grid
from convviz.ui.inputs.own_images import LONGEST_NAME, add_own, image_names, replace_own
from convviz.ui.inputs.published import choose_example
from convviz.ui.saying import say_error
from convviz.ui.state import history, link, live

NAME = N_("Numbers")
TAKEN = N_("There is an image called {name} already. Give these numbers another name.")
FIRST_GRID = 7  # rows and columns
_LINK, _TAKEN = "numbers", "numbers taken from the link"
_OPEN, _TEXT, _REFUSED = "numbers open", "numbers pasted", "numbers refused"
_ROWS, _COLUMNS, _CHANNELS = "numbers rows", "numbers columns", "numbers channels"
_DRAW = "numbers drawn"
Take = Callable[[list[str]], None]


def follow_link() -> None:
    """Take over the numbers of a link that begins a session or was brought back. Call before the tray.

    At any other time the session is right: a message that the browser sent before an edit has the link of then.
    """
    history.mirror(_TAKEN)
    if st.session_state.get(_TAKEN) and not history.brought_back():
        return
    st.session_state[_TAKEN] = True
    for each in st.query_params.get_all(_LINK):
        name, text = _named(each)
        try:
            numbers = _made(read_rows(text), name)
        except (ValueError, ArrayError):
            link.add_note(_(NO_ROWS).format(key=_LINK))
            continue
        if full := replace_own(numbers.name, numbers):
            link.add_note(full)


def names_in_link() -> set[str]:
    """What the numbers of the link are called; of some that cannot be read, that has been said."""
    return {_named(each)[0] for each in st.query_params.get_all(_LINK)}


def _named(said: str) -> tuple[str, str]:
    """The name of numbers in a link, and their rows."""
    name, _equals, text = said.rpartition("=")
    return name[:LONGEST_NAME] or NAME, text


def keep_in_link(shown: Sequence[Photo]) -> None:
    """Keep the numbers that the page shows in the link, every digit, as far as they fit."""
    link.put(_LINK, [_text_of(each) for each in shown_numbers(shown)] if fit_in_link(shown) else [])


def _text_of(numbers: Numbers) -> str:
    """Their rows, behind their name unless it is the usual one."""
    name = "" if numbers.name == NAME else f"{numbers.name}="
    return name + write_rows(numbers.values)


def fit_in_link(shown: Sequence[Photo]) -> bool:
    """Whether the numbers among some inputs are few enough for a link."""
    numbers = shown_numbers(shown)
    if 2 * sum(each.values.size for each in numbers) > MOST_IN_LINK:
        return False
    lengths = [len(write_rows(each.values)) + len(each.name) for each in numbers]
    return sum(lengths) <= MOST_IN_LINK


def bring_numbers(shown: Photo, take: Take) -> None:
    """Where numbers are pasted or begun, and those shown get another name.

    Parameters
    ----------
    shown
        The first image of the page.
    take
        Gets the names of numbers just brought, in a callback.
    """
    with st.expander(
        _("Use numbers of your own"), icon=":material/grid_on:", key=_OPEN, on_change="rerun"
    ) as box:
        if not box.open:
            return
        choose_example()
        st.text_area(
            _("Paste an array or rows"),
            key=_TEXT,
            placeholder="[[1, 2],\n [3, -1.5]]",
            help=_(
                "As NumPy, torch, pandas or a spreadsheet write it: (rows, columns), or channels and images "
                "before them. Up to {side}×{side} they are edited in a grid and kept in the link; larger ones "
                "are taken as an image of up to 512×512. Nothing is cut off or rescaled."
            ).format(side=LARGEST_GRID),
        )
        st.button(_("Use these numbers"), key="numbers used", on_click=_paste, args=(take,))
        refused: Sentence | None = st.session_state.get(_REFUSED)
        if refused:
            say_error(refused.said)
        _begin_grid(take)
        if isinstance(shown, Numbers):
            _name(shown, take)


def _paste(take: Take) -> None:
    st.session_state.pop(_REFUSED, None)
    try:
        names = add_own(inputs_of(read_array(st.session_state[_TEXT] or ""), NAME))
    except ArrayError as error:
        st.session_state[_REFUSED] = error.sentence
        return
    if names:
        st.session_state[_TEXT] = ""
        st.session_state[_OPEN] = False
        take(names)


def _begin_grid(take: Take) -> None:
    """Sizes of an empty grid, and a button that makes it."""
    sizes = (
        (_("Rows"), _ROWS, LARGEST_GRID, FIRST_GRID),
        (_("Columns"), _COLUMNS, LARGEST_GRID, FIRST_GRID),
        (_("Channels"), _CHANNELS, MOST_CHANNELS, 1),
    )
    shape = [
        int(column.number_input(label, 1, most, start, key=key))
        for column, (label, key, most, start) in zip(st.columns(3), sizes, strict=True)
    ]

    def begin() -> None:
        names = add_own([Numbers.made(np.zeros(shape[2:] + shape[:2]), NAME)])
        if names:
            st.session_state[_OPEN] = False
            take(names)

    st.button(_("New grid of zeros"), key="numbers begun", on_click=begin)


def _name(shown: Numbers, take: Take) -> None:
    """What the numbers shown are called."""
    key = f"numbers name {shown.name}"

    def rename() -> None:
        name = str(st.session_state[key]).strip()[:LONGEST_NAME]
        if name and name not in image_names():
            replace_own(shown.name, replace(shown, name=name))
            take([name])
            return
        st.session_state[key] = shown_name(shown.name)
        if name not in ("", shown.name):
            st.session_state[_REFUSED] = Sentence(TAKEN, {"name": name})

    st.text_input(_("Name of these numbers"), shown_name(shown.name), key=key, on_change=rename)


def edit_numbers(shown: Photo) -> None:
    """The grid of the numbers shown, and whether a click draws; nothing for a photo."""
    if not isinstance(shown, Numbers):
        return
    if not shown.fits_a_grid:
        rows, columns = shown.size
        st.caption(
            _("{rows}×{columns}: more than {side}×{side} numbers are not edited here.").format(
                rows=rows, columns=columns, side=LARGEST_GRID
            )
        )
        return

    def keep(typed: Floats) -> None:
        try:
            made = _made(typed, shown.name)
        except ArrayError:  # nothing that the grid lets a person type
            return
        replace_own(shown.name, made)
        live.run_whole_now()

    names = shown.channel_names("") if len(shown.values) > 1 else ()
    look = GridLook(shown_name(shown.name), names, draws=bool(st.session_state.get(_DRAW)))
    edit_grid(_LINK, shown.values, look, keep)
    st.toggle(
        _("Draw"), key=_DRAW, help=_("A click turns a cell on (1) or off (0); drag to draw a line.")
    )


def _made(rows: Floats, name: str) -> Numbers:
    """An input of a grid (rows, columns) or (channels, rows, columns) within the limits."""
    [numbers] = inputs_of(rows, name)
    return numbers
