"""The sidebar of the Gradient check page: the layer, its case and how it is checked."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st

from convviz.lessons.case import RIGHT, Case, CheckedLayer
from convviz.lessons.layers import LAYERS
from convviz.text.i18n import N_, _
from convviz.ui.inputs.fold import fold
from convviz.ui.inputs.photos import one_input_of_numbers
from convviz.ui.parts import in_columns
from convviz.ui.state import link

STEPS = tuple(10.0**-k for k in range(1, 11))
POWERS = [f"1e-{k}" for k in range(1, 11)]
SIDES, SIDE = (2, 8), 5
KERNELS, STRIDES, DILATIONS = 4, 3, 3
LARGEST_SEED = 99
RANDOM, WHOLE, GIVEN = N_("Random"), N_("Whole numbers"), N_("Your numbers")
INPUT = ("inputs", "rows", "columns", "seed")
WINDOW = ("kernel", "stride", "pad", "dilation")
MOST_GIVEN = 4096  # numbers of an input: each is moved twice


def check_controls() -> Case:
    """Draw the sidebar and return what was chosen."""
    with st.sidebar:
        name = link.select(_("Layer"), "layer", list(LAYERS))
        layer, case = LAYERS[name], Case(name)
        if layer.bugs:
            case = replace(case, code=link.choice(_("Backward pass"), "code", (RIGHT, *layer.bugs)))
        dtype = link.choice(_("Numbers"), "dtype", ("float64", "float32"))
        case = replace(case, dtype=dtype, step=_step())
        with fold(_("Input"), "input", INPUT):
            case = _inputs(case, layer)
            if layer.takes_images and not case.given:
                case = _sized(case)
            seed = link.number(_("Seed"), "seed", (0, LARGEST_SEED), 0)
        if layer.slides:
            with fold(_("Sliding window"), "window", WINDOW):
                case = _window(case, layer)
        return replace(case, seed=seed)


def _inputs(case: Case, layer: CheckedLayer) -> Case:
    """Random or whole numbers, or a person's own where the layer takes images."""
    kinds = [RANDOM, *([WHOLE] if layer.kinks else []), *([GIVEN] if layer.takes_images else [])]
    if len(kinds) == 1:
        return case
    inputs = link.choice(_("Inputs"), "inputs", kinds)
    case = replace(case, whole=inputs == WHOLE)
    if inputs != GIVEN:
        return case
    numbers = one_input_of_numbers()
    if numbers is None:
        st.info(_("You have no numbers yet: paste some here. Random ones are checked until then."))
        return case
    if numbers.values.size > MOST_GIVEN:
        st.info(
            _("{count} numbers are too many to check each: use at most {most}.").format(
                count=f"{numbers.values.size:,}", most=f"{MOST_GIVEN:,}"
            )
        )
        return case
    rows, columns = numbers.size
    planes = tuple(tuple(map(tuple, plane)) for plane in numbers.values.tolist())
    return replace(case, rows=rows, columns=columns, given=(planes,))


def _step() -> float:
    """h, from large to small; the course's by default."""
    course = f"1e{round(np.log10(Case.step))}"

    def shown(power: str) -> str:
        return _("{h} (as the course)").format(h=power) if power == course else power

    return float(link.select(_("Step h"), "h", POWERS, default=course, shown=shown))


def _sized(case: Case) -> Case:
    rows, columns = in_columns(
        lambda: link.number(_("Rows"), "rows", SIDES, SIDE),
        lambda: link.number(_("Columns"), "columns", SIDES, SIDE),
    )
    return replace(case, rows=rows, columns=columns)


def _window(case: Case, layer: CheckedLayer) -> Case:
    """Kernel, stride, padding and dilation with which the kernel fits."""
    side = min(case.rows, case.columns)
    label = _("Kernel size") if layer.dilates else _("Window size")
    kernel = link.slider(label, "kernel", (1, min(KERNELS, side)), 3)
    stride = link.slider(_("Stride"), "stride", (1, STRIDES), 1)
    most = 2 if layer.dilates else kernel // 2  # as PoolSpec allows
    padding = link.slider(_("Padding on each side"), "pad", (0, most), 1)
    dilation = 1
    if layer.dilates and case.code == RIGHT:  # the course's function, and so the bug, knows none
        fitting = DILATIONS if kernel == 1 else (side - 1) // (kernel - 1)
        dilation = link.slider(_("Dilation"), "dilation", (1, min(DILATIONS, fitting)), 1)
    return replace(case, kernel=kernel, stride=stride, padding=padding, dilation=dilation)
