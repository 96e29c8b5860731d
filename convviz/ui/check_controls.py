"""The sidebar of the Gradient check page: the layer, its case and how it is checked."""

from __future__ import annotations

import streamlit as st

from convviz.i18n import _
from convviz.lessons.layers import LAYERS, RIGHT, Case
from convviz.ui import link

POWERS = [f"1e-{k}" for k in range(1, 11)]
LARGEST_SEED = 99


def check_controls() -> Case:
    """Draw the sidebar and return what was chosen."""
    with st.sidebar:
        name = link.select(_("Layer"), "layer", list(LAYERS))
        layer = LAYERS[name]
        kernel, stride, padding = 3, 1, 1
        if layer.slides:
            kernel = link.slider(_("Kernel size"), "kernel", (1, 4), 3)
            stride = link.slider(_("Stride"), "stride", (1, 3), 1)
            most = kernel // 2 if name.endswith("pooling") else 2  # as PoolSpec allows
            padding = link.slider(_("Padding on each side"), "pad", (0, most), min(1, most))
        code = RIGHT
        if layer.bugs:
            code = link.choice(_("Backward pass"), "code", (RIGHT, *layer.bugs))
        dtype = link.choice(_("Numbers"), "dtype", ("float64", "float32"))
        step = link.select(
            _("Step h"), "h", ["1e-5", *(p for p in POWERS if p != "1e-5")], shown=str
        )
        seed = link.number(_("Seed"), "seed", (0, LARGEST_SEED), 0)
    return Case(name, kernel, stride, padding, dtype, float(step), seed, code)
