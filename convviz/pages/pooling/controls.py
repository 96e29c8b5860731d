"""The sidebar of the Pooling page: every setting, and the spec they make."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

import streamlit as st

from convviz.export.code import PoolCode
from convviz.ops.pool import PoolKind, Ties
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Floats
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.photos.surroundings import Stepped, pooled_around
from convviz.text.i18n import N_, _
from convviz.ui.inputs.convolve_controls import channels_control
from convviz.ui.inputs.fold import fold
from convviz.ui.inputs.region_controls import around_control, region_controls
from convviz.ui.inputs.window_controls import pair_slider
from convviz.ui.state import link, live
from convviz.ui.state.shown import key_of
from convviz.ui.state.switch import is_on, switch

MAX, AVERAGE = N_("Max"), N_("Average")
SPLIT, FIRST = N_("Shared"), N_("First")
LARGEST_KERNEL, LARGEST_STRIDE, REGION = 8, 8, 6
MORE = ("channels", "axes", "ceil", "counted", "ties")
_KERNEL = "pooling kernel of the last run"


@dataclass(frozen=True)
class PoolSettings:
    """Everything the Pooling page shows, as chosen in its sidebar."""

    photos: list[Photo]
    channels: str
    kind: Literal["Max", "Average"]
    spec: PoolSpec
    count_include_pad: bool
    ties: Ties
    region: Region
    # Whether the region is a part of the photo, with the rest around it, not padding.
    by_photo: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """(height, width) of the photos."""
        return self.photos[0].size

    @property
    def how(self) -> PoolKind:
        """The pooling as operations and scripts name it."""
        return "max" if self.kind == MAX else "average"

    @cached_property
    def stepped(self) -> Stepped[PoolSpec]:
        """What the loop reads. Where the photo lies around the region, that begins where a stride does."""
        region, box, spec = self.region, self.region, self.spec
        if self.by_photo:
            box, spec = pooled_around(region, spec, self.size)
            region = region.on_stride(spec.window.stride)
        return Stepped(box.batch(self.photos, self.channels), spec, region, box)

    def code(self, x: Floats, spec: PoolSpec | None = None) -> PoolCode:
        """Pooling of an input as these settings have it, or with what a region needs, for its scripts."""
        return PoolCode(x, self.how, spec or self.spec, self.count_include_pad)


def pool_controls(photos: list[Photo]) -> PoolSettings:
    """Draw the controls in the sidebar and return what was chosen for these photos."""
    with st.sidebar:
        size = photos[0].size
        kind = link.choice(_("Pooling"), "pool", (MAX, AVERAGE))
        first, further = live.container(), fold(_("More settings"), "more", MORE)
        with further:
            channels = channels_control(photos[0])
        with first:
            spec = _spec(size, is_on("axes"), further)
        counted, ties = True, SPLIT
        with further:
            switch(_("Height and width separately"), "axes")
            if kind == AVERAGE:
                counted = _counted(spec)
            else:
                ties = link.choice(_("Gradient of equal maxima"), "ties", (SPLIT, FIRST))
        region = region_controls(photos[0], channels, spec.window, side=REGION)
        by_photo = around_control(region, spec.window, size)
    return PoolSettings(
        photos,
        channels,
        MAX if kind == MAX else AVERAGE,  # type: ignore[arg-type]
        spec,
        counted,
        "split" if ties == SPLIT else "first",
        region,
        by_photo,
    )


def _spec(size: tuple[int, int], per_axis: bool, further: AbstractContextManager[Any]) -> PoolSpec:
    kernel = pair_slider(_("Window size"), "kernel", (LARGEST_KERNEL,) * 2, 2, per_axis)
    _let_stride_follow(kernel)
    limits = (min(LARGEST_STRIDE, size[0]), min(LARGEST_STRIDE, size[1]))
    stride = pair_slider(_("Stride"), "stride", limits, kernel, per_axis)
    least = max(0, *(-(-(taps - side) // 2) for taps, side in zip(kernel, size, strict=True)))
    most = max(least, min(kernel) // 2)
    padding = link.slider(_("Padding on each side"), "pad", (least, most), least)
    with further:
        ceil_mode = switch(
            _("Round up (ceil mode)"),
            "ceil",
            help=_("A last window that hangs over the edge counts too."),
        )
    return PoolSpec.make(kernel, stride, padding, ceil_mode=ceil_mode)


def _let_stride_follow(kernel: tuple[int, int]) -> None:
    """A stride that was the kernel's size stays so when the kernel changes; by default it is, as in PyTorch.

    The whole page runs at once for that: the browser would send the slider's old value with each change before it
    hears of the new one.
    """
    before = st.session_state.get(_KERNEL, kernel)
    for key, was, now in zip((key_of("stride"), key_of("stride_w")), before, kernel, strict=True):
        if was != now and st.session_state.get(key) == was:
            live.move_control()
            st.session_state[key] = now
    st.session_state[_KERNEL] = kernel


def _counted(spec: PoolSpec) -> bool:
    """Whether padding cells count in the mean; only a question where there are any."""
    padded = spec.window.padding != ((0, 0), (0, 0))
    return switch(_("The mean counts padding"), "counted", on=True, disabled=not padded)
