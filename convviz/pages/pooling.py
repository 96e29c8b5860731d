"""The Pooling page: the whole photo before and after, and both loops one step at a time."""

from __future__ import annotations

import streamlit as st

from convviz.figures.numbers import numbers_figure
from convviz.i18n import N_, _
from convviz.ops.index import visits
from convviz.picture import show_photo
from convviz.trace import (
    Scene,
    avg_pool_backward_scene,
    avg_pool_scene,
    max_pool_backward_scene,
    max_pool_scene,
)
from convviz.ui import link
from convviz.ui.arithmetic import leftover_sentence, size_formula
from convviz.ui.cache_pool import pooled_photo
from convviz.ui.gradient_controls import gradient_controls
from convviz.ui.parts import page_style, show_notes
from convviz.ui.photos import photo_detail
from convviz.ui.pool_controls import MAX, PoolSettings, pool_controls
from convviz.ui.pool_words import padding_sentence
from convviz.ui.region_controls import map_box, pick_region, window_link
from convviz.ui.step_view import step_view
from convviz.ui.theme import is_dark

PHOTO, FORWARD, BACKWARD, COUNTS = N_("Photo"), N_("Forward"), N_("Backward"), N_("Visit counts")


def render() -> None:
    """Draw the page."""
    page_style()
    link.read_link()
    settings = pool_controls()
    view_column, size_column = st.columns([4, 5], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [PHOTO, FORWARD, BACKWARD, COUNTS], show_label=False)
    size = settings.size if view == PHOTO else (settings.region.rows, settings.region.columns)
    spec = settings.spec
    size_column.markdown(size_formula(spec.window, size, spec.ceil_mode))
    show_notes()
    if not spec.ceil_mode and (leftover := leftover_sentence(spec.window, size)):
        st.markdown(f":small[:material/warning: {leftover}]")
    {PHOTO: _photo, FORWARD: _forward, BACKWARD: _backward, COUNTS: _counts}[view](settings)


def _photo(settings: PoolSettings) -> None:
    """The photo beside what pooling leaves of it. Picking a place on either moves the region."""
    photo, window = settings.photos[0], settings.spec.window
    out = pooled_photo(
        photo.digest,
        photo,
        settings.channels,
        settings.kind,
        settings.spec,
        settings.count_include_pad,
    )
    box = map_box(settings.region, window, (out.shape[0], out.shape[1]))
    left, right = st.columns(2)
    with left:
        picked = show_photo(
            photo.pixels,
            key="before",
            title=_(photo.name),
            detail=photo_detail(photo),
            link=window_link(window),
            box=settings.region.box,
            padding=window.padding,
            leftover=(0, 0) if settings.spec.ceil_mode else window.leftover(settings.size),
        )
    with right:
        on_map = show_photo(
            out,
            key="after",
            title=_("Largest of each window") if settings.kind == MAX else _("Mean of each window"),
            detail=f"{out.shape[0]}×{out.shape[1]}",
            link=window_link(window),
            box=box,
        )
    if sentence := padding_sentence(settings):
        st.caption(sentence)
    if on_map:
        picked = window_link(window).middle(*on_map)
    if picked:
        pick_region(*picked)


def _forward(settings: PoolSettings) -> None:
    """The forward loop over the region."""
    step_view(_forward_scene(settings), "pooling")


def _backward(settings: PoolSettings) -> None:
    """The backward loop over the region: where each gradient goes."""
    out = _forward_scene(settings).panels["out"].values
    with st.sidebar:
        dout = gradient_controls(out.shape, lambda: out)
    x, spec = settings.cut(), settings.spec
    if settings.kind == MAX:
        scene = max_pool_backward_scene(dout, x, spec, settings.ties)
    else:
        scene = avg_pool_backward_scene(dout, x, spec, settings.count_include_pad)
    step_view(scene, "pooling-backward")


def _forward_scene(settings: PoolSettings) -> Scene:
    x, spec = settings.cut(), settings.spec
    if settings.kind == MAX:
        return max_pool_scene(x, spec)
    return avg_pool_scene(x, spec, settings.count_include_pad)


def _counts(settings: PoolSettings) -> None:
    """How many windows each cell of the region lies in."""
    size = (settings.region.rows, settings.region.columns)
    window = settings.spec.reaching(size)
    counts = visits(window, settings.spec.output_size(size), window.padded_size(size))
    st.markdown(
        _(
            "In how many windows each cell lies. Where windows overlap, a cell can be the maximum of several: "
            "its gradient must be added up (+=), not set (=). A cell in no window gets none."
        )
    )
    figure = numbers_figure(counts, dark=is_dark())
    st.plotly_chart(figure, key="counts", theme=None, config={"displayModeBar": False})
