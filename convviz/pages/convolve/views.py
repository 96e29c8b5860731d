"""The views of the Convolve page: the whole photo beside a feature map, and the loop over a region."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from convviz.browser.lens import Convolved, Looked, show_lens
from convviz.export.arrays import scene_arrays
from convviz.export.code import ConvCode
from convviz.ops.conv import conv2d
from convviz.ops.types import Floats
from convviz.pages.convolve.as_picture import NONE, choose_way, picture_part
from convviz.pictures.scales import scale_end
from convviz.text.i18n import N_, _
from convviz.text.windows import window_line
from convviz.text.words import shown_name
from convviz.ui.arithmetic import leftover_sentence, size_formula
from convviz.ui.cache import feature_map, region_scene
from convviz.ui.inputs.convolve_controls import ConvolveSettings, about_loop
from convviz.ui.inputs.photos import photo_note
from convviz.ui.inputs.region_controls import (
    loop_from,
    map_box,
    pick_region,
    picked_step,
    turn_to,
    window_lattice,
)
from convviz.ui.places import feature_maps, of_region
from convviz.ui.saying import plain_name
from convviz.ui.state import link
from convviz.ui.state.switch import switch
from convviz.ui.step_view import step_view
from convviz.ui.view import MapPart, Part, PhotoPart, PooledPart, View
from convviz.ui.view.inputs import input_parts

PHOTO, STEPS = N_("Photo and feature map"), N_("Step through the loop")
NAME = "convolution"
WHOLE = ("x", "w", "bias", "out")  # of the loop's accesses: every grid
BELOW = 406  # screen pixels kept for what stands above and below the pictures
CHOICE, NOTE = 76, 22  # the same for a choice, and a note below a picture


@dataclass(frozen=True)
class ShownParts:
    """What a view shows of the settings."""

    n: int = 0  # which image
    way: str = NONE  # how the map is shown as a picture too
    whole: bool = False  # whether the loop shows every grid at once


def photo_view(settings: ConvolveSettings, chosen: ShownParts) -> None:
    """A photo beside one of its feature maps. A click begins the loop there; a drag moves the region."""
    photo, spec, filters = settings.photos[chosen.n], settings.spec, settings.filters
    f = filters.shown
    weights, bias = filters.weights[f], float(filters.biases[f])
    values = feature_map(photo, settings.channels, weights, bias, spec)

    def code() -> ConvCode:
        x = photo.planes(settings.channels)[None].astype(np.float64)  # (1, C, H, W)
        return ConvCode(x, weights[None], filters.biases[f : f + 1], spec, filters.rotated)

    picked = View(
        [_("Convolve"), _("Photo and feature map")],
        NAME,
        [_pictures(settings, chosen, values)],
        [
            window_line(spec.window),
            size_formula(spec.window, settings.size),
            leftover_sentence(spec.window, settings.size, shaded=not photo.signed),
        ],
        lambda: code().arrays | {"out": values[None, None]},
        code,
    ).show()
    looked = Looked.of(photo, settings.channels, values, window_lattice(spec.window))
    middle = settings.region.middle
    show_lens(looked, Convolved(weights, bias, spec), key="lens", middle=middle)
    if place := next(filter(None, picked), None):
        pick_region(place[0], place[1], of=(chosen.n, f))


def _pictures(settings: ConvolveSettings, chosen: ShownParts, values: Floats) -> list[Part]:
    """The photo, its map, and the map as a picture where that is chosen."""
    photo, filters = settings.photos[chosen.n], settings.filters
    window, region = settings.spec.window, settings.region
    lattice, go = window_lattice(window), loop_from(STEPS, (chosen.n, filters.shown))
    below = BELOW + CHOICE * ((len(settings.photos) > 1) + (len(filters.names) > 1))
    picture = picture_part(settings, chosen.n, chosen.way, below + NOTE, go)
    below += NOTE * isinstance(picture, PooledPart)
    shown = PhotoPart(
        photo.pixels,
        "photo picture",
        shown_name(photo.name),
        lattice,
        note=photo_note(photo),
        box=region.box,
        padding=window.padding,
        leftover=window.leftover(settings.size),
        below=below,
        on_click=go,
    )
    its_map = MapPart(
        values,
        "map picture",
        _(filters.names[filters.shown]),
        lattice,
        box=map_box(region, window, (values.shape[0], values.shape[1])),
        limit=scale_end(values),
        below=below,
        quiet=True,
        slides=True,
        on_click=go,
    )
    return [*input_parts(photo, shown), its_map, picture]


def choose_shown(settings: ConvolveSettings, beside: AbstractContextManager[Any]) -> ShownParts:
    """Choose the image of the batch; and, in a place beside the view, how its map is shown as a picture."""
    n = 0
    if len(settings.photos) > 1:
        names = [photo.name for photo in settings.photos]
        n = names.index(link.choice(_("Image shown"), "shown_image", names, shown=plain_name))
    if settings.photos[0].signed:
        return ShownParts(n)
    with beside:
        return ShownParts(n, choose_way())


def region_output(settings: ConvolveSettings) -> Floats:
    """What the loop over the region computes, (N, F, OH, OW)."""
    filters, stepped = settings.filters, settings.stepped
    return conv2d(stepped.x, filters.weights, filters.biases, **stepped.spec.keywords)


def choose_grids() -> ShownParts:
    """Choose whether the loop shows every grid at once, as the course's demo does, or the products."""
    words = _(
        "Every channel, filter, bias and map, as in the course's demo, where they fit the screen."
    )
    return ShownParts(whole=switch(_("All grids at once"), "whole", help=words))


def loop_view(settings: ConvolveSettings, shown: ShownParts) -> None:
    """The loop over the region, one step at a time. The step is kept in the link."""
    filters, stepped = settings.filters, settings.stepped
    x, spec, region = stepped.x, stepped.spec, stepped.region
    scene = region_scene(x, filters.weights, filters.biases, spec, filters.rotated)
    window = settings.spec.window
    start = picked_step(scene, region, window)
    maps = feature_maps(settings.photos, settings.channels, filters, settings.spec)
    placed = of_region(
        scene, settings.photos, settings.channels, region, window, maps, stepped.box.box
    )

    def code() -> ConvCode:
        return ConvCode(x, filters.weights, filters.biases, spec, filters.rotated)

    whole = WHOLE if shown.whole else ()
    step_view(
        replace(placed, whole=whole),
        NAME,
        code,
        start=start,
        arrays=lambda: {**scene_arrays(scene), **code().arrays},
        leave=lambda: turn_to(PHOTO),
        about=about_loop(settings, _("Convolve"), _(STEPS)),
    )
