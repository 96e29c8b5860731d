"""The recurrence of receptive fields as a scene: one layer a visit."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.ops.naive import receptive_loop
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.types import Floats
from convviz.text.i18n import N_
from convviz.trace.panel import Access, Panel
from convviz.trace.photo import ScenePhoto
from convviz.trace.scene import TERMS, Phase, Scene, Unit, Variable, Visit
from convviz.trace.tables import line_of

NUMBER = "layer + 1"  # as the source has it: 1 for the first layer, as everywhere on the page
FIELD = 1  # of a visit's steps, the one that writes r


def receptive_scene(
    extents: Sequence[int], strides: Sequence[int], photo: ScenePhoto | None = None
) -> Scene:
    """Build the scene of the recurrence along one axis.

    Parameters
    ----------
    extents
        ``dilation * (kernel - 1) + 1`` of each layer.
    strides
        Of each layer.
    photo
        With the box of one unit of each layer.

    Returns
    -------
    Scene
        One loop, over layers; for each the product, the new field and the new jump.

    Examples
    --------
    >>> scene = receptive_scene([11, 3], [4, 2])
    >>> scene.loops, scene.panels["r"].values.tolist()
    ((('layer', 2),), [[1.0, 11.0, 19.0]])
    """
    r, j = receptive_loop(extents, strides)
    source = lines_from_loop(receptive_loop, "j[layer + 1]")
    phases = _phases(source)
    rows: dict[str, tuple[str, Floats]] = {
        "e": ("e = d(k − 1) + 1", np.asarray(extents, dtype=np.float64)),
        "taps": ("e − 1", np.asarray(extents, dtype=np.float64) - 1),
        "s": ("s", np.asarray(strides, dtype=np.float64)),
        "r": ("r", r),
        "j": ("j", j),
    }
    panels = {
        key: Panel(key, label, values[None], fills="written" if key in "rj" else "given")
        for key, (label, values) in rows.items()
    }
    accesses = {key: _cell(key, len(extents)) for key in ("e", "taps", "s", "r", "j")}
    accesses |= {f"{key} next": _cell(key, len(extents), ahead=1) for key in ("r", "j")}
    return Scene(
        title=receptive_loop.__name__,
        loops=(("layer", len(extents)),),
        panels=panels,
        accesses=accesses,
        phases=phases,
        columns=(("e", "s", "r next", "j next"), (TERMS,)),
        tap_grid=(1, 1, 1),
        tap_planes=("",),
        source=source,
        variables=(Variable(NUMBER, (1,), 1),),
        units=(Unit(N_("line"), 1), Unit(N_("layer"), len(phases))),
        visit=Visit(
            N_(
                "Layer {layer + 1}: a unit sees r = {r} + {running} = {r next} pixels; "
                "the next unit lies j = {j} × {s} = {j next} pixels further."
            ),
            N_("r = {r} + {running} = {r next}, j = {j} × {s} = {j next}"),
        ),
        photo=photo,
    )


def _cell(panel: str, layers: int, ahead: int = 0) -> Access:
    """The number of the visit's layer, or of the one after."""
    table = np.arange(layers, dtype=np.int32)[:, None] + np.int32(ahead)
    return Access(panel, table, (1,), (0,))


def _phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    field = line_of(source, "r[layer + 1]")
    return (
        Phase(
            "growth",
            field,
            N_(
                "Layer {layer + 1} reaches e − 1 = {a} cells further, and cells are {b} pixels apart: "
                "{a} × {b} = {term} more pixels."
            ),
            factors=("taps", "j"),
            fold="sum",
            heading=N_("(e − 1)·j"),
            total=N_("growth {term}"),
        ),
        Phase(
            "field",
            field,
            N_(
                "r = {r} + {running} = {result}: one unit of layer {layer + 1} sees this many pixels."
            ),
            reads=("r",),
            writes="r next",
            total=N_("r = {r} + {running} = {result}"),
        ),
        Phase(
            "jump",
            line_of(source, "j[layer + 1]"),
            N_(
                "j = {j} × {s} = {result}: this many pixels separate one unit of layer {layer + 1} "
                "from the next."
            ),
            reads=("j", "s"),
            writes="j next",
            total=N_("j = {j} × {s} = {result}"),
        ),
    )
