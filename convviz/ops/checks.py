"""Which shapes the operations take, checked before anything is computed; for dtypes see `convviz.ops.dtypes`."""

from __future__ import annotations

from typing import Literal, TypeAlias, get_args

from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError, require_word
from convviz.ops.types import Array, Shape

Ties: TypeAlias = Literal["split", "first"]


def check_gradient(dout: Array, expected: Shape) -> None:
    """Refuse a gradient that does not have the output's shape.

    Raises
    ------
    SpecError
        With the shape that the output has.
    """
    if dout.shape != expected:
        raise SpecError(
            "dout",
            dout.shape,
            expected,
            "dout has shape {value} but the output has {limit}",
            "use a gradient of the output's shape",
        )


def check_ties(ties: str) -> None:
    """Refuse a rule for equal maxima that is neither the course's nor PyTorch's."""
    require_word("ties", ties, get_args(Ties))


def check_conv_axes(x: Array, w: Array) -> None:
    """Refuse an input or filters with other axes than a convolution has, and filters without numbers."""
    if x.ndim not in (3, 4) or w.ndim != 4:
        raise SpecError(
            "x",
            x.shape,
            w.shape,
            "x has shape {value} and w {limit}",
            "use (N, C, H, W) or (C, H, W), and (F, C, KH, KW)",
        )
    if 0 in w.shape[:2]:
        raise SpecError(
            "w",
            w.shape,
            1,
            "w has shape {value}",
            "use at least {limit} filter and {limit} channel",
        )


def check_image_axes(x: Array) -> None:
    """Refuse an input of pooling that is no array, or has other axes than images have."""
    check_dtypes(x=x)
    if x.ndim not in (3, 4):
        raise SpecError("x", x.shape, 3, "x has shape {value}", "use (N, C, H, W) or (C, H, W)")


def check_bias(b: Array | None, filters: int) -> None:
    """Refuse biases that are not one for each filter."""
    if b is not None and b.shape != (filters,):
        raise SpecError(
            "b",
            b.shape,
            filters,
            "b has shape {value} for {limit} filters",
            "use shape ({limit},)",
        )


def check_conv_shapes(x: Array, w: Array, b: Array | None, groups: int = 1) -> None:
    """Refuse shapes of input, filters and biases that do not go together."""
    channels, filters = x.shape[-3], len(w)
    if channels % groups or filters % groups:
        raise SpecError(
            "groups",
            groups,
            (channels, filters),
            "groups {value} does not divide {channels} channels and {filters} filters",
            "use a common divisor of both",
            channels=channels,
            filters=filters,
        )
    if w.shape[1] != channels // groups:
        raise SpecError(
            "w",
            w.shape,
            channels,
            "w has {given} channels but x has {limit}"
            if groups == 1
            else "w has {given} channels but x has {limit} in {groups} groups",
            "use x of shape (N, C, H, W) and w of shape {shape}",
            given=w.shape[1],
            groups=groups,
            shape=(filters, channels // groups, *w.shape[2:]),
        )
    check_bias(b, filters)
