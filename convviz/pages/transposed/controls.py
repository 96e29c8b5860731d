"""The sidebar of the Transposed page, and the window and the arrays they make."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from convviz.ops.conv_transpose import transposed_size
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.photos.images import Photo
from convviz.text.i18n import _
from convviz.ui.inputs.convolve_controls import LARGEST_KERNEL, channels_control
from convviz.ui.inputs.filter_controls import FilterPlaces, filter_controls
from convviz.ui.inputs.fold import fold
from convviz.ui.inputs.region_controls import region_controls
from convviz.ui.state import link
from convviz.ui.state.switch import is_on, switch

LARGEST_STRIDE, LARGEST_DILATION, REGION = 4, 3, 3
MORE = ("channels", "more", "operation", "axes")
ANY = Window2d.make(1)  # a region of any size will do: a stamp needs one cell


@dataclass(frozen=True)
class TransposedSettings:
    """Everything the Transposed page shows, as chosen in its sidebar."""

    photo: Photo
    x: Floats  # the region of every photo, (N, C, rows, columns)
    w: Floats  # what each channel stamps for each filter, (C, F, KH, KW)
    window: Window2d  # of the convolution whose dx this is
    output_padding: Pair

    @property
    def size(self) -> Pair:
        """(H, W) of the input."""
        return self.x.shape[2], self.x.shape[3]

    @property
    def output_size(self) -> Pair:
        """(OH, OW)."""
        return transposed_size(self.size, self.window, self.output_padding)


def transposed_controls(
    photos: list[Photo], first: AbstractContextManager[Any]
) -> TransposedSettings:
    """Draw the controls in the sidebar, those changed most in their place, and return what was chosen."""
    with st.sidebar:
        further = fold(_("More settings"), "more", MORE)
        with further:
            channels = channels_control(photos[0])
        with first:
            planes = photos[0].channel_names(channels)
            places = FilterPlaces(nullcontext(), further, nullcontext(), with_bias=False)
            filters = filter_controls(planes, LARGEST_KERNEL, is_on("axes"), places)
            stride = link.slider(_("Stride"), "stride", (1, LARGEST_STRIDE), 2)
        region = region_controls(photos[0], channels, ANY, side=REGION)
        with first:
            window, more = _window(filters.kernel, stride, region.size)
        with further:
            switch(_("Height and width separately"), "axes")
    w = np.ascontiguousarray(filters.weights.transpose(1, 0, 2, 3))
    return TransposedSettings(photos[0], region.batch(photos, channels), w, window, more)


def _window(kernel: Pair, stride: int, size: Pair) -> tuple[Window2d, Pair]:
    """Padding that leaves an output, output padding below the stride, and dilation."""
    dilation = link.slider(_("Dilation"), "dilation", (1, LARGEST_DILATION), 1)
    bare = Window2d.make(kernel, stride, 0, dilation)
    most = (min(transposed_size(size, bare)) - 1) // 2
    padding = link.slider(_("Padding cut off on each side"), "pad", (0, most), 0)
    more = link.slider(_("Output padding"), "output_padding", (0, stride - 1), 0)
    return Window2d.make(kernel, stride, padding, dilation), (more, more)
