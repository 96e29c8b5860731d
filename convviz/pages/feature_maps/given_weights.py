"""Weights of one's own for a convolution of the pipeline: pasted, brought in a file, or typed in a grid."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from convviz.browser.kernel import GridLook
from convviz.ops.filters.stack import fit_kernel
from convviz.ops.types import Floats
from convviz.pages.feature_maps.whole_number import whole
from convviz.pipeline import Bank, Given
from convviz.pipeline.limits import MOST_GIVEN
from convviz.text.i18n import _
from convviz.text.rows import read_rows, write_line
from convviz.ui.inputs.number_grid import edit_grid
from convviz.ui.inputs.weights_box import WeightsBox
from convviz.ui.parts import in_columns
from convviz.ui.state import live
from convviz.ui.state.held import hold

MOST_TYPED = 1024  # numbers of a filter: what a browser lays out at once


def given_weights(bank: Bank, name: str, channels: int, largest: int) -> Given:
    """Draw the places for weights of one's own; until there are some, those that the stage has.

    The keys of the widgets begin with `name`.
    """
    given = bank if live.reads() else st.session_state.pop(f"{name} weights taken", bank)
    if not isinstance(given, Given):
        given = _flattened(given.weights(channels))
    given = _sized(given, name, largest)
    if live.reads():
        return given
    f = _filter_control(given.shape[0], name)
    _grid(given, f, name, channels)

    def use(weights: Floats, biases: Sequence[float]) -> None:
        filters, _channels, height, width = weights.shape
        for key, number in zip(_sizes(name), (filters, height, width), strict=True):
            st.session_state[key] = number
        _take(Given.made(weights), name)
        several = len({*biases}) > 1
        st.session_state[f"{name} bias"] = write_line(biases if several else biases[:1])

    WeightsBox((MOST_GIVEN, channels, largest, largest), use, name).draw()
    return given


def _take(given: Given, name: str) -> None:
    """Use weights from the next run on; for a callback."""
    st.session_state[f"{name} weights taken"] = given


def _flattened(weights: Floats) -> Given:
    """With one channel, where all are the same."""
    alike = (weights == weights[:, :1]).all()
    return Given.made(weights[:, :1] if alike else weights)


def _sizes(name: str) -> tuple[str, str, str]:
    """Keys of F, KH and KW."""
    return f"{name} filters", f"{name} rows", f"{name} columns"


def _sized(given: Given, name: str, largest: int) -> Given:
    """So many filters of this size: new filters are zeros, kernels are cut or surrounded by zeros."""
    have, _channels, *size = given.shape
    count, rows, columns = _sizes(name)
    filters, height, width = in_columns(
        lambda: whole(_("Count"), count, (1, MOST_GIVEN), have),
        lambda: whole(_("Rows"), rows, (1, largest), size[0]),
        lambda: whole(_("Columns"), columns, (1, largest), size[1]),
    )
    if (filters, height, width) == (have, *size):
        return given
    live.move_control()  # the grid of numbers
    weights = fit_kernel(given.stored, (height, width))[:filters]
    more = np.zeros((filters - len(weights), *weights.shape[1:]))
    if filters > have:
        st.session_state[f"{name} filter"] = filters - 1  # the one that comes is looked at
    _fit_biases(filters, name)
    return Given.made(np.concatenate([weights, more]))


def _fit_biases(filters: int, name: str) -> None:
    """Biases for so many filters, where there is more than one for all."""
    key = f"{name} bias"
    biases = str(st.session_state.get(key, "")).split()
    if len(biases) > 1:
        st.session_state[key] = " ".join([*biases, *["0"] * filters][:filters])


def _filter_control(filters: int, name: str) -> int:
    """Which filter the grid shows."""
    if filters == 1:
        return 0
    key = f"{name} filter"
    hold(key, min(int(st.session_state.get(key, 0)), filters - 1))
    return int(
        st.selectbox(_("Filter shown"), range(filters), key=key, format_func=lambda f: f"f = {f}")
    )


def _grid(given: Given, f: int, name: str, channels: int) -> None:
    """The numbers of a filter, a plane for each channel or one for all, to be changed."""
    if given.shape[1] not in (1, channels):
        return  # the stage says that they are for another input
    key = f"{name} weights"
    numbers = _planes(given.stored[f], st.session_state.get(f"{key} edit"), channels)
    if numbers.size > MOST_TYPED:
        said = _(
            "A filter of more than {most} numbers is not typed here: paste it, or bring a file."
        )
        st.caption(said.format(most=MOST_TYPED))
        return

    def keep(made: Floats) -> None:
        every = np.broadcast_to(given.stored, (given.shape[0], channels, *given.kernel)).copy()
        every[f] = made
        _take(_flattened(every), name)
        live.run_whole_now()

    names = tuple(f"c={c}" for c in range(channels)) if channels > 1 else ()
    edit_grid(key, numbers, GridLook(_("Kernel"), names, tools=True), keep)


def _planes(kernel: Floats, edit: tuple[int, str] | None, channels: int) -> Floats:
    """A kernel (C, KH, KW) as the grid shows it: (KH, KW) where all channels are alike, unless typed otherwise."""
    typed = read_rows(edit[1]) if edit else kernel[0]
    if typed.ndim == 3 and len(typed) == channels and _are_same(typed, kernel):
        return typed
    return kernel[0] if _are_same(kernel, kernel[:1]) else kernel


def _are_same(a: Floats, b: Floats) -> bool:
    """Whether each channel of one is that of the other, or its only one."""
    return a.shape[1:] == b.shape[1:] and bool((a == b).all())
