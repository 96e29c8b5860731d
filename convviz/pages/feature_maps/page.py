"""The Feature maps page: several images under several filters, and a pipeline of stages after them."""

from __future__ import annotations

import streamlit as st

from convviz.pages.feature_maps.compare import difference_view, histogram_view
from convviz.pages.feature_maps.grid import (
    ALL,
    ONE,
    VIEW,
    GridColours,
    colour_choice,
    course_note,
    grid_view,
)
from convviz.pages.feature_maps.settings import MapSettings, map_controls
from convviz.pages.feature_maps.views import one_view, steps_view
from convviz.text.i18n import N_, _
from convviz.ui.parts import show_notes
from convviz.ui.state import link

HISTOGRAM, DIFFERENCE = N_("Histogram"), N_("Difference")
VIEWS = (ALL, ONE, HISTOGRAM, DIFFERENCE, N_("Steps"))


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.container(gap="xsmall"):
        views, stage, popover = st.columns([6, 2, 1.4], vertical_alignment="center")
        with views:
            view = link.choice(_("View"), VIEW, VIEWS, show_label=False)
        with popover:
            colours = colour_choice()
        settings = map_controls(stage)
        show_notes()
        if settings is None:
            st.info(_("Add a stage in the sidebar: there is nothing to show yet."))
        else:
            _show(view, settings, colours)


def _show(view: str, settings: MapSettings, colours: GridColours) -> None:
    """One of the views."""
    if note := course_note(settings):
        st.markdown(note)
    if view == ALL:
        grid_view(settings, colours)
    elif view == ONE:
        one_view(settings, colours)
    elif view == HISTOGRAM:
        histogram_view(settings)
    elif view == DIFFERENCE:
        difference_view(settings, colours)
    else:
        steps_view(settings)
