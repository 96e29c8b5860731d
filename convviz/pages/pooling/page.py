"""The Pooling page: the whole photo before and after, and both loops one step at a time."""

from __future__ import annotations

import streamlit as st

from convviz.pages.pooling.controls import pool_controls
from convviz.pages.pooling.views import (
    FORWARD,
    PHOTO,
    backward_view,
    counts_view,
    forward_view,
    photo_view,
)
from convviz.text.i18n import N_, _
from convviz.ui.arithmetic import show_leftover, show_size
from convviz.ui.parts import show_notes
from convviz.ui.state import link

BACKWARD, COUNTS = N_("Backward"), N_("Visit counts")


def render() -> None:
    """Draw the page."""
    link.read_link()
    # What a backward pass begins with stands above the other settings.
    first = st.sidebar.container()
    settings = pool_controls()
    view_column, size_column = st.columns([4, 6], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [PHOTO, FORWARD, BACKWARD, COUNTS], show_label=False)
    size = settings.size if view == PHOTO else (settings.region.rows, settings.region.columns)
    spec = settings.spec
    show_size(size_column, spec.window, size, settings.size, ceil_mode=spec.ceil_mode)
    show_notes()
    if view != COUNTS and not spec.ceil_mode:
        show_leftover(spec.window, size)
    if view == BACKWARD:
        backward_view(settings, first)
    else:
        {PHOTO: photo_view, FORWARD: forward_view, COUNTS: counts_view}[view](settings)
