"""The backward pass of a convolution as a matrix product: what each column gained goes back to its window."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import check_gradient
from convviz.ops.naive import col2im_loops
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.spec import Conv2dSpec
from convviz.text.i18n import N_
from convviz.trace.columns import (
    column_units,
    column_variables,
    columns_access,
    columns_panel,
    without_filters,
)
from convviz.trace.conv import as_arrays
from convviz.trace.panel import Panel
from convviz.trace.scene import TERMS, Phase, Scene, Visit
from convviz.trace.tables import (
    channel_names,
    line_of,
    named_planes,
    numbered,
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
    names = named_planes(numbered("n", len(x)), channel_names(channels))
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
