"""The Backward page: the three gradients of a convolution, one step at a time."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.types import Floats
from convviz.pages.backward.views import (
    CORRELATION,
    COUNTS,
    LOOP,
    Chosen,
    correlation_view,
    counts_view,
    loop_said,
    loop_view,
)
from convviz.text.i18n import _
from convviz.ui.arithmetic import show_leftover
from convviz.ui.inputs.convolve_controls import ConvolveSettings, convolve_controls
from convviz.ui.inputs.filter_controls import show_kernel
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.photos import image_batch
from convviz.ui.inputs.published import show_published
from convviz.ui.inputs.region_controls import AROUND
from convviz.ui.parts import show_notes
from convviz.ui.state import link, live

REGION = 5  # with one row of padding every number of all six arrays fits a lecture screen


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        # What a backward pass begins with stands above the other settings.
        published, first, photos = st.container(), st.container(), image_batch()
        further, numbers = st.container(), st.container()
    view_column, sizes = st.columns([4, 6], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [LOOP, CORRELATION, COUNTS], show_label=False)
    show_notes()

    def choose() -> Chosen:
        # A region is an image of its own to begin with: then its gradients are whole, and the padding takes part.
        settings = convolve_controls(photos, further, numbers, side=REGION, around=AROUND[1])
        with numbers:
            show_kernel(settings.filters, settings.planes)
        with first:
            chosen = Chosen(settings, _arriving(settings))
        with published:
            show_published("backward", photos[0], lambda: _computed(chosen))
        return chosen

    if view == LOOP:
        live.show(choose, loop_view, loop_said, sizes)
        return
    chosen = choose()
    if view == CORRELATION:
        show_leftover(chosen.operands[2].window, chosen.settings.stepped.size, shaded=False)
        correlation_view(chosen, sizes)
    else:
        with sizes:
            st.markdown("  \n".join(loop_said(chosen, shaded=False)))
        counts_view(chosen)


def _computed(chosen: Chosen) -> dict[str, Floats]:
    """The three gradients, by name."""
    x, w, spec = chosen.operands
    return dict(
        zip(("dx", "dw", "db"), conv2d_backward(chosen.dout, x, w, **spec.keywords), strict=True)
    )


def _arriving(settings: ConvolveSettings) -> Floats:
    """The gradient that arrives, dout, as chosen."""
    x, w, spec = Chosen(settings, np.zeros(())).operands
    shape = (len(x), len(w), *spec.window.output_size((x.shape[2], x.shape[3])))
    return gradient_controls(shape, lambda: conv2d(x, w, settings.filters.biases, **spec.keywords))
