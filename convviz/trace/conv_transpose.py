"""The loop of a transposed convolution as a scene: each input cell stamps the filters onto the output."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.ops.conv_transpose import transposed_size
from convviz.ops.naive import conv_transpose_loops
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.panel import Access, Panel
from convviz.trace.scene import TERMS, Phase, Scene, Visit
from convviz.trace.tables import (
    cell_access,
    filter_access,
    image_planes,
    line_of,
    numbered,
    numbered_planes,
    units,
    window_access,
    window_variables,
)


def conv_transpose_scene(
    x: npt.ArrayLike, w: npt.ArrayLike, window: Window2d, output_padding: Pair = (0, 0)
) -> Scene:
    """Build the scene of `convviz.conv_transpose2d`, computed by the loops it shows.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    w
        Filters, shape (C, F, KH, KW).
    window, output_padding
        Kernel, stride, padding and dilation of the convolution whose dx this is, and what is kept besides; smaller
        than the stride.

    Returns
    -------
    Scene
        Loops n, c, i, j; for each input cell one step to read it, and one for each cell that its stamp reaches.

    Raises
    ------
    SpecError
        If the padding leaves no output.

    Examples
    --------
    >>> x = w = np.array([[[[0.0, 1.0], [2.0, 3.0]]]])
    >>> conv_transpose_scene(x, w, Window2d.make(2)).panels["out"].values[0, 0]
    array([[ 0.,  0.,  1.],
           [ 0.,  4.,  6.],
           [ 4., 12.,  9.]])
    """
    x, w = np.asarray(x, dtype=np.float64), np.asarray(w, dtype=np.float64)
    size = transposed_size((x.shape[2], x.shape[3]), window, output_padding)
    padded, filters = window.padded_size(size), w.shape[1]
    out_pad = conv_transpose_loops(x, w, padded, window.stride, window.dilation)
    source = lines_from_loop(conv_transpose_loops, "out_pad[n")
    panels, each_f = transposed_panels(x, w), numbered("f", filters)
    panels["out"] = Panel(
        "out",
        "out_pad[n]",
        out_pad,
        numbered_planes(n=len(x), f=filters),
        frame=window.padding,
        leftover=output_padding,
        fills="added",
    )
    return Scene(
        title=conv_transpose_loops.__name__,
        loops=tuple(zip("ncij", x.shape, strict=True)),
        panels=panels,
        accesses=transposed_accesses(x, w, window, size, "out"),
        phases=_phases(source),
        columns=(("x",), (TERMS,), ("out",)),
        tap_grid=w.shape[1:],
        tap_planes=each_f,
        source=source,
        variables=window_variables(window),
        units=units(x.shape, w[0].size + 1, N_("channel")),
        visit=Visit(
            N_(
                "x[{n}, {c}, {i}, {j}] = {x} stamps {x}·w[{c}] onto "
                "out_pad[{n}, :, {top}:{bottom}, {left}:{right}]"
            ),
            N_("where stamps overlap, they add up"),
        ),
    )


def transposed_panels(x: Floats, w: Floats) -> dict[str, Panel]:
    """The input and what each channel stamps, which both directions show."""
    stamps = numbered_planes(c=len(w), f=w.shape[1])
    return {
        "x": Panel("x", "x[n, c]", x, image_planes(x.shape), colours="image"),
        "w": Panel("w", "w[c]", w, stamps),
    }


def transposed_accesses(
    x: Floats, w: Floats, window: Window2d, size: Pair, large: str
) -> dict[str, Access]:
    """An input cell, its channel's stamp, and the window that it stamps on the panel of the output's size."""
    filters = w.shape[1]
    return {
        "x": cell_access("x", x.shape),
        "w": filter_access("w", w[0].size),
        large: window_access(large, window, size, filters, (filters, 0)),
    }


def _phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    cell = "out_pad[{n}, {channel}, {row}, {column}]"
    return (
        Phase(
            "cell",
            line_of(source, "value ="),
            N_(
                "Input cell x[{n}, {c}, {i}, {j}] = {x} stamps the filter onto "
                "out_pad[{n}, :, {top}:{bottom}, {left}:{right}]."
            ),
            reads=("x",),
            total=N_("where stamps overlap, they add up"),
        ),
        Phase(
            "stamp",
            line_of(source, "out_pad[n"),
            N_(
                "out_pad[{n}, {channel}, {row}, {column}] gains x × w = {a} × {(b)} = {term}: "
                "{before} → {after}"
            ),
            factors=("x", "w"),
            writes="out",
            by_tap=True,
            heading="x × w",
            total=f"{cell} = {{before}} + {{(term)}} = {{after}}",
            cell=cell,
            asks=N_(
                "{cell} holds {before}. What will it hold after x[{n}, {c}, {i}, {j}] = {x} stamps?"
            ),
        ),
    )
