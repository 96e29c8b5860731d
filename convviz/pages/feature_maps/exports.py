"""The code of the Feature maps page: of whole maps, and of the block of one that is stepped through."""

from __future__ import annotations

import numpy as np

from convviz.export.code import Code, ConvCode, FeatureMaps, PoolCode
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.types import Array, Pair
from convviz.pages.feature_maps.settings import MapSettings
from convviz.pipeline import Conv, Pipeline, Pool
from convviz.text.i18n import _
from convviz.trace import Scene
from convviz.ui.view import Part, View


def map_view(
    settings: MapSettings,
    title: str,
    parts: list[list[Part]],
    said: str,
    shown: Pair,
    name: str = "feature-map",
) -> View:
    """A view of one map (image, filter) beside its photo, with both as arrays, and with its code."""
    n, f = shown
    photo = settings.photos[n]
    return View(
        [_("Feature maps"), title],
        name,
        parts,
        [settings.line, said],
        lambda: {
            "photo": photo.planes("") if photo.signed else photo.pixels,
            "shown": settings.maps(n)[f],
        },
        lambda: maps_code(settings, (n,), ((0, f),)),
    )


def maps_code(
    settings: MapSettings, images: tuple[int, ...], shown: tuple[Pair, ...] = ()
) -> FeatureMaps:
    """The pipeline up to the stage shown, on some of the images, for its scripts."""
    photos = [settings.photos[n] for n in images]
    pixels = (photo.planes(settings.channels).astype(np.float64) for photo in photos)
    upto = Pipeline(settings.pipeline.stages[: settings.stage + 1])
    return FeatureMaps(tuple(pixels), upto, shown)


def block_code(scene: Scene, stage: Conv | Pool) -> Code:
    """What the loop over a block of a stage's output computes: its input already holds the padding."""
    x, bare = scene.panels["x"].values, stage.window.unpadded
    if isinstance(stage, Pool):
        return PoolCode(x, stage.kind, PoolSpec(bare))
    return ConvCode(
        x, scene.panels["w"].values, scene.panels["bias"].values[0], Conv2dSpec(bare, stage.groups)
    )


def block_arrays(scene: Scene, stage: Conv | Pool) -> dict[str, Array]:
    """What that loop reads and what it writes."""
    return {**block_code(scene, stage).arrays, "out": scene.panels["out"].values}
