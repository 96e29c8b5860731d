"""The backward loops of max and average pooling as scenes: where the gradient of each output cell goes."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import Ties, check_gradient
from convviz.ops.naive import (
    avg_pool_backward_loops,
    course_pool_param,
    max_pool_backward_loops,
    max_pool_backward_naive,
)
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.padding import pad
from convviz.ops.pool import avg_divisor
from convviz.ops.pool.holders import holders_of
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Floats, Shape
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.checks import check_pool_scene
from convviz.trace.panel import Access, Panel
from convviz.trace.pool import pool_input, pool_window
from convviz.trace.pool_phases import (
    max_backward_phases,
    max_backward_visit,
    mean_backward_phases,
    mean_backward_visit,
)
from convviz.trace.scene import TERMS, Phase, Scene
from convviz.trace.tables import cell_access, image_planes, units, window_variables


def max_pool_backward_scene(
    dout: npt.ArrayLike, x: npt.ArrayLike, spec: PoolSpec, ties: Ties = "split"
) -> Scene:
    """Build the scene of the gradient of max pooling, computed by the loops it shows.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, C, OH, OW).
    x, spec
        As `max_pool_scene` takes them.
    ties
        "split": equal maxima share the gradient. "first": the first of them has it all.

    Returns
    -------
    Scene
        Loops n, c, i, j; for each cell of `dout` one step for its window, one for the maxima, one for the
        share, and one for each cell of the window.

    Examples
    --------
    >>> x = np.array([[[[1.0, 3], [3, 3]]]])
    >>> scene = max_pool_backward_scene(np.array([[[[6.0]]]]), x, PoolSpec.make(2))
    >>> scene.panels["dx"].values[0, 0].tolist()
    [[0.0, 2.0], [2.0, 2.0]]
    """
    dout, x = np.asarray(dout, dtype=np.float64), np.asarray(x, dtype=np.float64)
    check_pool_scene(x, spec)
    size = (x.shape[2], x.shape[3])
    check_gradient(dout, (*x.shape[:2], *spec.output_size(size)))
    window = spec.reaching(size)
    x_pad = pad(x, window.padding, value=-np.inf)
    if (param := course_pool_param(spec, size)) and ties == "split":
        loop: Any = max_pool_backward_naive
        dx = max_pool_backward_naive(dout, (x, param))
    else:
        loop, settings = max_pool_backward_loops, (window.kernel, window.stride, window.dilation)
        dx = max_pool_backward_loops(dout, x_pad, *settings, ties)
    is_max = _maxima(x_pad, window, ties)  # (N, C, OH, OW, KH * KW)
    count = is_max.sum(axis=-1)
    source = lines_from_loop(loop, "dx")
    hidden = {"is_max": is_max, "count": count, "share": dout / count}
    scene = _backward_scene(
        loop.__name__, x_pad, dout, dx, window, source, max_backward_phases(source), hidden
    )
    return replace(scene, visit=max_backward_visit(ties))


def avg_pool_backward_scene(
    dout: npt.ArrayLike, x: npt.ArrayLike, spec: PoolSpec, count_include_pad: bool = True
) -> Scene:
    """Build the scene of the gradient of average pooling, computed by the loops it shows.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, C, OH, OW).
    x, spec, count_include_pad
        As `avg_pool_scene` takes them. The gradient does not depend on the numbers in `x`.

    Returns
    -------
    Scene
        Loops n, c, i, j; for each cell of `dout` one step for the share and one for each cell of its window.

    Examples
    --------
    >>> x = np.zeros((1, 1, 2, 2))
    >>> scene = avg_pool_backward_scene(np.array([[[[6.0]]]]), x, PoolSpec.make(2))
    >>> scene.panels["dx"].values[0, 0].tolist()
    [[1.5, 1.5], [1.5, 1.5]]
    """
    dout, x = np.asarray(dout, dtype=np.float64), np.asarray(x, dtype=np.float64)
    check_pool_scene(x, spec)
    size = (x.shape[2], x.shape[3])
    check_gradient(dout, (*x.shape[:2], *spec.output_size(size)))
    window = spec.reaching(size)
    x_pad = pad(x, window.padding)
    divisor = avg_divisor(spec, size, count_include_pad)
    padded = window.padded_size(size)
    dx = avg_pool_backward_loops(dout, window.kernel, window.stride, divisor, padded)
    source = lines_from_loop(avg_pool_backward_loops, "dx_pad[n")
    everywhere = np.broadcast_to(divisor, dout.shape)
    hidden = {"divisor": everywhere, "share": dout / divisor}
    phases = mean_backward_phases(source)
    scene = _backward_scene(
        avg_pool_backward_loops.__name__, x_pad, dout, dx, window, source, phases, hidden
    )
    return replace(scene, visit=mean_backward_visit(phases))


def _maxima(x_pad: Floats, window: Window2d, ties: Ties) -> Floats:
    """1 for each tap that holds its window's maximum and is given gradient, else 0."""
    holders = np.stack(list(holders_of(x_pad, window, ties)), axis=-1)  # (N, C, OH, OW, KH * KW)
    return holders.astype(np.float64)


def _backward_scene(
    title: str,
    x_pad: Floats,
    dout: Floats,
    dx: Floats,
    window: Window2d,
    source: tuple[str, ...],
    phases: tuple[Phase, ...],
    hidden: dict[str, Floats],
) -> Scene:
    label = "dx_pad[n, c]" if window.padding != ((0, 0), (0, 0)) else "dx[n, c]"
    planes = image_planes(x_pad.shape)
    panels = {
        "x": pool_input(x_pad, window),
        "dout": Panel("dout", "dout[n, c]", dout, planes),
        "dx": Panel("dx", label, dx, planes, frame=window.padding, fills="added"),
    }
    accesses = {
        "x": pool_window("x", x_pad, window),
        "dout": cell_access("dout", dout.shape),
        "dx": pool_window("dx", x_pad, window),
    }
    for key, values in hidden.items():  # one row of numbers for each visit
        rows = values.reshape(*dout.shape[:2], dout.shape[2] * dout.shape[3], -1)
        panels[key] = Panel(key, key, rows, planes)
        accesses[key] = _row_access(key, rows.shape, dout.shape[3])
    steps = sum(window.kernel[0] * window.kernel[1] if phase.by_tap else 1 for phase in phases)
    return Scene(
        title=title,
        loops=tuple(zip("ncij", dout.shape, strict=True)),
        panels=panels,
        accesses=accesses,
        phases=phases,
        columns=(("x",), ("dout",), (TERMS,), ("dx",)),
        tap_grid=(1, *window.kernel),
        tap_planes=("",),
        source=source,
        variables=window_variables(window),
        units=units(dout.shape, steps, N_("channel")),
    )


def _row_access(panel: str, shape: Shape, out_w: int) -> Access:
    """Row i * OW + j of a panel (N, C, OH * OW, numbers)."""
    _, channels, rows, numbers = shape
    table = np.arange(rows * numbers, dtype=np.int32).reshape(rows, numbers)
    return Access(panel, table, (0, 0, out_w, 1), (channels * rows * numbers, rows * numbers, 0, 0))
