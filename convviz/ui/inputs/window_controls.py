"""Stride, padding and dilation: widgets that cannot be put into an illegal state."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any

import streamlit as st

from convviz.ops.frameworks import same_sides
from convviz.ops.padding import PADDING_MODES
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Pair, Sides
from convviz.ops.window import Window2d
from convviz.text.i18n import N_, _
from convviz.ui.state import link, live
from convviz.ui.state.shown import key_of

LARGEST_STRIDE = 8
LARGEST_PADDING = 7
LARGEST_DILATION = 64
KINDS = (N_("Amount"), N_("Same"), N_("Valid"))


def window_controls(
    kernel: Pair, size: Pair, per_axis: bool, further: AbstractContextManager[Any] | None = None
) -> Conv2dSpec:
    """Choose stride, padding and dilation for a kernel on an image of ``size`` (height, width).

    Where `further` is given, what is changed less often stands there.
    """
    further = nullcontext() if further is None else further
    with further:
        kind = link.choice(_("Padding"), "padding", KINDS)
        mode = "zeros" if kind == "Valid" else padding_mode_control()
    padding: int | str | Sides = kind.lower()
    limits = (min(LARGEST_STRIDE, size[0]), min(LARGEST_STRIDE, size[1]))
    stride = pair_slider(_("Stride"), "stride", limits, 1, per_axis)
    if kind == "Amount":
        padding = _padding_amount(size, per_axis, mode)
    with further:
        dilation = _dilation(kernel, size, per_axis)
        if kind == "Same":
            _say_same(stride)
            padding = same_sides(size, Window2d(kernel, stride, dilation=dilation))
    return Conv2dSpec.make(
        kernel, stride=stride, padding=padding, dilation=dilation, padding_mode=mode
    )


def is_same() -> bool:
    """Whether the padding was chosen by the word "same"."""
    return st.session_state.get(key_of("padding")) == "Same"


def _say_same(stride: Pair) -> None:
    """What "same" means with a stride, and why not everybody takes it."""
    live.depends_on("same with a stride", stride != (1, 1))
    if stride != (1, 1) and live.draws():
        st.caption(
            _(
                "With a stride, “same” means what it means in TensorFlow: an output of size ÷ stride, rounded up; "
                "an odd row of zeros goes below, an odd column to the right. PyTorch refuses it, for there the "
                "padding is fixed before the size of the input is known."
            )
        )


def padding_mode_control() -> str:
    """Choose what the cells around the image hold."""
    each = "; ".join(f"{_(mode.name)}: {_(mode.holds)}" for mode in PADDING_MODES.values())
    what = _("What the cells around the image hold. {modes}.").format(modes=each)
    return link.select(_("Padding mode"), "pad_mode", list(PADDING_MODES), help=what)


def pair_slider(
    label: str,
    key: str,
    limits: Pair,
    default: int | Pair,
    per_axis: bool,
    most: Pair | None = None,
) -> Pair:
    """One slider from 1 for both axes, or one for each axis when ``per_axis``.

    Where other settings often move the upper bounds, `limits` has the highest there are, `most` those in force.
    """
    start = (default, default) if isinstance(default, int) else default
    most = most or limits
    if not per_axis:
        value = link.slider(label, key, (1, min(limits)), start[0], most=min(most))
        return value, value
    down, across = live.columns(2)
    with down:
        height = link.slider(
            _("{setting} height").format(setting=label), key, (1, limits[0]), start[0], most=most[0]
        )
    with across:
        width = link.slider(
            _("{setting} width").format(setting=label),
            f"{key}_w",
            (1, limits[1]),
            start[1],
            most=most[1],
        )
    return height, width


def _padding_amount(size: Pair, per_axis: bool, mode: str) -> int | Sides:
    """Padding on each side, no larger than its mode allows on an image of ``size``."""
    most = (PADDING_MODES[mode].most(side) for side in size)
    limit = min([LARGEST_PADDING, *(each for each in most if each is not None)])
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


def _dilation(kernel: Pair, size: Pair, per_axis: bool) -> Pair:
    """Choose the dilation. Its slider stays as it is when the kernel changes; a sentence says what fits."""
    limits, most = (LARGEST_DILATION, LARGEST_DILATION), _dilation_limits(kernel, size)
    dilation = pair_slider(_("Dilation"), "dilation", limits, 1, per_axis, most)
    said = ""
    if any(now == end < LARGEST_DILATION for now, end in zip(dilation, most, strict=True)):
        said = _("Dilation {most} is the largest that fits this kernel.").format(most=min(most))
    live.depends_on("dilation that fits", said)
    if said and live.draws():
        st.caption(said)
    return dilation


def _dilation_limits(kernel: Pair, size: Pair) -> Pair:
    """Largest dilation that keeps the kernel inside the image."""

    def largest(taps: int, side: int) -> int:
        room = side - 1
        return max(1, min(LARGEST_DILATION, room // (taps - 1))) if taps > 1 else LARGEST_DILATION

    return largest(kernel[0], size[0]), largest(kernel[1], size[1])
