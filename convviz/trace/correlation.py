"""The gradient of a convolution's input as the scene of a convolution."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.ops.naive import dx_correlation_loops
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.padding import pad
from convviz.ops.transposed import full_padding, spread_out, turned_filters
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.panel import Panel
from convviz.trace.scene import TERMS, Phase, Scene
from convviz.trace.tables import (
    cell_access,
    channel_names,
    filter_access,
    line_of,
    named_planes,
    numbered,
    products_phase,
    units,
    window_access,
    window_variables,
)


def correlation_scene(dout: npt.ArrayLike, w: npt.ArrayLike, window: Window2d, size: Pair) -> Scene:
    """Build the scene of `convviz.ops.transposed.full_correlation`, computed by the loops it shows.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, F, OH, OW).
    w
        Filters, shape (F, C, KH, KW).
    window, size
        Kernel, stride, padding and dilation of the forward pass, and (H, W) of its input.

    Returns
    -------
    Scene
        Loops n, c, i, j; for each cell of dx_pad one step for its window, one for each product, one for the sum.

    Examples
    --------
    >>> scene = correlation_scene(np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), Window2d.make(2), (3, 3))
    >>> scene.panels["dx"].values[0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    w_turned = turned_filters(np.asarray(w, dtype=np.float64))
    spread = spread_out(np.asarray(dout, dtype=np.float64), window.stride)
    around = Window2d(window.kernel, (1, 1), full_padding(window, size), window.dilation)
    spread_pad = pad(spread, around.padding)
    dx_pad = dx_correlation_loops(spread_pad, w_turned, window.dilation)
    source = lines_from_loop(dx_correlation_loops, "dx_pad[n, c, i, j]")
    filters = w_turned.shape[1]
    spread_size = (spread.shape[2], spread.shape[3])
    return Scene(
        title=dx_correlation_loops.__name__,
        loops=tuple(zip("ncij", dx_pad.shape, strict=True)),
        panels=_panels(spread_pad, w_turned, dx_pad, around, window),
        accesses={
            "dout": window_access("dout", around, spread_size, filters, (filters, 0)),
            "w": filter_access("w", w_turned[0].size),
            "dx": cell_access("dx", dx_pad.shape),
        },
        phases=_phases(source, filters),
        columns=(("dout",), (TERMS,), ("dx",)),
        tap_grid=w_turned.shape[1:],
        tap_planes=numbered("f", filters),
        source=source,
        variables=tuple(end for end in window_variables(around) if end.name in ("bottom", "right")),
        units=units(dx_pad.shape, w_turned[0].size + 2, N_("channel")),
    )


def _panels(
    spread_pad: Floats, w_turned: Floats, dx_pad: Floats, around: Window2d, window: Window2d
) -> dict[str, Panel]:
    """The spread-out gradient with its padding, the turned filters, and dx_pad with the padding of the input."""
    channels, filters = w_turned.shape[:2]
    each_n, each_f = numbered("n", len(spread_pad)), numbered("f", filters)
    names = channel_names(channels)
    spread_planes, turned_planes = named_planes(each_n, each_f), named_planes(names, each_f)
    return {
        "dout": Panel(
            "dout", N_("dout, spread out"), spread_pad, spread_planes, frame=around.padding
        ),
        "w": Panel("w", N_("w, turned 180°"), w_turned, turned_planes),
        "dx": Panel(
            "dx",
            "dx_pad[n, c]",
            dx_pad,
            named_planes(each_n, names),
            frame=window.padding,
            fills="written",
        ),
    }


def _phases(source: tuple[str, ...], filters: int) -> tuple[Phase, ...]:
    cell = "dx_pad[{n}, {c}, {i}, {j}]"
    return (
        Phase(
            "window",
            line_of(source, "dout_window ="),
            N_(
                "Cell dx_pad[{n}, {c}, {i}, {j}]: cut out its window of the spread-out dout, rows "
                "{i}:{bottom}, columns {j}:{right}."
            ),
            reads=("dout",),
            total=f"{cell} = …",
        ),
        products_phase(source, "dout", f"{cell} = …"),
        Phase(
            "sum",
            line_of(source, "dx_pad[n, c, i, j] ="),
            N_("dx_pad[{n}, {c}, {i}, {j}] = sum of {taps} products = {result}"),
            writes="dx",
            cell=cell,
            total="{parts} = {result}" if filters > 1 else f"{cell} = {{result}}",
        ),
    )
