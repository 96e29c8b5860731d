"""The recurrence of receptive fields as a scene: one layer a visit."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

import numpy as np

from convviz.i18n import N_
from convviz.ops.naive.receptive import receptive_loop
from convviz.trace.panel import Access, Floats, Panel
from convviz.trace.scene import TERMS, Phase, Scene, Unit
from convviz.trace.tables import line_of


def receptive_scene(extents: Sequence[int], strides: Sequence[int]) -> Scene:
    """Build the scene of the recurrence along one axis.

    Parameters
    ----------
    extents
        ``dilation * (kernel - 1) + 1`` of each layer.
    strides
        Of each layer.

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
    source = _source()
    rows: dict[str, tuple[str, Floats]] = {
        "e": ("e", np.asarray(extents, dtype=np.float64)),
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
        phases=_phases(source),
        columns=(("e", "s", "r next", "j next"), (TERMS,)),
        tap_grid=(1, 1, 1),
        tap_planes=("",),
        source=source,
        variables=(),
        units=(Unit(N_("line"), 1), Unit(N_("layer"), 3)),
    )


def _cell(panel: str, layers: int, ahead: int = 0) -> Access:
    """The number of the visit's layer, or of the one after."""
    table = np.arange(layers, dtype=np.int32)[:, None] + np.int32(ahead)
    return Access(panel, table, (1,), (0,))


def _source() -> tuple[str, ...]:
    lines = inspect.getsource(receptive_loop).rstrip().split("\n")
    start = next(k for k, line in enumerate(lines) if line.lstrip().startswith("for layer in"))
    indent = len(lines[start]) - len(lines[start].lstrip())
    return tuple(line[indent:] for line in lines[start:-1])


def _phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    field = line_of(source, "r[layer + 1]")
    return (
        Phase(
            "growth",
            field,
            N_(
                "Layer {layer} has {a} taps more than one, {b} pixels apart: {a} × {b} = {term} pixels more."
            ),
            factors=("taps", "j"),
            fold="sum",
            heading=N_("(e − 1)·j"),
            total=N_("growth {term}"),
        ),
        Phase(
            "field",
            field,
            N_("r = {r} + {running} = {result}: so many pixels one unit of layer {layer} sees."),
            reads=("r",),
            writes="r next",
            total=N_("r = {r} + {running} = {result}"),
        ),
        Phase(
            "jump",
            line_of(source, "j[layer + 1]"),
            N_(
                "j = {j} × {s} = {result}: so many pixels from one unit of layer {layer} to the next."
            ),
            reads=("j", "s"),
            writes="j next",
            total=N_("j = {j} × {s} = {result}"),
        ),
    )
