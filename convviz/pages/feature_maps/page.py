"""The Feature maps page: several images under several filters, and a pipeline of stages after them."""

from __future__ import annotations

from functools import partial

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
from convviz.pages.feature_maps.settings import (
    MapSettings,
    map_controls,
    photo_controls,
    with_stage,
)
from convviz.pages.feature_maps.views import STEPS, one_view, steps_view
from convviz.text.i18n import N_, _
from convviz.ui.parts import show_notes
from convviz.ui.state import link, live

HISTOGRAM, DIFFERENCE = N_("Histogram"), N_("Difference")
Chosen = tuple[MapSettings | None, GridColours]
VIEWS = (ALL, ONE, HISTOGRAM, DIFFERENCE, STEPS)


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.container(gap="xsmall"):
        views, stage, popover = st.columns([6, 2, 1.4], vertical_alignment="center")
        with views:
            view = link.choice(_("View"), VIEW, VIEWS, show_label=False)
        photos, channels = photo_controls()

        def choose() -> Chosen:
            settings = map_controls(photos, channels)
            with popover:
                colours = colour_choice()
            if settings is None:
                live.move_control()  # what says so is not drawn by a live run
                return None, colours
            with stage:
                return with_stage(settings), colours

        show_notes()
        if view == ALL:
            live.show(choose, partial(_show, view), _say, st.container())
        else:
            _show(view, choose())


def _say(chosen: Chosen) -> list[str]:
    """What the course's comment says of the maps."""
    note = course_note(chosen[0]) if chosen[0] else ""
    return [note] if note else []


def _show(view: str, chosen: Chosen) -> None:
    """A view of what is chosen."""
    settings, colours = chosen
    if settings is None:
        st.info(_("Add a stage in the sidebar: there is nothing to show yet."))
    elif view == ALL:
        grid_view(settings, colours)
    else:
        _show_one(view, settings, colours)


def _show_one(view: str, settings: MapSettings, colours: GridColours) -> None:
    """One of the other views."""
    if note := course_note(settings):
        st.markdown(note)
    if view == ONE:
        one_view(settings, colours)
    elif view == HISTOGRAM:
        histogram_view(settings)
    elif view == DIFFERENCE:
        difference_view(settings, colours)
    else:
        steps_view(settings)
