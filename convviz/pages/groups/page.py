"""The Groups page: from a standard convolution through grouped to depthwise, and then 1×1."""

from __future__ import annotations

import streamlit as st

from convviz.pages.groups.controls import GroupsSettings, groups_slider, layer_controls
from convviz.pages.groups.views import (
    backward_view,
    connections_said,
    connections_view,
    forward_view,
    pointwise_view,
)
from convviz.pages.groups.words import layer_sentence
from convviz.text.i18n import N_, _
from convviz.ui.inputs.photos import one_image
from convviz.ui.parts import show_notes
from convviz.ui.state import link, live

CONNECTIONS, FORWARD, BACKWARD = N_("Connections"), N_("Forward"), N_("Backward")
POINTWISE = N_("1×1 at each pixel")


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        first = st.container()  # what a backward pass begins with, or the pixel shown
        photo = one_image()
    view_column, slider = st.columns([5, 5], vertical_alignment="center")
    with view_column:
        views = [CONNECTIONS, FORWARD, BACKWARD, POINTWISE]
        view = link.choice(_("View"), "view", views, show_label=False)
    show_notes()

    def choose() -> GroupsSettings:
        region, sizes = layer_controls(photo)
        choice = "1"  # a dense layer has no groups
        if view != POINTWISE:
            with slider:
                choice = groups_slider(sizes["channels"], sizes["filters"])
        side = sizes.pop("kernel")
        return GroupsSettings(photo, region, kernel=(side, side), choice=choice, **sizes)

    if view == CONNECTIONS:
        lines, table = st.columns([4, 6])
        with lines:
            live.show(choose, connections_view, connections_said, table)
        return
    settings = choose()
    if view != POINTWISE:
        st.markdown(layer_sentence(settings))
    if view == FORWARD:
        forward_view(settings)
    else:
        {BACKWARD: backward_view, POINTWISE: pointwise_view}[view](settings, first)
