"""The views of the Pooling page: the photo before and after, both loops, and how often each cell is visited."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.lens import Looked, Pooled, show_lens
from convviz.browser.picture import show_photo, show_pooled
from convviz.export.code import PoolBackwardCode
from convviz.pages.pooling.cached import backward_scene, forward_scene, pooled_photo
from convviz.pages.pooling.controls import MAX, PoolSettings
from convviz.pages.pooling.picture import offer_photo_picture
from convviz.pages.pooling.words import padding_sentence
from convviz.photos.images import to_chw
from convviz.text.i18n import _
from convviz.trace import Scene
from convviz.ui.counts import show_counts
from convviz.ui.giving.exports import offer_arrays, offer_code
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.photos import photo_detail
from convviz.ui.inputs.region_controls import map_box, pick_region, picked_step, window_lattice
from convviz.ui.internals import DeltaGenerator
from convviz.ui.step_view import step_view

BELOW, LINE = 275, 36  # screen pixels kept for what stands around the pictures, and for a note


def photo_view(settings: PoolSettings) -> None:
    """The photo beside what pooling leaves of it. Picking a place on either moves the region."""
    photo, window = settings.photos[0], settings.spec.window
    out = pooled_photo(
        photo,
        settings.channels,
        settings.kind,
        settings.spec,
        settings.count_include_pad,
    )
    _offer_photo(settings, out)
    box = map_box(settings.region, window, (out.shape[0], out.shape[1]))
    what = _("Largest of each window") if settings.kind == MAX else _("Mean of each window")
    offer_photo_picture(settings, out, what, box)
    sentence = padding_sentence(settings, settings.size)
    below = BELOW + LINE * bool(sentence)
    left, right = st.columns(2)
    with left:
        picked = show_photo(
            photo.pixels,
            key="before",
            title=_(photo.name),
            detail=photo_detail(photo),
            lattice=window_lattice(window),
            box=settings.region.box,
            padding=window.padding,
            leftover=(0, 0) if settings.spec.ceil_mode else window.leftover(settings.size),
            below=below,
        )
    with right:
        on_map = show_pooled(
            out,
            key="after",
            title=what,
            detail=f"{out.shape[0]}×{out.shape[1]}",
            lattice=window_lattice(window),
            box=box,
            below=below,
        )
    looked = Looked.of(photo, settings.channels, out, window_lattice(window))
    how = Pooled("max" if settings.kind == MAX else "mean", window.kernel)
    show_lens(looked, how, key="pool lens", middle=settings.region.middle)
    if sentence:
        st.markdown(f":small[{sentence}]")
    if place := picked or on_map:
        pick_region(*place)


def _offer_photo(settings: PoolSettings, out: npt.NDArray[np.float32]) -> None:
    """The whole photo pooled, as arrays and as code."""

    def x() -> npt.NDArray[np.float64]:
        return to_chw(settings.photos[0].pixels, settings.channels)[None].astype(np.float64)

    pooled = np.atleast_3d(out).transpose(2, 0, 1)[None]  # (1, C, OH, OW)
    offer_arrays(lambda: {"x": x(), "out": pooled}, "pooling")
    offer_code(lambda: settings.code(x()), "pooling")


def forward_view(settings: PoolSettings) -> None:
    """The forward loop over the region."""
    size = (settings.region.rows, settings.region.columns)
    if sentence := padding_sentence(settings, size):
        st.markdown(f":small[{sentence}]")
    scene = _forward_scene(settings)
    start = picked_step(scene, settings.region, settings.spec.window)
    step_view(scene, "pooling", lambda: settings.code(settings.cut()), start=start)


def backward_view(settings: PoolSettings, gradient: DeltaGenerator) -> None:
    """The backward loop over the region: where each gradient goes. `gradient` is where dout is chosen."""
    out = _forward_scene(settings).panels["out"].values
    with gradient:
        dout = gradient_controls(out.shape, lambda: out)
    x, spec, counted = settings.cut(), settings.spec, settings.count_include_pad
    scene = backward_scene(dout, x, settings.kind, spec, counted, settings.ties)
    code = PoolBackwardCode(dout, settings.code(x), settings.ties)
    start = picked_step(scene, settings.region, spec.window)
    step_view(scene, "pooling-backward", lambda: code, start=start)


def _forward_scene(settings: PoolSettings) -> Scene:
    return forward_scene(settings.cut(), settings.kind, settings.spec, settings.count_include_pad)


def counts_view(settings: PoolSettings) -> None:
    """How many windows each cell of the region lies in."""
    size = (settings.region.rows, settings.region.columns)
    window = settings.spec.reaching(size)
    said = _(
        "Each number counts the windows that contain the cell. Where windows overlap, a cell "
        "can be the maximum of several, so its gradient must be added (+=), not assigned (=). "
        "A cell in no window gets no gradient."
    )
    show_counts(_("Pooling"), said, window, size, settings.spec.output_size(size), pooling=True)
