"""The Groups page: from a standard convolution through grouped to depthwise, and then 1×1."""

from __future__ import annotations

import streamlit as st

from convviz.pages.groups.controls import GroupsSettings, groups_slider, layer_controls
from convviz.pages.groups.views import (
    backward_view,
    connections_view,
    forward_view,
    pointwise_view,
)
from convviz.pages.groups.words import layer_sentence
from convviz.text.i18n import N_, _
from convviz.ui.parts import show_notes
from convviz.ui.state import link

CONNECTIONS, FORWARD, BACKWARD = N_("Connections"), N_("Forward"), N_("Backward")
POINTWISE = N_("1×1 at each pixel")


def render() -> None:
    """Draw the page."""
    link.read_link()
    first = st.sidebar.container()  # what a backward pass begins with, or the pixel shown
    photo, region, sizes = layer_controls()
    view_column, slider = st.columns([5, 5], vertical_alignment="center")
    with view_column:
        views = [CONNECTIONS, FORWARD, BACKWARD, POINTWISE]
        view = link.choice(_("View"), "view", views, show_label=False)
    choice = "1"  # a dense layer has no groups
    if view != POINTWISE:
        with slider:
            choice = groups_slider(sizes["channels"], sizes["filters"])
    side = sizes.pop("kernel")
    settings = GroupsSettings(photo, region, kernel=(side, side), choice=choice, **sizes)
    show_notes()
    if view != POINTWISE:
        st.markdown(layer_sentence(settings))
    if view in (BACKWARD, POINTWISE):
        {BACKWARD: backward_view, POINTWISE: pointwise_view}[view](settings, first)
    else:
        {CONNECTIONS: connections_view, FORWARD: forward_view}[view](settings)
