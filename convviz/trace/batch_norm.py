"""Batch normalisation as a scene: each number less its mean, times the feature's scale, which eps bounds."""

from __future__ import annotations

import numpy as np

from convviz.ops.naive import batchnorm_loops
from convviz.ops.naive.source import lines_from_loop
from convviz.ops.types import Floats
from convviz.text.i18n import N_
from convviz.trace.panel import Access, Panel
from convviz.trace.scene import TERMS, Phase, Scene, Unit
from convviz.trace.tables import line_of

ONE = np.zeros((1, 1), dtype=np.int32)  # a visit touches one cell of each panel


def batch_norm_scene(x: Floats, gamma: Floats, beta: Floats, eps: float) -> Scene:
    """Build the scene of batch normalisation in training, computed by the loops it shows.

    Parameters
    ----------
    x, gamma, beta, eps
        As `batchnorm_loops` takes them.

    Returns
    -------
    Scene
        Loops i, j; for each number one step for its feature's scale, one for the product, one for the sum.

    Examples
    --------
    >>> scene = batch_norm_scene(np.array([[1.0], [3.0]]), np.ones(1), np.zeros(1), eps=3.0)
    >>> scene.panels["out"].values
    array([[-0.5],
           [ 0.5]])
    """
    out, var = batchnorm_loops(x, gamma, beta, eps), x.var(axis=0)
    features = x.shape[1]
    panels = {
        "centred": Panel("centred", "centred", x - x.mean(axis=0)),
        "var": Panel("var", "var", var[None]),
        "eps": Panel("eps", "eps", np.array([[eps]])),
        "gamma": Panel("gamma", "gamma", gamma[None]),
        "scale": Panel("scale", "scale", (gamma / np.sqrt(var + eps))[None]),
        "bias": Panel("bias", "beta", beta[None]),
        "out": Panel("out", "out", out, fills="written"),
    }
    strides = {"centred": (features, 1), "eps": (0, 0), "out": (features, 1)}
    source = lines_from_loop(batchnorm_loops, "out[i, j]")
    return Scene(
        title=batchnorm_loops.__name__,
        loops=(("i", len(x)), ("j", features)),
        panels=panels,
        accesses={key: Access(key, ONE, (0, 0), strides.get(key, (0, 1))) for key in panels},
        phases=_phases(source),
        columns=(("centred", "var"), ("scale",), (TERMS,), ("out",)),
        tap_grid=(1, 1, 1),
        tap_planes=("",),
        source=source,
        variables=(),
        units=(Unit(N_("step"), 1), Unit(N_("cell"), 3), Unit(N_("row"), 3 * features)),
    )


def _phases(source: tuple[str, ...]) -> tuple[Phase, ...]:
    return (
        Phase(
            "scale",
            line_of(source, "scale ="),
            N_("Feature {j}: gamma / √(var + eps) = {gamma} / √({var} + {eps}) = {scale}"),
            reads=("gamma", "var", "eps", "scale"),
            total="out[{i}, {j}] = …",
        ),
        Phase(
            "product",
            line_of(source, "product ="),
            N_("Number [{i}, {j}] less its mean, times the scale: {a} × {(b)} = {term}"),
            factors=("centred", "scale"),
            fold="sum",
            by_tap=True,
            heading=N_("product"),
            total="out[{i}, {j}] = …",
        ),
        Phase(
            "sum",
            line_of(source, "out[i, j] ="),
            N_("out[{i}, {j}] = {running} + beta {(bias)} = {result}"),
            reads=("bias",),
            writes="out",
            cell="out[{i}, {j}]",
            total="{running} + beta {(bias)} = {result}",
        ),
    )
