"""A convolution as one matrix product, as scenes: windows become columns, and columns meet the filters' rows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from convviz.ops.naive import im2col_loops, product_loops
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.padding import pad
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.conv import as_arrays, input_accesses, input_panels, sum_phases
from convviz.trace.panel import Access, Fills, Panel
from convviz.trace.scene import TERMS, Phase, Scene, Unit, Variable, Visit
from convviz.trace.tables import (
    cell_access,
    channel_names,
    filter_access,
    line_of,
    numbered,
    numbered_planes,
    units,
    window_variables,
)


def im2col_scene(x: npt.ArrayLike, w: npt.ArrayLike, spec: Conv2dSpec | None = None) -> Scene:
    """Build the scene of `convviz.im2col`, computed by the loops it shows.

    Parameters
    ----------
    x, w, spec
        As `conv_scene` takes them; of the filters only the shape counts.

    Returns
    -------
    Scene
        Loops n, i, j; for each window one step to cut it out, and one for each number of its column.

    Examples
    --------
    >>> scene = im2col_scene(np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2)))
    >>> scene.panels["cols"].values[0, :, 3]  # the last window
    array([4., 5., 7., 8.])
    """
    x, w, _, spec = as_arrays(x, w, None, spec)
    size, window = (x.shape[2], x.shape[3]), spec.window
    x_pad, x_cols = padded_and_columns(x, spec)
    out = spec.output_size(size)
    source = lines_from_loop(im2col_loops, "x_cols[n")
    return Scene(
        title=im2col_loops.__name__,
        loops=(("n", len(x)), ("i", out[0]), ("j", out[1])),
        panels={
            "x": input_panels(x_pad, w, size, window)["x"],
            "cols": columns_panel("x_cols[n]", x_cols, fills="added"),
        },
        accesses={
            "x": without_filters(input_accesses(w, size, window)["x"]),
            "cols": without_filters(columns_access(x_cols.shape[1], out)),
        },
        phases=_im2col_phases(source),
        columns=(("x",), (TERMS,), ("cols",)),
        tap_grid=w.shape[1:],
        tap_planes=channel_names(w.shape[1]),
        source=source,
        variables=column_variables(window, out),
        units=column_units(len(x), out, w[0].size + 1),
        visit=Visit(
            N_("x_pad[{n}, :, {top}:{bottom}, {left}:{right}] becomes column {k} of x_cols"),
            N_("its {taps} numbers, row by row, channel by channel"),
        ),
    )


def product_scene(
    x: npt.ArrayLike,
    w: npt.ArrayLike,
    b: npt.ArrayLike | None = None,
    spec: Conv2dSpec | None = None,
) -> Scene:
    """Build the scene of the product of the filters with the columns of `im2col_scene`.

    Parameters
    ----------
    x, w, b, spec
        As `conv_scene` takes them.

    Returns
    -------
    Scene
        Loops n, f, i, j; for each cell one step for its column, one for each product, one for the sum.

    Examples
    --------
    >>> scene = product_scene(np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2)))
    >>> scene.panels["out"].values[0, 0]
    array([[ 8., 12.],
           [20., 24.]])
    """
    x, w, b, spec = as_arrays(x, w, b, spec)
    size, window = (x.shape[2], x.shape[3]), spec.window
    x_pad, x_cols = padded_and_columns(x, spec)
    w_rows = w.reshape(len(w), -1)
    out = product_loops(x_cols, w_rows, b, spec.output_size(size)[1])
    source = lines_from_loop(product_loops, "out[n, f, i, j]")
    names = numbered_planes(n=len(x), f=len(w))
    return Scene(
        title=product_loops.__name__,
        loops=tuple(zip("nfij", out.shape, strict=True)),
        panels={
            "x": input_panels(x_pad, w, size, window)["x"],
            "w": Panel("w", "w_rows", w_rows),
            "cols": columns_panel("x_cols[n]", x_cols),
            "bias": Panel("bias", "b[f]", b[None]),
            "out": Panel("out", "out[n, f]", out, names, fills="written"),
        },
        accesses={
            "x": input_accesses(w, size, window)["x"],
            "w": filter_access("w", w[0].size),
            "cols": columns_access(x_cols.shape[1], (out.shape[2], out.shape[3])),
            "bias": filter_access("bias", 1),
            "out": cell_access("out", out.shape),
        },
        phases=_product_phases(source),
        columns=(("w", "x"), ("cols",), (TERMS,), ("out",)),
        tap_grid=w.shape[1:],
        tap_planes=channel_names(w.shape[1]),
        source=source,
        variables=(Variable("k", (0, 0, out.shape[3], 1)),),
        units=units(out.shape, w[0].size + 2, N_("filter")),
    )


def padded_and_columns(x: Floats, spec: Conv2dSpec) -> tuple[Floats, Floats]:
    """The padded input, and its matrix of windows, (N, C * KH * KW, OH * OW)."""
    window = spec.window
    x_pad = pad(x, window.padding, spec.padding_mode)
    return x_pad, im2col_loops(x_pad, window.kernel, window.stride, window.dilation)


def columns_panel(label: str, columns: Floats, fills: Fills = "given") -> Panel:
    """A matrix of columns, a plane for each image."""
    return Panel("cols", label, columns, numbered("n", len(columns)), fills=fills)


def columns_access(rows: int, out: Pair) -> Access:
    """Column i * W_out + j of image n, from top to bottom, for loops n, f, i, j."""
    windows = out[0] * out[1]
    table = np.arange(windows)[:, None] + windows * np.arange(rows)  # (windows, rows)
    return Access("cols", table.astype(np.int32), (0, 0, out[1], 1), (rows * windows, 0, 0, 0))


def without_filters(access: Access) -> Access:
    """An access for loops n, f, i, j as one for loops n, i, j."""

    def dropped(strides: tuple[int, ...]) -> tuple[int, ...]:
        return strides[0], *strides[2:]

    return replace(
        access,
        row_strides=dropped(access.row_strides),
        offset_strides=dropped(access.offset_strides),
    )


def column_variables(window: Window2d, out: Pair) -> tuple[Variable, ...]:
    """Where the window begins and ends, and the number of its column, for loops n, i, j."""
    sides = (
        Variable(each.name, (0, *each.strides[2:]), each.offset)
        for each in window_variables(window)
    )
    return *sides, Variable("k", (0, out[1], 1))


def column_units(images: int, out: Pair, visit: int) -> tuple[Unit, ...]:
    """Jumps by number, column, row of windows and image."""
    jumps = (Unit(N_("tap"), 1), Unit(N_("column"), visit), Unit(N_("row"), visit * out[1]))
    image = Unit(N_("image"), visit * out[0] * out[1])
    return (*jumps, image) if images > 1 else jumps


def _im2col_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    cell = "x_cols[{n}, {row}, {column}]"
    return (
        Phase(
            "window",
            line_of(source, "x_window ="),
            N_("Window {k}: cut out x_pad[{n}, :, {top}:{bottom}, {left}:{right}]."),
            reads=("x",),
            total=N_("its numbers become a column of x_cols"),
        ),
        Phase(
            "column",
            line_of(source, "x_cols[n"),
            N_(
                "Number {tap} of {taps} of the window, {term}, is copied to row {row} of column {column}."
            ),
            factors=("x",),
            writes="cols",
            by_tap=True,
            heading=N_("window"),
            total=f"{cell} = {{term}}",
            cell=cell,
            asks=N_("What will {cell} hold once window {k} is copied into its column?"),
        ),
    )


def _product_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    return (
        Phase(
            "column",
            line_of(source, "column ="),
            N_("Cell out[{n}, {f}, {i}, {j}]: its window is column {k} of x_cols."),
            reads=("cols", "x"),
            total=N_("output = …"),
        ),
        *sum_phases(source, "cols"),
    )
