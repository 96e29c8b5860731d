"""The views of the Pooling page: the photo before and after, both loops, and how often each cell is visited."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
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
from convviz.pictures.scales import signed_limit
from convviz.text.i18n import N_, _
from convviz.text.windows import window_line
from convviz.text.words import shown_name
from convviz.trace import Scene
from convviz.ui.arithmetic import leftover_sentence, size_formula
from convviz.ui.counts import show_counts
from convviz.ui.inputs.gradient_controls import gradient_controls
from convviz.ui.inputs.photos import photo_note
from convviz.ui.inputs.published import show_published
from convviz.ui.inputs.region_controls import (
    loop_from,
    map_box,
    pick_region,
    picked_step,
    turn_to,
    window_lattice,
)
from convviz.ui.internals.elements import DeltaGenerator
from convviz.ui.places import Wholes, of_region
from convviz.ui.step_view import step_view
from convviz.ui.view import MapPart, Part, PhotoPart, PooledPart, View
from convviz.ui.view.inputs import MOST_SHOWN, input_parts

PHOTO, FORWARD = N_("Photo"), N_("Forward")
PART = N_(
    "dout is 0 in the cells of the map that are not stepped through, so dx is the same as for the whole photo."
)
BELOW = 284  # screen pixels kept for what stands around the pictures
SENTENCE, LINE = 36, 22  # the same for a sentence above them, and for a line


def photo_view(settings: PoolSettings) -> None:
    """The photo beside what pooling leaves of it. A click begins the loop there; a drag moves the region."""
    photo, spec, size = settings.photos[0], settings.spec, settings.size
    window, region, lattice = spec.window, settings.region, window_lattice(spec.window)
    counted = settings.count_include_pad
    out = pooled_photo(photo, settings.channels, settings.how, spec, counted)
    sentence = padding_sentence(settings, spec, size)

    def x() -> Floats:
        return photo.planes(settings.channels)[None].astype(np.float64)  # (1, C, H, W)

    picked = View(
        [_("Pooling"), _("Photo"), _(settings.kind)],
        "pooling",
        [_pictures(settings, out, sentence)],
        [
            window_line(window, pooling=True),
            size_formula(window, size, spec.ceil_mode),
            ""
            if spec.ceil_mode
            else leftover_sentence(window, size, shaded=not photo.signed, pooled=True),
            sentence,
        ],
        lambda: {"x": x(), "out": np.atleast_3d(out).transpose(2, 0, 1)[None]},
        lambda: settings.code(x()),
    ).show()
    looked = Looked.of(photo, settings.channels, out, lattice)
    how = Pooled("max" if settings.kind == MAX else "mean", window.kernel)
    show_lens(looked, how, key="pool lens", middle=region.middle)
    if place := next(filter(None, picked), None):
        pick_region(*place)


def _pictures(settings: PoolSettings, out: npt.NDArray[np.floating], sentence: str) -> list[Part]:
    """The photo, and what pooling leaves; as high as the window lets them be below what is said."""
    photo, spec, size = settings.photos[0], settings.spec, settings.size
    leftover = (0, 0) if spec.ceil_mode else spec.window.leftover(size)
    said = SENTENCE * (bool(sentence) + any(leftover))
    below = BELOW + said + LINE * (bool(said) and size[0] != size[1]) + LINE * bool(photo.notes)
    shown = PhotoPart(
        photo.pixels,
        "pool photo",
        shown_name(photo.name),
        window_lattice(spec.window),
        note=photo_note(photo),
        box=settings.region.box,
        padding=spec.window.padding,
        leftover=leftover,
        below=below,
        on_click=loop_from(FORWARD),
    )
    return [*input_parts(photo, shown), *_results(settings, out, below)]


def _results(
    settings: PoolSettings, out: npt.NDArray[np.floating], below: int
) -> list[PooledPart | MapPart]:
    """What pooling leaves: a photo again, or a map for each channel of numbers."""
    photo, window = settings.photos[0], settings.spec.window
    lattice, box = (
        window_lattice(window),
        map_box(settings.region, window, (out.shape[0], out.shape[1])),
    )
    title, go = _title(settings), loop_from(FORWARD)
    if not photo.signed:
        return [PooledPart(out, "pool map", title, lattice, box=box, below=below, on_click=go)]
    planes = np.atleast_3d(out).transpose(2, 0, 1)[:MOST_SHOWN]  # (C, OH, OW)
    limit = signed_limit(planes) or None
    names = photo.channel_names(settings.channels)
    return [
        MapPart(
            np.ascontiguousarray(plane),
            f"pool map {c}",
            f"{title} {name}".strip(),
            lattice,
            box=box,
            limit=limit,
            below=below,
            on_click=go,
        )
        for c, (plane, name) in enumerate(zip(planes, names, strict=False))
    ]


def forward_view(settings: PoolSettings) -> None:
    """The forward loop over the region."""
    stepped = settings.stepped
    if sentence := padding_sentence(settings, stepped.spec, stepped.size):
        st.markdown(f":small[{sentence}]")
    scene = _forward_scene(settings)
    start = picked_step(scene, settings.region, settings.spec.window)
    step_view(
        _placed(scene, settings),
        "pooling",
        lambda: settings.code(stepped.x, stepped.spec),
        start=start,
        leave=lambda: turn_to(PHOTO),
        about=_about(settings, _(FORWARD)),
    )


def backward_view(settings: PoolSettings, gradient: DeltaGenerator) -> None:
    """The backward loop over the region: where each gradient goes. `gradient` is where dout is chosen."""
    stepped = settings.stepped
    out = _forward_scene(settings).panels["out"].values
    with gradient:
        dout = gradient_controls(out.shape, lambda: out)
    if settings.by_photo:
        st.markdown(f":small[{_(PART)}]")
    x, spec, counted = stepped.x, stepped.spec, settings.count_include_pad
    scene = backward_scene(dout, x, settings.how, spec, counted, settings.ties)
    code = PoolBackwardCode(dout, settings.code(x, spec), settings.ties)
    with st.sidebar:
        show_published("pooling", settings.photos[0], lambda: {"dx": scene.panels["dx"].values})
    start = picked_step(scene, settings.region, settings.spec.window)
    about = _about(settings, _("Backward"))
    placed = _placed(scene, settings)
    step_view(placed, "pooling-backward", lambda: code, start=start, about=about)


def _about(settings: PoolSettings, view: str) -> list[str]:
    """A title, and what is stepped through."""
    spec, region = settings.spec, settings.region
    return [
        f"{_('Pooling')} · {view}",
        ", ".join(shown_name(photo.name) for photo in settings.photos),
        _(settings.kind),
        window_line(spec.window, pooling=True),
        size_formula(spec.window, region.size, spec.ceil_mode).replace("**", ""),
    ]


def _placed(scene: Scene, settings: PoolSettings) -> Scene:
    """A loop of the page with its place on the photos and on what pooling leaves of them."""
    spec, channels = settings.spec, settings.channels
    planes = dict(scene.loops)["c"]  # each channel is pooled by itself
    pictures = [
        small_pooled(photo, channels, settings.how, spec, settings.count_include_pad, c)
        for photo in settings.photos
        for c in range(planes)
    ]
    size = spec.output_size(settings.size)
    maps = Wholes(size, tuple(pictures), (_title(settings),) * len(pictures))
    stepped = settings.stepped
    return of_region(
        scene, settings.photos, channels, stepped.region, spec.window, maps, stepped.box.box
    )


def _title(settings: PoolSettings) -> str:
    return _("Largest of each window") if settings.kind == MAX else _("Mean of each window")


def _forward_scene(settings: PoolSettings) -> Scene:
    stepped = settings.stepped
    return forward_scene(stepped.x, settings.how, stepped.spec, settings.count_include_pad)


def counts_view(settings: PoolSettings) -> None:
    """How many windows each cell of the region lies in."""
    size = settings.region.size
    window = settings.spec.reaching(size)
    said = _(
        "Each number counts the windows that contain the cell. Where windows overlap, a cell "
        "can be the maximum of several, so its gradient must be added (+=), not assigned (=). "
        "A cell in no window gets no gradient."
    )
    show_counts(_("Pooling"), said, window, size, settings.spec.output_size(size), pooling=True)
