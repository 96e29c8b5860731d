"""The forward loops of max and average pooling as scenes."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.naive import (
    avg_pool_loops,
    course_pool_param,
    max_pool_forward_naive,
    max_pool_loops,
)
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.padding import pad
from convviz.ops.pool import avg_divisor
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Floats
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.checks import check_pool_scene
from convviz.trace.panel import Access, Panel
from convviz.trace.pool_phases import max_phases, mean_phases
from convviz.trace.scene import TERMS, Phase, Scene
from convviz.trace.tables import (
    cell_access,
    image_planes,
    units,
    window_access,
    window_variables,
)


def max_pool_scene(x: npt.ArrayLike, spec: PoolSpec) -> Scene:
    """Build the scene of max pooling, computed by the loops it shows.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    spec
        Kernel, stride, padding, dilation and ``ceil_mode``.

    Returns
    -------
    Scene
        Loops n, c, i, j; for each cell one step for the window, one for each number in it, one for the maximum.

    Raises
    ------
    SpecError
        If the kernel does not fit the padded input.

    Examples
    --------
    >>> scene = max_pool_scene(np.arange(16.0).reshape(1, 1, 4, 4), PoolSpec.make(2))
    >>> scene.title, scene.panels["out"].values[0, 0].tolist()
    ('max_pool_forward_naive', [[5.0, 7.0], [13.0, 15.0]])
    """
    x = np.asarray(x, dtype=np.float64)
    check_pool_scene(x, spec)
    size = (x.shape[2], x.shape[3])
    window = spec.reaching(size)
    x_pad = pad(x, window.padding, value=-np.inf)
    if param := course_pool_param(spec, size):
        loop: Any = max_pool_forward_naive
        out = max_pool_forward_naive(x, param)[0]
    else:
        loop = max_pool_loops
        out = max_pool_loops(x_pad, window.kernel, window.stride, window.dilation)
    source = lines_from_loop(loop, "out[n, c, i, j]")
    return _forward_scene(loop.__name__, x_pad, out, window, source, max_phases(source), {})


def avg_pool_scene(x: npt.ArrayLike, spec: PoolSpec, count_include_pad: bool = True) -> Scene:
    """Build the scene of average pooling, computed by the loops it shows.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    spec
        Kernel, stride, padding and ``ceil_mode``.
    count_include_pad
        Whether padding cells count in the divisor.

    Returns
    -------
    Scene
        Loops n, c, i, j; for each cell one step for the window, one for each number in it, one for the mean.

    Examples
    --------
    >>> scene = avg_pool_scene(np.arange(16.0).reshape(1, 1, 4, 4), PoolSpec.make(2))
    >>> scene.panels["out"].values[0, 0].tolist()
    [[2.5, 4.5], [10.5, 12.5]]
    """
    x = np.asarray(x, dtype=np.float64)
    check_pool_scene(x, spec)
    size = (x.shape[2], x.shape[3])
    window = spec.reaching(size)
    x_pad = pad(x, window.padding)
    divisor = avg_divisor(spec, size, count_include_pad)
    out = avg_pool_loops(x_pad, window.kernel, window.stride, divisor)
    source = lines_from_loop(avg_pool_loops, "out[n, c, i, j]")
    more = {"divisor": Panel("divisor", "divisor", divisor)}
    return _forward_scene(
        avg_pool_loops.__name__, x_pad, out, window, source, mean_phases(source), more
    )


def pool_input(x_pad: Floats, window: Window2d) -> Panel:
    """The padded input."""
    label = "x_pad" if window.padding != ((0, 0), (0, 0)) else "x"
    return Panel(
        "x",
        label,
        x_pad,
        image_planes(x_pad.shape),
        colours="image",
        frame=window.padding,
        leftover=window.unpadded.leftover((x_pad.shape[2], x_pad.shape[3])),
    )


def pool_window(panel: str, x_pad: Floats, window: Window2d) -> Access:
    """The window of (i, j) in channel c of image n of a padded panel."""
    padded = (x_pad.shape[2], x_pad.shape[3])
    return window_access(panel, window.unpadded, padded, 1, (x_pad.shape[1], 1))


def _forward_scene(
    title: str,
    x_pad: Floats,
    out: Floats,
    window: Window2d,
    source: tuple[str, ...],
    phases: tuple[Phase, ...],
    more: dict[str, Panel],
) -> Scene:
    out_h, out_w = out.shape[2:]
    each_window = np.arange(out_h * out_w, dtype=np.int32)[:, None]
    hidden = {key: Access(key, each_window, (0, 0, out_w, 1), (0, 0, 0, 0)) for key in more}
    names = image_planes(out.shape)
    return Scene(
        title=title,
        loops=tuple(zip("ncij", out.shape, strict=True)),
        panels={
            "x": pool_input(x_pad, window),
            "out": Panel("out", "out[n, c]", out, names, colours="image", fills="written"),
            **more,
        },
        accesses={
            "x": pool_window("x", x_pad, window),
            "out": cell_access("out", out.shape),
            **hidden,
        },
        phases=phases,
        columns=(("x",), (TERMS,), ("out",)),
        tap_grid=(1, *window.kernel),
        tap_planes=("",),
        source=source,
        variables=window_variables(window),
        units=units(out.shape, window.kernel[0] * window.kernel[1] + 2, N_("channel")),
    )
