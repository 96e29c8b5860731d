"""The backward loop of a transposed convolution as a scene: each input cell gathers what lies under its stamp."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import check_gradient
from convviz.ops.conv_transpose import transposed_size
from convviz.ops.naive import conv_transpose_backward_loops
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.padding import pad
from convviz.ops.types import Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.conv_transpose import transposed_accesses, transposed_panels
from convviz.trace.panel import Panel
from convviz.trace.scene import TERMS, Phase, Scene, Visit
from convviz.trace.tables import (
    cell_access,
    filter_access,
    image_planes,
    line_of,
    numbered,
    numbered_planes,
    products_phase,
    units,
    window_variables,
)


def conv_transpose_backward_scene(
    dout: npt.ArrayLike,
    x: npt.ArrayLike,
    w: npt.ArrayLike,
    window: Window2d,
    output_padding: Pair = (0, 0),
) -> Scene:
    """Build the scene of the two gradients of `convviz.conv_transpose2d`, computed by the loops it shows.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, F, OH, OW).
    x, w, window, output_padding
        As `conv_transpose_scene` takes them.

    Returns
    -------
    Scene
        Loops n, c, i, j; for each input cell one step for the window under its stamp, one for each product,
        one for the sum, and one for each weight that gains.

    Raises
    ------
    SpecError
        If the padding leaves no output, or `dout` has another shape than the output.

    Examples
    --------
    >>> x = w = np.array([[[[0.0, 1.0], [2.0, 3.0]]]])
    >>> scene = conv_transpose_backward_scene(np.ones((1, 1, 3, 3)), x, w, Window2d.make(2))
    >>> scene.panels["dx"].values[0, 0]
    array([[6., 6.],
           [6., 6.]])
    """
    x, w = np.asarray(x, dtype=np.float64), np.asarray(w, dtype=np.float64)
    dout = np.asarray(dout, dtype=np.float64)
    size, filters = transposed_size((x.shape[2], x.shape[3]), window, output_padding), w.shape[1]
    check_gradient(dout, (len(x), filters, *size))
    dout_pad = pad(dout, window.padding)
    dx, dw = conv_transpose_backward_loops(dout_pad, x, w, window.stride, window.dilation)
    source = lines_from_loop(conv_transpose_backward_loops, "dw[c] +=")
    panels, each_f = transposed_panels(x, w), numbered("f", filters)
    names = image_planes(x.shape)
    panels["dout"] = Panel(
        "dout",
        "dout_pad[n]",
        dout_pad,
        numbered_planes(n=len(x), f=filters),
        frame=window.padding,
    )
    panels["dx"] = Panel("dx", "dx[n, c]", dx, names, fills="written")
    panels["dw"] = Panel("dw", "dw[c]", dw, panels["w"].planes, fills="added")
    accesses = transposed_accesses(x, w, window, size, "dout")
    accesses["dx"] = cell_access("dx", x.shape)
    accesses["dw"] = filter_access("dw", w[0].size)
    return Scene(
        title=conv_transpose_backward_loops.__name__,
        loops=tuple(zip("ncij", x.shape, strict=True)),
        panels=panels,
        accesses=accesses,
        phases=_phases(source),
        columns=(("x", "w"), ("dout",), (TERMS,), ("dw", "dx")),
        tap_grid=w.shape[1:],
        tap_planes=each_f,
        source=source,
        variables=window_variables(window),
        units=units(x.shape, 2 * w[0].size + 2, N_("channel")),
        visit=Visit(
            N_(
                "dout_pad[{n}, :, {top}:{bottom}, {left}:{right}] lies under the stamp of x[{n}, {c}, {i}, {j}]: "
                "dx[{n}, {c}, {i}, {j}] = {dx}, dw[{c}] gains {x}·window"
            ),
            N_("each is added to its cell of dw[{c}]"),
        ),
    )


def _phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    total = N_("gradient = …")
    return (
        Phase(
            "window",
            line_of(source, "under ="),
            N_(
                "x[{n}, {c}, {i}, {j}] stamped dout_pad[{n}, :, {top}:{bottom}, {left}:{right}]: "
                "cut out the gradient there."
            ),
            reads=("dout",),
            total=total,
        ),
        products_phase(source, "dout", total),
        Phase(
            "sum",
            line_of(source, "dx[n, c, i, j] ="),
            N_("dx[{n}, {c}, {i}, {j}] = sum of {taps} products = {result}"),
            writes="dx",
            total=N_("{parts} = {result}"),
        ),
        Phase(
            "dw",
            line_of(source, "dw[c] +="),
            N_(
                "dw[{c}, {channel}, {u}, {v}] gains x × dout = {a} × {(b)} = {term}: {before} → {after}"
            ),
            factors=("x", "dout"),
            writes="dw",
            by_tap=True,
            heading="x × dout",
            total="dw[{c}, {channel}, {u}, {v}] = {before} + {(term)} = {after}",
            cell="dw[{c}, {channel}, {u}, {v}]",
            asks=N_(
                "{cell} holds {before}. What will it hold after x[{n}, {c}, {i}, {j}] = {x} is done?"
            ),
        ),
    )
