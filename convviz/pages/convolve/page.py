"""The Convolve page: a photo, its feature map, and every step of the loop in between."""

from __future__ import annotations

import streamlit as st

from convviz.browser.lens import Convolved, Looked, show_lens
from convviz.browser.picture import show_map, show_photo
from convviz.pages.convolve.exports import NAME, conv_code, offer_map
from convviz.pictures.scales import scale_end
from convviz.text.i18n import N_, _
from convviz.ui.arithmetic import show_leftover, show_size
from convviz.ui.cache import feature_map, region_scene
from convviz.ui.inputs.convolve_controls import ConvolveSettings, convolve_controls
from convviz.ui.inputs.filter_controls import numbered
from convviz.ui.inputs.photos import photo_detail
from convviz.ui.inputs.region_controls import map_box, pick_region, picked_step, window_lattice
from convviz.ui.parts import show_notes
from convviz.ui.state import link
from convviz.ui.step_view import step_view

PHOTO, STEPS = N_("Photo and feature map"), N_("Step through the loop")
BELOW = 292  # screen pixels kept for what stands above and below the pictures
LINE, CHOICE = 36, 76  # and for a note, and for a choice


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
    (_photo_view if view == PHOTO else _step_view)(settings)


def _photo_view(settings: ConvolveSettings) -> None:
    """The whole photo beside one of its feature maps. Picking a place on either moves the region."""
    n, f = _which_map(settings)
    below = BELOW + LINE * any(settings.spec.window.leftover(settings.size))
    below += CHOICE * ((len(settings.photos) > 1) + (len(settings.filters.names) > 1))
    photo, spec, weights = settings.photos[n], settings.spec, settings.filters.weights[f]
    values = feature_map(photo, settings.channels, weights, settings.bias, spec)
    offer_map(settings, n, f, values)
    left, right = st.columns(2)
    with left:
        picked = show_photo(
            photo.pixels,
            key="photo picture",
            title=_(photo.name),
            detail=photo_detail(photo),
            lattice=window_lattice(spec.window),
            box=settings.region.box,
            padding=spec.window.padding,
            leftover=spec.window.leftover(settings.size),
            below=below,
        )
    with right:
        on_map = show_map(
            values,
            key="map picture",
            title=_(settings.filters.names[f]),
            detail=f"{values.shape[0]}×{values.shape[1]}",
            lattice=window_lattice(spec.window),
            box=map_box(settings.region, spec.window, (values.shape[0], values.shape[1])),
            limit=scale_end(values),
            below=below,
            quiet=True,
        )
    looked = Looked.of(photo, settings.channels, values, window_lattice(spec.window))
    how = Convolved(weights, settings.bias, spec)
    show_lens(looked, how, key="lens", middle=settings.region.middle)
    if place := picked or on_map:
        pick_region(*place, of=(n, f))


def _which_map(settings: ConvolveSettings) -> tuple[int, int]:
    """Which image of the batch and which filter the map shows."""
    images, filters = len(settings.photos), len(settings.filters.names)
    n = f = 0
    if images > 1:
        names = [photo.name for photo in settings.photos]
        n = names.index(link.choice(_("Image shown"), "shown_image", names))
    if filters > 1:
        names = [f"f = {k}: {name}" for k, name in enumerate(settings.filters.names)]
        f = names.index(link.choice(_("Filter shown"), "shown_filter", names, shown=numbered))
    return n, f


def _step_view(settings: ConvolveSettings) -> None:
    """The loop over the region, one step at a time. The step is kept in the link."""
    filters, spec = settings.filters, settings.spec
    x = settings.region.batch(settings.photos, settings.channels)
    scene = region_scene(x, filters.weights, settings.bias, spec, filters.rotated)
    start = picked_step(scene, settings.region, spec.window)
    step_view(scene, NAME, lambda: conv_code(settings, x, filters.weights), start=start)
