"""Which gradient a backward pass begins with."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import streamlit as st

from convviz.browser.kernel import GridLook
from convviz.ops import gradients
from convviz.ops.filters.stack import fit_kernel
from convviz.ops.types import Floats
from convviz.text.i18n import N_, _
from convviz.ui.inputs.number_grid import kept_numbers, show_grid
from convviz.ui.state import link, live

ONES, CELL, RANDOM = N_("Ones"), N_("One cell"), N_("Random")
LOSS, TYPED = N_("Of a loss"), N_("Typed")
LARGEST_SEED = 99


def gradient_controls(shape: tuple[int, ...], out: Callable[[], Floats]) -> Floats:
    """Choose `dout`, of the shape of the output.

    Parameters
    ----------
    shape
        (N, F, OH, OW).
    out
        Computes the output, which the gradient of a loss depends on.
    """
    rows, columns = shape[2:]
    kind = link.select(_("Gradient dout"), "dout", [ONES, CELL, RANDOM, LOSS, TYPED])
    if kind == CELL:
        down, across = live.columns(2)
        with down:
            row = link.number(_("Row"), "dout_row", (0, rows - 1), rows // 2)
        with across:
            column = link.number(_("Column"), "dout_col", (0, columns - 1), columns // 2)
        return gradients.one_cell(shape, row, column)
    if kind == RANDOM:
        return gradients.random(shape, link.number(_("Seed"), "seed", (0, LARGEST_SEED), 0))
    if kind == LOSS:
        if not live.reads():
            st.caption(
                _(
                    "The gradient of the loss mean(out²) / 2: dout is out divided by the number of its "
                    "cells."
                )
            )
        return gradients.of_mean_square(out())
    if kind == TYPED:
        kept = kept_numbers("gradient", np.ones((rows, columns)))
        typed = fit_kernel(kept, (rows, columns))
        show_grid("gradient", typed, GridLook(_("Gradient dout")))
        return gradients.in_every_plane(typed, shape)
    return gradients.ones(shape)
