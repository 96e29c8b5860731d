"""The As a matrix page: a convolution as one matrix product, and its backward pass."""

from __future__ import annotations

import streamlit as st

from convviz.pages.as_matrix.views import (
    columns_back_view,
    fill_view,
    product_view,
    weights_back_view,
    whole_view,
)
from convviz.text.i18n import N_, _
from convviz.ui.arithmetic import show_leftover, show_size
from convviz.ui.inputs.convolve_controls import convolve_sidebar
from convviz.ui.parts import show_notes
from convviz.ui.state import link

WHOLE, FILL, PRODUCT = N_("Matrices"), N_("im2col"), N_("Product")
DW, BACKWARD = N_("dw"), N_("col2im")
REGION = 4  # the whole matrix of windows fits a lecture screen


def render() -> None:
    """Draw the page."""
    link.read_link()
    first = (
        st.sidebar.container()
    )  # what a backward pass begins with stands above the other settings
    settings = convolve_sidebar(REGION)
    view_column, size_column = st.columns([5, 6], vertical_alignment="center")
    with view_column:
        views = [WHOLE, FILL, PRODUCT, DW, BACKWARD]
        view = link.choice(_("View"), "view", views, show_label=False)
    size = settings.region.size
    show_size(size_column, settings.spec.window, size, settings.size)
    show_notes()
    show_leftover(settings.spec.window, size, shaded=view in (FILL, PRODUCT))
    if view in (DW, BACKWARD):
        {DW: weights_back_view, BACKWARD: columns_back_view}[view](settings, first)
    else:
        {WHOLE: whole_view, FILL: fill_view, PRODUCT: product_view}[view](settings)
