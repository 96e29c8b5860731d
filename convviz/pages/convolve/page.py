"""The Convolve page: a photo, its feature map, and every step of the loop in between."""

from __future__ import annotations

import streamlit as st

from convviz.pages.convolve.views import PHOTO, STEPS, loop_view, photo_view
from convviz.text.i18n import _
from convviz.ui.arithmetic import show_leftover, show_size
from convviz.ui.inputs.convolve_controls import convolve_controls
from convviz.ui.parts import show_notes
from convviz.ui.state import link


def render() -> None:
    """Draw the page."""
    link.read_link()
    settings = convolve_controls()
    view_column, size_column = st.columns([4, 6], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [PHOTO, STEPS], show_label=False)
    size = settings.size if view == PHOTO else (settings.region.rows, settings.region.columns)
    show_size(size_column, settings.spec.window, size, settings.size)
    show_notes()
    show_leftover(settings.spec.window, size)
    (photo_view if view == PHOTO else loop_view)(settings)
