"""The Pooling page: the whole photo before and after, and both loops one step at a time."""

from __future__ import annotations

from functools import partial

import streamlit as st

from convviz.pages.pooling.controls import PoolSettings, pool_controls
from convviz.pages.pooling.elsewhere import elsewhere_view
from convviz.pages.pooling.views import (
    FORWARD,
    PHOTO,
    backward_view,
    counts_view,
    forward_view,
    photo_view,
)
from convviz.pages.pooling.words import padding_sentence
from convviz.text.i18n import N_, _
from convviz.ui.arithmetic import show_leftover, show_size, size_lines
from convviz.ui.elsewhere import LIBRARIES
from convviz.ui.inputs.photos import image_batch
from convviz.ui.parts import show_notes
from convviz.ui.state import link, live

BACKWARD, COUNTS = N_("Backward"), N_("Visit counts")
VIEWS = (PHOTO, FORWARD, BACKWARD, COUNTS, LIBRARIES)


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        # What a backward pass begins with stands above the other settings.
        first, photos = st.container(), image_batch()
    view_column, sizes = st.columns([5.2, 4.8], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", VIEWS, show_label=False)
    show_notes()
    if view == PHOTO:
        live.show(partial(pool_controls, photos), photo_view, _say, sizes)
        return
    settings = pool_controls(photos)
    size, spec = settings.region.size, settings.spec
    by_photo = settings.by_photo and view in (FORWARD, BACKWARD)
    show_size(sizes, spec.window, size, settings.size, ceil_mode=spec.ceil_mode, by_photo=by_photo)
    if view != COUNTS and not spec.ceil_mode and not by_photo:
        show_leftover(spec.window, size, shaded=view != LIBRARIES, pooled=True)
    if view == BACKWARD:
        backward_view(settings, first)
    else:
        {FORWARD: forward_view, COUNTS: counts_view, LIBRARIES: elsewhere_view}[view](settings)


def _say(settings: PoolSettings) -> list[str]:
    """What depends on the settings beside the pictures of the photo."""
    size, spec = settings.size, settings.spec
    shaded = not settings.photos[0].signed
    said = size_lines(spec.window, size, size, spec.ceil_mode, shaded=shaded, pooled=True)
    sentence = padding_sentence(settings, settings.spec, size)
    return [*said, f":small[{sentence}]"] if sentence else said
