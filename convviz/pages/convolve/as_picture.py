"""The result of a filter as a picture, beside the signed map: of the gray photo, or of each channel by itself."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convviz.ops.filters import PRESETS, keeps_brightness
from convviz.ops.types import Floats, Pair
from convviz.pictures.scales import clipped
from convviz.text.i18n import N_, _
from convviz.ui.cache import filtered_photo
from convviz.ui.inputs.bank import CUSTOM
from convviz.ui.inputs.convolve_controls import ConvolveSettings
from convviz.ui.inputs.filter_controls import Filters
from convviz.ui.inputs.region_controls import map_box, window_lattice
from convviz.ui.state import link
from convviz.ui.view import NoPart, PooledPart

GRAY, COLOUR, NONE = N_("Gray picture"), N_("Colour picture"), N_("Signed map only")
WORDS = {GRAY: N_("Gray"), COLOUR: N_("Colour"), NONE: N_("None")}
_KEY = "map as picture"


def choose_way() -> str:
    """Choose how the map is shown as a picture, where it is one. It stands on the page for every filter."""
    return link.choice(
        _("The result as a picture"),
        "picture",
        [*WORDS],
        shown=lambda way: _(WORDS[way]),
        help=_(
            "Beside the map, where the filtered photo is a picture again: blurred, say, or sharpened."
        ),
    )


def picture_part(
    settings: ConvolveSettings, n: int, chosen: str, below: int, on_click: Callable[[Pair], None]
) -> PooledPart | NoPart:
    """The map of image n as a picture; nothing where it is none, or is not to be shown as one."""
    f, filters, window = settings.filters.shown, settings.filters, settings.spec.window
    weights, bias = filters.weights[f], float(filters.biases[f])
    way = _way(chosen, weights)
    if way == NONE or settings.photos[n].signed or not _is_picture(filters):
        return NoPart(_KEY)
    channels = "gray" if way == GRAY else "rgb"
    kernels = _kernels(weights, 1 if way == GRAY else 3)
    photo = settings.photos[n]
    values = filtered_photo(photo, channels, kernels, bias, settings.spec)
    shown, beyond = clipped(values)
    return PooledPart(
        shown,
        _KEY,
        _(way),
        window_lattice(window),
        note=_said(channels, beyond, values.size),
        box=map_box(settings.region, window, (values.shape[0], values.shape[1])),
        below=below,
        on_click=on_click,
    )


def _way(chosen: str, weights: Floats) -> str:
    """The way chosen; a filter that does not do the same in each channel has no gray picture."""
    return COLOUR if chosen == GRAY and not (weights == weights[0]).all() else chosen


def _is_picture(filters: Filters) -> bool:
    """Whether the result of the filter shown is a picture; of a preset whose numbers were changed, that preset's.

    So the picture does not come and go while a person changes one number after the other.
    """
    if filters.names[filters.shown] == CUSTOM and filters.begun:
        return keeps_brightness(PRESETS[filters.begun].of_size(filters.kernel).kernel)
    return keeps_brightness(filters.weights[filters.shown])


def _kernels(weights: Floats, count: int) -> Floats:
    """A kernel for each of so many channels: the map's own, or the one that all of its channels have."""
    if len(weights) == count:
        return weights
    return np.repeat(weights[:1], count, axis=0)


def _said(channels: str, beyond: int, numbers: int) -> str:
    """How the picture was made, and what it cannot show."""
    made = (
        _("The gray photo, filtered.")
        if channels == "gray"
        else _("Depthwise: each channel by itself.")
    )
    if not beyond:
        return made
    cut = _("Clipped to 0–255: {count} of {numbers} numbers.")
    return f"{made} {cut.format(count=f'{beyond:,}', numbers=f'{numbers:,}')}"
