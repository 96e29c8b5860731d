"""The Transposed page: each input cell stamps the filter onto a larger output, one stamp at a time."""

from __future__ import annotations

from functools import partial

import streamlit as st

from convviz.pages.transposed.controls import transposed_controls
from convviz.pages.transposed.views import (
    BACKWARD,
    CHECKERBOARD,
    INVERSE,
    STAMPS,
    backward_view,
    checkerboard_view,
    inverse_view,
    stamps_said,
    stamps_view,
)
from convviz.pages.transposed.words import size_sentence
from convviz.text.i18n import _
from convviz.ui.inputs.photos import image_batch
from convviz.ui.parts import show_notes
from convviz.ui.state import link, live


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        dout = st.container()  # what a backward pass begins with stands above the other settings
        photos, first = image_batch(), st.container()
    view_column, size_column = st.columns([5, 5], vertical_alignment="center")
    with view_column:
        views = [STAMPS, BACKWARD, CHECKERBOARD, INVERSE]
        view = link.choice(_("View"), "view", views, show_label=False)
    show_notes()
    choose = partial(transposed_controls, photos, first)
    if view == STAMPS:
        live.show(choose, stamps_view, stamps_said, size_column)
        return
    settings = choose()
    size_column.markdown(size_sentence(settings))
    if view == BACKWARD:
        backward_view(settings, dout)
    else:
        {CHECKERBOARD: checkerboard_view, INVERSE: inverse_view}[view](settings)
