"""Stride, padding and dilation: widgets that cannot be put into an illegal state."""

from __future__ import annotations

import streamlit as st

from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, _
from convviz.ui.state import link

LARGEST_STRIDE = 8
LARGEST_PADDING = 7
LARGEST_DILATION = 6
LARGEST_EXTENT = 32
KINDS = (N_("Amount"), N_("Same"), N_("Valid"))
MODES = (N_("zeros"), N_("reflect"), N_("replicate"), N_("circular"))


def window_controls(kernel: Pair, size: Pair, per_axis: bool) -> Conv2dSpec:
    """Choose stride, padding and dilation for a kernel on an image of ``size`` (height, width)."""
    strides = st.container()
    kind = link.choice(_("Padding"), "padding", KINDS)
    mode = "zeros"
    padding: int | str | tuple[Pair, Pair] = kind.lower()
    if kind == "Amount":
        mirrored = _asked_mode() in ("reflect", "circular")
        padding = _padding_amount(size if mirrored else None, per_axis)
    if kind != "Valid":
        mode = link.select(
            _("Padding mode"),
            "pad_mode",
            MODES,
            help=_(
                "What the padding cells hold: zeros, the mirrored image, the edge repeated, "
                "or the opposite side."
            ),
        )
    if kind == "Same":
        strides.caption(_("Same padding needs stride 1, as in PyTorch."))
        stride = (1, 1)
    else:
        limits = (min(LARGEST_STRIDE, size[0]), min(LARGEST_STRIDE, size[1]))
        with strides:
            stride = pair_slider(_("Stride"), "stride", limits, 1, per_axis)
    dilation = pair_slider(_("Dilation"), "dilation", _dilation_limits(kernel, size), 1, per_axis)
    return Conv2dSpec.make(
        kernel, stride=stride, padding=padding, dilation=dilation, padding_mode=mode
    )


def pair_slider(label: str, key: str, limits: Pair, default: int | Pair, per_axis: bool) -> Pair:
    """One slider from 1 for both axes, or one for each axis when ``per_axis``."""
    start = (default, default) if isinstance(default, int) else default
    if not per_axis:
        value = link.slider(label, key, (1, min(limits)), start[0])
        return value, value
    down, across = st.columns(2)
    with down:
        height = link.slider(
            _("{setting} height").format(setting=label), key, (1, limits[0]), start[0]
        )
    with across:
        width = link.slider(
            _("{setting} width").format(setting=label), f"{key}_w", (1, limits[1]), start[1]
        )
    return height, width


def _asked_mode() -> str:
    """The padding mode, which stands below the amount that it limits."""
    return str(st.session_state.get("pad_mode", st.query_params.get("pad_mode")))


def _padding_amount(copied: Pair | None, per_axis: bool) -> int | tuple[Pair, Pair]:
    """Padding on each side, smaller than the image it is copied from, if it is."""
    limit = min([LARGEST_PADDING, *(side - 1 for side in copied or ())])
    if not per_axis:
        return link.slider(_("Padding on each side"), "pad", (0, limit), 1)
    sides = [
        link.slider(label, key, (0, limit), 1)
        for label, key in (
            (_("Padding top"), "pad"),
            (_("Padding bottom"), "pad_bottom"),
            (_("Padding left"), "pad_left"),
            (_("Padding right"), "pad_right"),
        )
    ]
    return (sides[0], sides[1]), (sides[2], sides[3])


def _dilation_limits(kernel: Pair, size: Pair) -> Pair:
    """Largest dilation that keeps the kernel inside the image and the region readable."""

    def largest(taps: int, side: int) -> int:
        fitting = [
            d
            for d in range(1, LARGEST_DILATION + 1)
            if Window2d.make(taps, dilation=d).extent[0] <= min(side, LARGEST_EXTENT)
        ]
        return max(fitting, default=1)

    return largest(kernel[0], size[0]), largest(kernel[1], size[1])
