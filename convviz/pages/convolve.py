"""The Convolve page: a photo, its feature map, and every step of the loop in between."""

from __future__ import annotations

import streamlit as st

from convviz.picture import show_map, show_photo
from convviz.stepper import step_through
from convviz.ui import link
from convviz.ui.arithmetic import leftover_sentence, size_formula
from convviz.ui.cache import feature_map, region_scene
from convviz.ui.convolve_controls import ConvolveSettings, convolve_controls
from convviz.ui.parts import show_notes
from convviz.ui.region_controls import map_box, pick_region, window_link

PHOTO, STEPS = "Photo and feature map", "Step through the loop"


def render() -> None:
    """Draw the page."""
    link.read_link()
    settings = convolve_controls()
    head, sizes = st.columns([2, 3], vertical_alignment="center")
    with head:
        view = link.choice("View", "view", [PHOTO, STEPS], show_label=False)
    with sizes:
        size = settings.size if view == PHOTO else (settings.region.rows, settings.region.columns)
        st.markdown(size_formula(settings.spec.window, size))
    show_notes(leftover_sentence(settings.spec.window, size))
    if view == PHOTO:
        _photo_view(settings)
    else:
        _step_view(settings)
