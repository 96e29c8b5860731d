"""The Convolve page: a photo, its feature map, and every step of the loop in between."""

from __future__ import annotations

import streamlit as st

from convviz.pages.convolve.elsewhere import elsewhere_view
from convviz.pages.convolve.views import (
    PHOTO,
    STEPS,
    ShownParts,
    choose_grids,
    choose_shown,
    loop_view,
    photo_view,
    region_output,
)
from convviz.text.i18n import _
from convviz.ui.arithmetic import size_lines
from convviz.ui.elsewhere import LIBRARIES
from convviz.ui.inputs.convolve_controls import ConvolveSettings, convolve_controls
from convviz.ui.inputs.filter_controls import show_kernel
from convviz.ui.inputs.photos import image_batch
from convviz.ui.inputs.published import show_published
from convviz.ui.inputs.region_controls import AROUND
from convviz.ui.parts import show_notes
from convviz.ui.state import link, live


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        published, photos = st.container(), image_batch()
        choice, numbers, beside = st.container(), st.container(), st.container()
    view_column, sizes = st.columns(2, vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [PHOTO, STEPS, LIBRARIES], show_label=False)
    first = beside  # the loop has all the height there is
    if view == PHOTO:
        first = st.container(key="first", horizontal=True, vertical_alignment="bottom")
        choice = st.container()
    maps = st.container()
    show_notes()

    def choose() -> tuple[ConvolveSettings, ShownParts]:
        around = AROUND[0] if view == STEPS else ""
        settings = convolve_controls(photos, first, choice, by_name=view == PHOTO, around=around)
        with published:
            show_published("convolve", photos[0], lambda: {"out": region_output(settings)})
        with maps if view == PHOTO else first:
            return settings, choose_shown(settings, beside) if view == PHOTO else choose_grids()

    def draw(chosen: tuple[ConvolveSettings, ShownParts]) -> None:
        settings, shown = chosen
        with numbers:
            show_kernel(settings.filters, settings.planes)
        if view == PHOTO:
            photo_view(settings, shown)
        else:
            loop_view(settings, shown)

    def say(chosen: tuple[ConvolveSettings, ShownParts]) -> list[str]:
        settings, shown = chosen
        size = settings.size if view == PHOTO else settings.region.size
        shaded = view == STEPS or (view == PHOTO and not settings.photos[shown.n].signed)
        return size_lines(
            settings.spec.window, size, settings.size, by_photo=settings.by_photo, shaded=shaded
        )

    if view == LIBRARIES:
        settings = convolve_controls(photos, first, choice)
        with numbers:
            show_kernel(settings.filters, settings.planes)
        with sizes:
            st.markdown("  \n".join(say((settings, ShownParts()))))
        elsewhere_view(settings)
        return
    live.show(choose, draw, say, sizes)
