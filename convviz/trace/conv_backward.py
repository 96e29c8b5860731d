"""The backward loop of a convolution as a scene: three gradients that fill in side by side."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import check_gradient
from convviz.ops.naive import (
    conv_backward_loops,
    conv_backward_naive,
    conv_group_backward_loops,
    course_conv_param,
)
from convviz.ops.naive.source import FLIP, FLIP_BACK, lines_from_loop
from convviz.ops.padding import pad
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats
from convviz.text.i18n import N_
from convviz.trace.conv import TURNED, as_arrays, group_names, input_accesses, input_panels
from convviz.trace.groups import VISIT, group_access, group_variables, with_groups
from convviz.trace.panel import Panel
from convviz.trace.scene import TERMS, Phase, Scene, Visit
from convviz.trace.tables import (
    cell_access,
    filter_access,
    line_of,
    numbered_planes,
    units,
)

PLAIN_VISIT = Visit(
    N_(
        "dout[{n}, {f}, {i}, {j}] = {dout}: db[{f}] gains {dout}, dx_pad[{n}, :, {top}:{bottom}, "
        "{left}:{right}] gains {dout}·w[{f}], dw[{f}] gains {dout}·window"
    ),
    N_("each is added to its cell of dw[{f}]"),
)


def conv_backward_scene(
    dout: npt.ArrayLike,
    x: npt.ArrayLike,
    w: npt.ArrayLike,
    spec: Conv2dSpec | None = None,
    *,
    rotated: bool = False,
) -> Scene:
    """Build the scene of the three gradients of a convolution, computed by the loops it shows.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, F, OH, OW).
    x, w, spec, rotated
        As `conv_scene` takes them. The loop then adds up the gradient of the turned filters, and the source ends
        with the line that turns it back.

    Returns
    -------
    Scene
        Loops n, f, i, j; for each cell of `dout` one step for db, one for each cell of dx_pad it reaches, one for
        each weight.

    Raises
    ------
    SpecError
        As `conv_scene`, or if `dout` has another shape than the output.

    Examples
    --------
    >>> scene = conv_backward_scene(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)))
    >>> scene.panels["dx"].values[0, 0]  # in how many windows each cell lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    x, w, _, spec = as_arrays(x, w, None, spec, in_groups=True)
    dout = np.asarray(dout, dtype=np.float64)
    size, groups, window = (x.shape[2], x.shape[3]), spec.groups, spec.window
    check_gradient(dout, (len(x), len(w), *window.output_size(size)))
    x_pad = pad(x, window.padding, spec.padding_mode)
    loop: Any
    if groups > 1:
        loop = conv_group_backward_loops
        gradients = loop(dout, x_pad, w, window.stride, window.dilation, groups)
    else:
        # Both loops build dx_pad on the way; only the general one returns it.
        loop = conv_backward_naive if course_conv_param(spec) else conv_backward_loops
        gradients = conv_backward_loops(dout, x_pad, w, window.stride, window.dilation)
    turned = (FLIP,) * rotated, (FLIP_BACK,) * rotated
    source = turned[0] + lines_from_loop(loop, "dw[f] +=") + turned[1]
    panels = input_panels(x_pad, w, size, window, groups)
    panels |= _gradient_panels(dout, gradients, panels)
    if rotated:
        panels["w"] = replace(panels["w"], label=TURNED)
        panels["dw"] = replace(panels["dw"], label=N_("dw[f] of w turned"))
    accesses = input_accesses(w, size, window, groups)
    accesses["dout"] = cell_access("dout", dout.shape)
    accesses["dx"] = group_access("dx", window, size, w, groups)
    accesses["dw"] = filter_access("dw", w[0].size)
    accesses["db"] = filter_access("db", 1)
    return Scene(
        title=loop.__name__,
        loops=tuple(zip("nfij", dout.shape, strict=True)),
        panels=panels,
        accesses=accesses,
        phases=with_groups(_backward_phases(source), groups),
        columns=(("dout", "w"), ("x",), (TERMS,), ("dw", "db"), ("dx",)),
        tap_grid=w.shape[1:],
        tap_planes=group_names(w.shape[1], groups),
        source=source,
        variables=group_variables(window, w, groups),
        units=units(dout.shape, 2 * w[0].size + 1, N_("filter")),
        visit=VISIT if groups > 1 else PLAIN_VISIT,
    )


def _gradient_panels(
    dout: Floats, gradients: tuple[Floats, Floats, Floats], inputs: dict[str, Panel]
) -> dict[str, Panel]:
    """What arrives, and the three panels that fill in; dx_pad and dw have the planes of x_pad and w."""
    dx_pad, dw, db = gradients
    x, w = inputs["x"], inputs["w"]
    names = numbered_planes(n=dout.shape[0], f=dout.shape[1])
    return {
        "dout": Panel("dout", "dout[n, f]", dout, names),
        "dx": Panel("dx", "dx_pad[n]", dx_pad, x.planes, frame=x.frame, fills="added"),
        "dw": Panel("dw", "dw[f]", dw, w.planes, fills="added"),
        "db": Panel("db", "db", db[None], fills="added"),
    }


def _backward_phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    asks = N_(
        "{cell} holds {before}. What will it hold after dout[{n}, {f}, {i}, {j}] = {dout} "
        "flows back?"
    )
    return (
        Phase(
            "db",
            line_of(source, "db[f] +="),
            N_("db[{f}] gains dout[{n}, {f}, {i}, {j}] = {dout}: {before} → {after}"),
            factors=("dout",),
            writes="db",
            heading=N_("dout"),
            total="db[{f}] = {before} + {(term)} = {after}",
        ),
        Phase(
            "dx",
            line_of(source, "dx_pad[n"),
            N_(
                "dx_pad[{n}, {channel}, {row}, {column}] gains dout × w = {a} × {(b)} = {term}: "
                "{before} → {after}"
            ),
            factors=("dout", "w"),
            writes="dx",
            by_tap=True,
            heading=N_("dout × w"),
            total="dx_pad[{n}, {channel}, {row}, {column}] = {before} + {(term)} = {after}",
            cell="dx_pad[{n}, {channel}, {row}, {column}]",
            asks=asks,
        ),
        Phase(
            "dw",
            line_of(source, "dw[f] +="),
            N_(
                "dw[{f}, {channel}, {u}, {v}] gains dout × x = {a} × {(b)} = {term}: {before} → {after}"
            ),
            factors=("dout", "x"),
            writes="dw",
            by_tap=True,
            heading=N_("dout × x"),
            total="dw[{f}, {channel}, {u}, {v}] = {before} + {(term)} = {after}",
            cell="dw[{f}, {channel}, {u}, {v}]",
            asks=asks,
        ),
    )
