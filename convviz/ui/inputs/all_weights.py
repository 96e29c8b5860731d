"""The weights of all filters of a page at once, as an array that a person pastes or brings in a file."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.numbers import ArrayError
from convviz.ops.filters.stack import MOST_FILTERS
from convviz.ops.types import Floats
from convviz.text.i18n import _
from convviz.text.limits import LONGEST_VALUE
from convviz.text.rows import write_grids
from convviz.ui.inputs.bank import CHOSEN, CUSTOM, One, keep_bank, set_size
from convviz.ui.inputs.weights_box import WeightsBox
from convviz.ui.state import live
from convviz.ui.state.shown import key_of

_OPEN = "weights open"


def paste_weights(channels: int, largest: int) -> None:
    """A place for the weights of every filter, for an input of so many channels."""
    if not live.draws():
        return
    with st.expander(_("Paste or upload all weights"), key=_OPEN, on_change="rerun") as box:
        if box.open:
            WeightsBox((MOST_FILTERS, channels, largest, largest), _use).draw()


def _use(weights: Floats, biases: Sequence[float]) -> None:
    """Have these filters and no others."""
    typed = [filters[0] if len(filters) == 1 else filters for filters in weights]
    if (count := len(write_grids(typed))) > LONGEST_VALUE:
        raise ArrayError(
            "Written out, these weights have {count} characters, and a link holds {most}: use fewer digits.",
            count=count,
            most=LONGEST_VALUE,
        )
    keep_bank([One(CUSTOM, each, bias=bias) for each, bias in zip(typed, biases, strict=True)])
    height, width = weights.shape[-2:]
    set_size((height, width))
    st.session_state[key_of(CHOSEN)] = "0"
    st.session_state[_OPEN] = False
    live.run_whole()
