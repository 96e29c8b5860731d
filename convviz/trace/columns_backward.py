"""The backward pass of a convolution as matrix products: dw, and the columns that go back to their windows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import check_gradient
from convviz.ops.naive import col2im_loops, dw_product_loops
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Shape
from convviz.text.i18n import N_
from convviz.trace.columns import (
    column_units,
    column_variables,
    columns_access,
    columns_panel,
    padded_and_columns,
    without_filters,
)
from convviz.trace.conv import as_arrays
from convviz.trace.panel import Access, Panel
from convviz.trace.scene import TERMS, Phase, Scene, Unit, Variable, Visit
from convviz.trace.tables import (
    cell_access,
    channel_names,
    image_planes,
    line_of,
    named_planes,
    numbered,
    products_phase,
    window_access,
)


def col2im_scene(
    dout: npt.ArrayLike, x: npt.ArrayLike, w: npt.ArrayLike, spec: Conv2dSpec | None = None
) -> Scene:
    """Build the scene of `convviz.col2im` of ``dx_cols = w_rows.T @ dout_rows``, computed by the loops it shows.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, F, OH, OW).
    x, w, spec
        As `conv_scene` takes them.

    Returns
    -------
    Scene
        Loops n, i, j; for each window one step for its column, and one for each cell that gains from it.

    Examples
    --------
    >>> scene = col2im_scene(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)))
    >>> scene.panels["dx"].values[0, 0]  # in how many windows each cell lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    x, w, _, spec = as_arrays(x, w, None, spec)
    dout = np.asarray(dout, dtype=np.float64)
    size, channels, window = (x.shape[2], x.shape[3]), w.shape[1], spec.window
    out = spec.output_size(size)
    check_gradient(dout, (len(x), len(w), *out))
    dx_cols = w.reshape(len(w), -1).T @ dout.reshape(
        *dout.shape[:2], -1
    )  # (N, C * KH * KW, OH * OW)
    padded = (*x.shape[:2], *window.padded_size(size))
    dx_pad = col2im_loops(dx_cols, padded, window.kernel, window.stride, window.dilation)
    source = lines_from_loop(col2im_loops, "dx_pad[n")
    names = image_planes(x.shape)
    dx = Panel("dx", "dx_pad[n]", dx_pad, names, frame=window.padding, fills="added")
    return Scene(
        title=col2im_loops.__name__,
        loops=(("n", len(x)), ("i", out[0]), ("j", out[1])),
        panels={"cols": columns_panel("dx_cols[n]", dx_cols), "dx": dx},
        accesses={
            "cols": without_filters(columns_access(dx_cols.shape[1], out)),
            "dx": without_filters(window_access("dx", window, size, channels, (channels, 0))),
        },
        phases=_phases(source),
        columns=(("cols",), (TERMS,), ("dx",)),
        tap_grid=w.shape[1:],
        tap_planes=channel_names(channels),
        source=source,
        variables=column_variables(window, out),
        units=column_units(len(x), out, w[0].size + 1),
        visit=Visit(
            N_("column {k} of dx_cols is added to dx_pad[{n}, :, {top}:{bottom}, {left}:{right}]"),
            N_("each of its {taps} numbers is added to a cell: windows overlap"),
        ),
    )


def dw_product_scene(
    dout: npt.ArrayLike, x: npt.ArrayLike, w: npt.ArrayLike, spec: Conv2dSpec | None = None
) -> Scene:
    """Build the scene of ``dw = dout_rows @ x_cols.T``, computed by the loops it shows.

    Parameters
    ----------
    dout, x, w, spec
        As `col2im_scene` takes them; of the filters only the shape counts.

    Returns
    -------
    Scene
        Loops f, c, u, v; for each weight one step for the numbers it met, one for each product, one for the sum.

    Examples
    --------
    >>> scene = dw_product_scene(np.ones((1, 1, 2, 2)), np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2)))
    >>> scene.panels["dw"].values[0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    x, w, _, spec = as_arrays(x, w, None, spec)
    dout = np.asarray(dout, dtype=np.float64)
    out = spec.output_size((x.shape[2], x.shape[3]))
    check_gradient(dout, (len(x), len(w), *out))
    _x_pad, x_cols = padded_and_columns(x, spec)
    x_cols = np.concatenate([*x_cols], axis=1)  # (C * KH * KW, N * OH * OW)
    dout_rows = dout.swapaxes(0, 1).reshape(len(w), -1)  # (F, N * OH * OW)
    dw = dw_product_loops(dout_rows, x_cols, w.shape)
    source = lines_from_loop(dw_product_loops, "dw[f, c, u, v]")
    _, channels, height, width = w.shape
    taps = x_cols.shape[1]
    row = np.arange(taps, dtype=np.int32)[None]
    names = named_planes(numbered("f", len(w)), channel_names(channels))
    return Scene(
        title=dw_product_loops.__name__,
        loops=tuple(zip("fcuv", w.shape, strict=True)),
        panels={
            "dout": Panel("dout", "dout_rows", dout_rows),
            "cols": Panel("cols", "x_cols", x_cols),
            "dw": Panel("dw", "dw[f, c]", dw, names, fills="written"),
        },
        accesses={
            "dout": Access("dout", row, (0, 0, 0, 0), (taps, 0, 0, 0)),
            "cols": Access(
                "cols", row, (0, 0, 0, 0), (0, taps * height * width, taps * width, taps)
            ),
            "dw": cell_access("dw", w.shape),
        },
        phases=_dw_phases(source),
        columns=(("dout", "cols"), (TERMS,), ("dw",)),
        tap_grid=(len(x), *out),
        tap_planes=numbered("n", len(x)),
        source=source,
        variables=(Variable("k", (0, height * width, width, 1)),),
        units=_weight_units(w.shape, taps + 2),
    )


def _weight_units(shape: Shape, visit: int) -> tuple[Unit, ...]:
    """Jumps by window, weight, row of the kernel, channel and filter."""
    filters, channels, height, width = shape
    jumps = [Unit(N_("window"), 1), Unit(N_("weight"), visit), Unit(N_("row"), visit * width)]
    plane = visit * width * height
    if channels > 1:
        jumps.append(Unit(N_("channel"), plane))
    if filters > 1:
        jumps.append(Unit(N_("filter"), plane * channels))
    return tuple(jumps)


def _dw_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    total = N_("gradient = …")
    return (
        Phase(
            "row",
            line_of(source, "met ="),
            N_(
                "Weight w[{f}, {c}, {u}, {v}] met row {k} of x_cols, one number in each of {taps} windows."
            ),
            reads=("cols",),
            total=total,
        ),
        replace(
            products_phase(source, "dout", total, by="cols"),
            sentence=N_("Window {tap} of {taps}: {a} × {(b)} = {term}. Sum so far {running}."),
        ),
        Phase(
            "sum",
            line_of(source, "dw[f, c, u, v] ="),
            N_("dw[{f}, {c}, {u}, {v}] = sum of {taps} products = {result}"),
            writes="dw",
            cell="dw[{f}, {c}, {u}, {v}]",
            total=N_("{parts} = {result}"),
        ),
    )


def _phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    cell = "dx_pad[{n}, {channel}, {row}, {column}]"
    return (
        Phase(
            "column",
            line_of(source, "column ="),
            N_(
                "Column {k} of dx_cols goes back to its window, "
                "dx_pad[{n}, :, {top}:{bottom}, {left}:{right}]."
            ),
            reads=("cols",),
            total=N_("its numbers are added to dx_pad"),
        ),
        Phase(
            "add",
            line_of(source, "dx_pad[n"),
            N_(
                "dx_pad[{n}, {channel}, {row}, {column}] gains number {tap} of the column, {term}: "
                "{before} → {after}"
            ),
            factors=("cols",),
            writes="dx",
            by_tap=True,
            heading=N_("column"),
            total="dx_pad[{n}, {channel}, {row}, {column}] = {before} + {(term)} = {after}",
            cell=cell,
            asks=N_("{cell} holds {before}. What will it hold after column {k} is added?"),
        ),
    )
