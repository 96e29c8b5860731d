"""The result of a filter as a picture, beside the signed map: of the gray photo, or of each channel by itself."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.ops.filters import keeps_brightness
from convviz.ops.types import Floats
from convviz.pictures.scales import clipped
from convviz.text.i18n import N_, _
from convviz.ui.cache import filtered_photo
from convviz.ui.inputs.bank import CUSTOM
from convviz.ui.inputs.convolve_controls import ConvolveSettings
from convviz.ui.inputs.region_controls import map_box, window_lattice
from convviz.ui.state import link, live
from convviz.ui.view import PooledPart

GRAY, COLOUR, NONE = N_("Gray picture"), N_("Colour picture"), N_("Signed map only")
_PICTURE, _USUAL = "picture", "picture usual"


def picture_way(settings: ConvolveSettings) -> str:
    """Choose how the map is shown as a picture; "" where it is not.

    It is offered where the filtered photo is a picture again, and for a custom filter made of such a one.
    """
    filters, way = settings.filters, NONE
    weights = filters.weights[filters.shown]
    if not settings.photos[0].signed and _is_offered(filters.names[filters.shown], weights):
        alike = bool((weights == weights[0]).all())
        ways = [GRAY, COLOUR, NONE] if alike else [COLOUR, NONE]
        way = link.choice(_("The result as a picture"), _PICTURE, ways, show_label=False)
    live.depends_on("as picture", way != NONE)  # a place more or less
    return "" if way == NONE else way


def picture_part(settings: ConvolveSettings, n: int, way: str, below: int) -> PooledPart | None:
    """The map of image n as a picture; None where it is not shown so."""
    if not way:
        return None
    f, filters, window = settings.filters.shown, settings.filters, settings.spec.window
    weights, bias = filters.weights[f], float(filters.biases[f])
    channels = "gray" if way == GRAY else "rgb"
    kernels = _kernels(weights, 1 if way == GRAY else 3)
    photo = settings.photos[n]
    values = filtered_photo(photo, channels, kernels, bias, settings.spec)
    shown, beyond = clipped(values)
    return PooledPart(
        shown,
        "map as picture",
        _(way),
        window_lattice(window),
        note=_said(channels, beyond, values.size),
        box=map_box(settings.region, window, (values.shape[0], values.shape[1])),
        below=below,
    )


def _is_offered(name: str, weights: Floats) -> bool:
    """Whether the filter's result is a picture; while a person changes its numbers, as before that."""
    if name != CUSTOM or _USUAL not in st.session_state:
        st.session_state[_USUAL] = keeps_brightness(weights)
    return bool(st.session_state[_USUAL])


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
