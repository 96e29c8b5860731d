"""The weights of all filters at once, as an array that a person pastes."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.numbers import ArrayError, read_array
from convviz.ops.filters.stack import MOST_FILTERS
from convviz.ops.types import Floats
from convviz.text.i18n import Sentence, _
from convviz.text.limits import LONGEST_VALUE
from convviz.text.numbers import numbers_in
from convviz.text.rows import write_grids
from convviz.ui.inputs.bank import CHOSEN, CUSTOM, One, keep_bank, set_size
from convviz.ui.saying import say_error
from convviz.ui.state import live
from convviz.ui.state.shown import key_of

_OPEN, _TEXT, _BIASES, _REFUSED = (
    "weights open",
    "weights pasted",
    "biases pasted",
    "weights refused",
)


def paste_weights(channels: int, largest: int) -> None:
    """A place to paste the weights of every filter, for an input of so many channels."""
    if live.reads():
        return
    with st.expander(_("Paste all weights"), key=_OPEN, on_change="rerun") as box:
        if not box.open:
            return
        st.text_area(
            _("An array of weights (F, C, KH, KW)"),
            key=_TEXT,
            placeholder="[[[[1, 0], [0, -1]]]]",
            help=_(
                "As NumPy or torch print it. (KH, KW) is one filter, the same in all channels; (C, KH, KW) is one "
                "filter. Up to {most} filters of {side}×{side}."
            ).format(most=MOST_FILTERS, side=largest),
        )
        st.text_input(_("Biases, separated by spaces"), key=_BIASES, placeholder="1 0")
        use = (channels, largest)
        st.button(_("Use these weights"), key="weights used", on_click=_use, args=use)
        refused: Sentence | None = st.session_state.get(_REFUSED)
        if refused:
            say_error(refused.said)


def _use(channels: int, largest: int) -> None:
    st.session_state.pop(_REFUSED, None)
    try:
        bank = bank_of(
            read_array(st.session_state[_TEXT] or ""),
            st.session_state[_BIASES] or "",
            channels,
            largest,
        )
    except ArrayError as error:
        st.session_state[_REFUSED] = error.sentence
        return
    keep_bank(bank)
    height, width = bank[0].numbers.shape[-2:]
    set_size((height, width))
    st.session_state[key_of(CHOSEN)] = "0"
    st.session_state[_OPEN] = False
    live.run_whole()


def bank_of(array: Floats, biases: str, channels: int, largest: int) -> list[One]:
    """The filters of an array of weights, and their biases.

    Raises
    ------
    ArrayError
        If the weights do not fit the input or the page, or the biases the weights.
    """
    weights = array.reshape((1,) * (4 - array.ndim) + array.shape) if array.ndim < 5 else array
    most = (MOST_FILTERS, channels, largest, largest)
    fits = weights.ndim == 4 and all(a <= b for a, b in zip(weights.shape, most, strict=True))
    if array.ndim < 2 or not fits or weights.shape[1] not in (1, channels):
        raise ArrayError(
            "The weights have the shape {shape}, and here (F, C, KH, KW) is at most {most}, with C = 1 or "
            "{channels}.",
            shape="×".join(map(str, array.shape)),
            most="×".join(map(str, most)),
            channels=channels,
        )
    typed = [filters[0] if len(filters) == 1 else filters for filters in weights]
    if (count := len(write_grids(typed))) > LONGEST_VALUE:
        raise ArrayError(
            "Written out, these weights have {count} characters, and a link holds {most}: use fewer digits.",
            count=count,
            most=LONGEST_VALUE,
        )
    given = _biases(biases, len(typed))
    return [One(CUSTOM, each, bias=bias) for each, bias in zip(typed, given, strict=True)]


def _biases(text: str, count: int) -> Sequence[float]:
    try:
        numbers = numbers_in(text)
    except ValueError as error:
        raise ArrayError("The bias {text} is not a number.", text=str(error)) from None
    if len(numbers) not in (0, 1, count):
        raise ArrayError(
            "There are {given} biases for {count} filters: give one for each.",
            given=len(numbers),
            count=count,
        )
    return numbers if len(numbers) == count else (numbers or (0.0,)) * count
