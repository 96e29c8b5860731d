"""The controls of a convolution of photos: every setting, and the spec they make."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import streamlit as st

from convviz.ops.spec import Conv2dSpec
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.photos.surroundings import Stepped, Surrounded
from convviz.text.i18n import N_, _
from convviz.text.windows import window_line
from convviz.text.words import shown_name
from convviz.ui.arithmetic import size_formula
from convviz.ui.inputs.filter_controls import (
    FilterPlaces,
    Filters,
    filter_controls,
)
from convviz.ui.inputs.fold import fold
from convviz.ui.inputs.region_controls import (
    AROUND,
    DEFAULT_REGION,
    around_control,
    region_controls,
)
from convviz.ui.inputs.window_controls import window_controls
from convviz.ui.state import link, live
from convviz.ui.state.switch import is_on, switch

LARGEST_KERNEL, LARGEST_TYPED = 15, 32  # on photos, and on numbers
FOLDED = ("padding", "pad_mode", "dilation", "dilation_w", "axes")
CHANNELS = (N_("RGB"), N_("Gray"))
ALL = "all"


@dataclass(frozen=True)
class ConvolveSettings:
    """What is chosen on Convolve, Backward and As a matrix."""

    photos: list[Photo]
    channels: str
    filters: Filters
    spec: Conv2dSpec
    region: Region
    # Whether the region is a part of the photo, with the rest around it, not padding.
    by_photo: bool = False

    @property
    def planes(self) -> tuple[str, ...]:
        """Names of the input's channels."""
        return self.photos[0].channel_names(self.channels)

    @cached_property
    def stepped(self) -> Stepped[Conv2dSpec]:
        """What the loop reads. Where the photo lies around the region, that begins where a stride does."""
        if not self.by_photo:
            x = self.region.batch(self.photos, self.channels)
            return Stepped(x, self.spec, self.region, self.region)
        around = Surrounded.by_photo(self.region, self.spec, self.size)
        x, spec = around.padded([photo.planes(self.channels) for photo in self.photos], self.spec)
        return Stepped(x, spec, self.region.on_stride(self.spec.window.stride), around.box)

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the photos."""
        return self.photos[0].size


def convolve_controls(
    photos: list[Photo],
    first: AbstractContextManager[Any],
    choice: AbstractContextManager[Any],
    *,
    by_name: bool = False,
    side: int = DEFAULT_REGION,
    with_bias: bool = True,
    around: str = "",
) -> ConvolveSettings:
    """Draw the controls and return what was chosen.

    Parameters
    ----------
    photos
        Of one size.
    first
        A place for those that are changed most; the others stand in the sidebar.
    choice, by_name
        A place for the choice of the filter looked at, and whether it has room for names.
    side
        Rows and columns of the region to begin with.
    with_bias
        Whether biases can be chosen; 0 otherwise.
    around
        What lies around the region to begin with, one of `AROUND`, where that can be chosen; else padding does.
    """
    size = photos[0].size
    further = st.sidebar if live.reads() else st.sidebar.container()
    with further:
        channels = channels_control(photos[0])
    with st.sidebar:
        folded = fold(_("Padding and dilation"), "padding", FOLDED)
    per_axis = is_on("axes")
    places = FilterPlaces(first, further, choice, by_name, with_bias)
    planes = photos[0].channel_names(channels)
    largest = LARGEST_TYPED if photos[0].signed else LARGEST_KERNEL
    filters = filter_controls(planes, min(largest, *size), per_axis, places)
    with first:
        spec = window_controls(filters.kernel, size, per_axis, folded)
    with folded:
        switch(_("Height and width separately"), "axes")
    with st.sidebar:
        region = region_controls(
            photos[0], channels, spec.window, mode=spec.padding_mode, side=side
        )
        # Cells copied from the photo's other side have no place in a region that a gradient could go to.
        asks = around and (around == AROUND[0] or spec.padding_mode != "circular")
        by_photo = bool(asks) and around_control(region, spec.window, size, around)
    return ConvolveSettings(photos, channels, filters, spec, region, by_photo)


def channels_control(photo: Photo) -> str:
    """Choose "rgb" or "gray" for a photo; "all" for numbers, which have the channels that they have."""
    live.depends_on("channels of the input", photo.signed)
    return ALL if photo.signed else link.choice(_("Channels"), "channels", CHANNELS).lower()


def about_loop(settings: ConvolveSettings, page: str, view: str) -> list[str]:
    """A title, and what is stepped through: images, filters, window and sizes."""
    window, region = settings.spec.window, settings.region
    return [
        f"{page} · {view}",
        ", ".join(shown_name(photo.name) for photo in settings.photos),
        ", ".join(map(_, settings.filters.names)),
        window_line(window),
        size_formula(window, region.size).replace("**", ""),
    ]
