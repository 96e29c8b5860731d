"""The views of the Pooling page: the photo before and after, both loops, and how often each cell is visited."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.browser.lens import Looked, Pooled, show_lens
from convviz.export.code import PoolBackwardCode
from convviz.ops.types import Floats
from convviz.pages.pooling.cached import (
    backward_scene,
    forward_scene,
    pooled_photo,
    small_pooled,
)
from convviz.pages.pooling.controls import MAX, PoolSettings
from convviz.pages.pooling.words import padding_sentence
from convviz.photos.images import to_chw
from convviz.text.i18n import N_, _
from convviz.text.windows import window_line
from convviz.trace import Scene
from convviz.ui.arithmetic import leftover_sentence, size_formula
from convviz.ui.counts import show_counts
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.photos import photo_detail
from convviz.ui.inputs.region_controls import (
    loop_from,
    map_box,
    pick_region,
    picked_step,
    turn_to,
    window_lattice,
)
from convviz.ui.internals import DeltaGenerator
from convviz.ui.places import Wholes, of_region
from convviz.ui.step_view import step_view
from convviz.ui.view import PhotoPart, PooledPart, View

PHOTO, FORWARD = N_("Photo"), N_("Forward")
BELOW, LINE = 275, 36  # screen pixels kept for what stands around the pictures, and for a note


def photo_view(settings: PoolSettings) -> None:
    """The photo beside what pooling leaves of it. A click begins the loop there; a drag moves the region."""
    photo, spec, size = settings.photos[0], settings.spec, settings.size
    window, region, lattice = spec.window, settings.region, window_lattice(spec.window)
    counted = settings.count_include_pad
    out = pooled_photo(photo, settings.channels, settings.kind, spec, counted)
    sentence = padding_sentence(settings, size)
    below = BELOW + LINE * bool(sentence)

    def x() -> Floats:
        return to_chw(photo.pixels, settings.channels)[None].astype(np.float64)  # (1, C, H, W)

    parts = (
        PhotoPart(
            photo.pixels,
            "pool photo",
            _(photo.name),
            lattice,
            photo_detail(photo),
            box=region.box,
            padding=window.padding,
            leftover=(0, 0) if spec.ceil_mode else window.leftover(size),
            below=below,
            on_click=loop_from(FORWARD),
        ),
        PooledPart(
            out,
            "pool map",
            _title(settings),
            lattice,
            box=map_box(region, window, (out.shape[0], out.shape[1])),
            below=below,
            on_click=loop_from(FORWARD),
        ),
    )
    view = View(
        [_("Pooling"), _("Photo"), _(settings.kind)],
        "pooling",
        [parts],
        [
            window_line(window, pooling=True),
            size_formula(window, size, spec.ceil_mode),
            "" if spec.ceil_mode else leftover_sentence(window, size),
            sentence,
        ],
        lambda: {"x": x(), "out": np.atleast_3d(out).transpose(2, 0, 1)[None]},
        lambda: settings.code(x()),
    )
    on_photo, on_map = view.show()
    looked = Looked.of(photo, settings.channels, out, lattice)
    how = Pooled("max" if settings.kind == MAX else "mean", window.kernel)
    show_lens(looked, how, key="pool lens", middle=region.middle)
    if place := on_photo or on_map:
        pick_region(*place)


def forward_view(settings: PoolSettings) -> None:
    """The forward loop over the region."""
    size = (settings.region.rows, settings.region.columns)
    if sentence := padding_sentence(settings, size):
        st.markdown(f":small[{sentence}]")
    scene = _forward_scene(settings)
    start = picked_step(scene, settings.region, settings.spec.window)
    placed = _placed(scene, settings)
    step_view(
        placed,
        "pooling",
        lambda: settings.code(settings.cut()),
        start=start,
        leave=lambda: turn_to(PHOTO),
        about=_about(settings, _(FORWARD)),
    )


def backward_view(settings: PoolSettings, gradient: DeltaGenerator) -> None:
    """The backward loop over the region: where each gradient goes. `gradient` is where dout is chosen."""
    out = _forward_scene(settings).panels["out"].values
    with gradient:
        dout = gradient_controls(out.shape, lambda: out)
    x, spec, counted = settings.cut(), settings.spec, settings.count_include_pad
    scene = backward_scene(dout, x, settings.kind, spec, counted, settings.ties)
    code = PoolBackwardCode(dout, settings.code(x), settings.ties)
    start = picked_step(scene, settings.region, spec.window)
    about = _about(settings, _("Backward"))
    step_view(_placed(scene, settings), "pooling-backward", lambda: code, start=start, about=about)


def _about(settings: PoolSettings, view: str) -> list[str]:
    """A title, and what is stepped through."""
    spec, region = settings.spec, settings.region
    return [
        f"{_('Pooling')} · {view}",
        ", ".join(_(photo.name) for photo in settings.photos),
        _(settings.kind),
        window_line(spec.window, pooling=True),
        size_formula(spec.window, (region.rows, region.columns), spec.ceil_mode).replace("**", ""),
    ]


def _placed(scene: Scene, settings: PoolSettings) -> Scene:
    """A loop of the page with its place on the photos and on what pooling leaves of them."""
    spec, channels = settings.spec, settings.channels
    planes = dict(scene.loops)["c"]  # each channel is pooled by itself
    pictures = [
        small_pooled(photo, channels, settings.kind, spec, settings.count_include_pad)
        for photo in settings.photos
        for _channel in range(planes)
    ]
    size = spec.output_size(settings.size)
    maps = Wholes(size, tuple(pictures), (_title(settings),) * len(pictures))
    return of_region(scene, settings.photos, channels, settings.region, spec.window, maps)


def _title(settings: PoolSettings) -> str:
    return _("Largest of each window") if settings.kind == MAX else _("Mean of each window")


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
