"""The As a matrix page: a convolution as one matrix product, and its backward pass."""

from __future__ import annotations

import streamlit as st

from convviz.ops.conv import conv2d
from convviz.ops.types import Floats
from convviz.pages.as_matrix.views import (
    BACKWARD,
    DW,
    FILL,
    PRODUCT,
    WHOLE,
    Chosen,
    columns_back_said,
    columns_back_view,
    fill_view,
    product_view,
    weights_back_said,
    weights_back_view,
    whole_view,
)
from convviz.text.i18n import _
from convviz.ui.arithmetic import size_lines
from convviz.ui.inputs.convolve_controls import ConvolveSettings, convolve_controls
from convviz.ui.inputs.filter_controls import show_kernel
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.photos import image_batch
from convviz.ui.parts import show_notes
from convviz.ui.state import link, live

VIEWS = {
    WHOLE: whole_view,
    FILL: fill_view,
    PRODUCT: product_view,
    DW: weights_back_view,
    BACKWARD: columns_back_view,
}
BACK = {DW: weights_back_said, BACKWARD: columns_back_said}  # the views of the backward pass
REGION = 4  # the whole matrix of windows fits a lecture screen


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        # What a backward pass begins with stands above the other settings.
        gradient, photos = st.container(), image_batch()
        first, numbers = st.container(), st.container()
    view_column, sizes = st.columns([5, 6], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [*VIEWS], show_label=False)
    show_notes()

    def choose() -> Chosen:
        settings = convolve_controls(photos, first, numbers, side=REGION, with_bias=False)
        if view not in BACK:
            return Chosen(settings)
        with gradient:
            return Chosen(settings, _gradient(settings))

    def draw(chosen: Chosen) -> None:
        with numbers:
            show_kernel(chosen.settings.filters, chosen.settings.planes)
        VIEWS[view](chosen)

    def say(chosen: Chosen) -> list[str]:
        settings = chosen.settings
        shaded = view in (FILL, PRODUCT)
        said = size_lines(settings.spec.window, settings.region.size, settings.size, shaded=shaded)
        return [*said, BACK[view](chosen)] if view in BACK else said

    live.show(choose, draw, say, sizes)


def _gradient(settings: ConvolveSettings) -> Floats:
    """Where the gradients begin."""
    x, w, spec = Chosen(settings).operands
    shape = (len(x), len(w), *spec.output_size((x.shape[2], x.shape[3])))
    return gradient_controls(shape, lambda: conv2d(x, w, **spec.keywords))
