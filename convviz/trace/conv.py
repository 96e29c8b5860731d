"""The forward loop of a convolution as a scene."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.naive import conv_forward_naive, conv_group_loops, conv_loops, course_conv_param
from convviz.ops.naive.source import FLIP, lines_from_loop
from convviz.ops.padding import pad
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.checks import check_conv_scene
from convviz.trace.groups import group_access, group_variables, with_groups
from convviz.trace.panel import Access, Panel
from convviz.trace.scene import TERMS, Phase, Scene
from convviz.trace.tables import (
    cell_access,
    channel_names,
    filter_access,
    image_planes,
    line_of,
    named_planes,
    numbered,
    numbered_planes,
    products_phase,
    units,
)

TURNED = N_("w[f] turned 180°")


def conv_scene(
    x: npt.ArrayLike,
    w: npt.ArrayLike,
    b: npt.ArrayLike | None = None,
    spec: Conv2dSpec | None = None,
    *,
    rotated: bool = False,
) -> Scene:
    """Build the scene of ``out = conv(x, w) + b``, computed by the loops it shows.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    w
        Weights as they are multiplied, shape (F, C // groups, KH, KW).
    b
        Bias, shape (F,); zeros if None.
    spec
        Stride, padding, dilation, groups and padding mode; stride 1 without padding if None.
    rotated
        True if `w` was turned by 180° to make the cross-correlation a convolution. The heading says so, and the
        source begins with the line that turns it.

    Returns
    -------
    Scene
        Loops n, f, i, j; for each cell one step for the window, one for each product, one for the sum.

    Raises
    ------
    SpecError
        If the kernel does not fit the padded input, shapes disagree, or there is more than can be stepped.

    Examples
    --------
    >>> scene = conv_scene(np.ones((1, 1, 4, 5)), np.ones((2, 1, 3, 3)))
    >>> scene.loops
    (('n', 1), ('f', 2), ('i', 2), ('j', 3))
    >>> scene.panels["out"].values.shape
    (1, 2, 2, 3)
    """
    x, w, b, spec = as_arrays(x, w, b, spec, in_groups=True)
    size, filters, groups = (x.shape[2], x.shape[3]), len(w), spec.groups
    x_pad = pad(x, spec.window.padding, spec.padding_mode)
    if param := course_conv_param(spec):
        loop: Any = conv_forward_naive
        out: Floats = conv_forward_naive(x, w, b, param)[0]
    elif groups > 1:
        loop = conv_group_loops
        out = conv_group_loops(x_pad, w, b, spec.window.stride, spec.window.dilation, groups)
    else:
        loop = conv_loops
        out = conv_loops(x_pad, w, b, spec.window.stride, spec.window.dilation)
    source = (FLIP,) * rotated + lines_from_loop(loop, "out[n, f, i, j]")
    names = numbered_planes(n=len(x), f=filters)
    panels = input_panels(x_pad, w, size, spec.window, groups)
    if rotated:
        panels["w"] = replace(panels["w"], label=TURNED)
    panels["bias"] = Panel("bias", "b[f]", b[None])
    panels["out"] = Panel("out", "out[n, f]", out, names, fills="written")
    accesses = input_accesses(w, size, spec.window, groups)
    accesses["bias"] = filter_access("bias", 1)
    accesses["out"] = cell_access("out", out.shape)
    return Scene(
        title=loop.__name__,
        loops=tuple(zip("nfij", out.shape, strict=True)),
        panels=panels,
        accesses=accesses,
        phases=with_groups(_forward_phases(source), groups),
        columns=(("x",), (TERMS,), ("out",)),
        tap_grid=w.shape[1:],
        tap_planes=group_names(w.shape[1], groups),
        source=source,
        variables=group_variables(spec.window, w, groups),
        units=units(out.shape, w[0].size + 2, N_("filter")),
    )


def as_arrays(
    x: npt.ArrayLike,
    w: npt.ArrayLike,
    b: npt.ArrayLike | None,
    spec: Conv2dSpec | None,
    *,
    in_groups: bool = False,
) -> tuple[Floats, Floats, Floats, Conv2dSpec]:
    """The arguments of both scenes: arrays in float64; a bias of 0 and a plain window where they are None.

    Several groups are refused unless the loop goes `in_groups`.
    """
    x, w = np.asarray(x, dtype=np.float64), np.asarray(w, dtype=np.float64)
    b = np.zeros(len(w)) if b is None else np.asarray(b, dtype=np.float64)
    spec = Conv2dSpec.make(w.shape[-2:]) if spec is None else spec
    check_conv_scene(x, w, b, spec, in_groups=in_groups)
    return x, w, b, spec


def input_panels(
    x_pad: Floats, w: Floats, size: Pair, window: Window2d, groups: int = 1
) -> dict[str, Panel]:
    """The padded input and the filters, which both directions show."""
    own = group_names(w.shape[1], groups)
    return {
        "x": Panel(
            "x",
            "x_pad",
            x_pad,
            image_planes(x_pad.shape),
            colours="image",
            frame=window.padding,
            leftover=window.leftover(size),
        ),
        "w": Panel("w", "w[f]", w, named_planes(numbered("f", len(w)), own)),
    }


def group_names(channels: int, groups: int) -> tuple[str, ...]:
    """Names of the channels of one group; numbers where there are several groups."""
    return channel_names(channels) if groups == 1 else tuple(str(c) for c in range(channels))


def input_accesses(w: Floats, size: Pair, window: Window2d, groups: int = 1) -> dict[str, Access]:
    """The window of (i, j) in every channel of image n that filter f sees, and the numbers of filter f."""
    return {
        "x": group_access("x", window, size, w, groups),
        "w": filter_access("w", w[0].size),
    }


def _forward_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    return (
        Phase(
            "window",
            line_of(source, "x_window ="),
            N_(
                "Cell out[{n}, {f}, {i}, {j}]: cut out its window "
                "x_pad[{n}, :, {top}:{bottom}, {left}:{right}]."
            ),
            reads=("x",),
            total=N_("output = …"),
        ),
        *sum_phases(source, "x"),
    )


def sum_phases(source: tuple[str, ...], read: str) -> tuple[Phase, Phase]:
    """Multiply what an access reads by the filter, tap by tap; add the products and the bias."""
    return (
        products_phase(source, read, N_("output = …")),
        Phase(
            "sum",
            line_of(source, "out[n, f, i, j] ="),
            N_(
                "out[{n}, {f}, {i}, {j}] = sum of {taps} products {running} + bias {(bias)} = {result}"
            ),
            reads=("bias",),
            writes="out",
            cell="out[{n}, {f}, {i}, {j}]",
            total=N_("{parts} + bias {(bias)} = {result}"),
        ),
    )
