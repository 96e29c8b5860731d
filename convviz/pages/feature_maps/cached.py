"""Feature maps of the pipeline, computed once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Floats
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.pictures.scales import thinned
from convviz.pipeline import Pipeline, Relu
from convviz.pipeline.stepping import block_around, block_scene
from convviz.trace import Scene
from convviz.trace.place import Small
from convviz.ui.cache import once
from convviz.ui.places import shaded

WHOLE = 12  # outputs of a stage kept whole: 17 MB each for 8 maps of 512×512


@dataclass(frozen=True, eq=False)
class DrawnMaps:
    """The maps of one image, thinned, and the ranges of the whole maps."""

    values: npt.NDArray[np.float32]  # shape (F, rows, columns)
    every: int  # see `convviz.pictures.scales.thinned`
    size: tuple[int, int]  # (OH, OW) of the whole maps
    # minimum, maximum: shape (F,)
    minimum: Floats
    maximum: Floats


def stage_maps(photo: Photo, channels: str, pipeline: Pipeline, stage: int) -> Floats:
    """What a stage makes of a photo, shape (F, OH, OW), in float64; read-only. Stage -1 is the photo itself."""
    if stage < 0:
        return photo.planes(channels).astype(np.float64)
    return _maps(photo, channels, Pipeline(pipeline.stages[: stage + 1]))


@once(WHOLE)
def _maps(photo: Photo, channels: str, pipeline: Pipeline) -> Floats:
    return pipeline.stages[-1].apply(stage_maps(photo, channels, pipeline, len(pipeline) - 2))


def drawn_maps(
    photo: Photo, channels: str, pipeline: Pipeline, stage: int, every: int
) -> DrawnMaps:
    """What the grid draws of a stage: one row and column in ``every``, and the whole maps' ranges."""
    return _drawn(photo, channels, Pipeline(pipeline.stages[: stage + 1]), every)


@once(64)
def _drawn(photo: Photo, channels: str, pipeline: Pipeline, every: int) -> DrawnMaps:
    maps = stage_maps(photo, channels, pipeline, len(pipeline) - 1)
    with np.errstate(over="ignore"):  # a number too large for float32 is drawn as infinite
        values = thinned(maps, every).astype(np.float32)
    size = (int(maps.shape[1]), int(maps.shape[2]))
    return DrawnMaps(values, every, size, maps.min(axis=(1, 2)), maps.max(axis=(1, 2)))


@once(WHOLE)
def small_maps(photo: Photo, channels: str, pipeline: Pipeline) -> tuple[Small, ...]:
    """The maps of a pipeline's last stage, to stand beside the loop."""
    return tuple(map(shaded, stage_maps(photo, channels, pipeline, len(pipeline) - 1)))


def cell_scene(
    photos: list[Photo], channels: str, pipeline: Pipeline, stage: int, row: int, column: int
) -> tuple[Scene, Region]:
    """The loop around one cell of a convolution or pooling, and which cells of the maps it computes."""
    return _scene(photos, channels, Pipeline(pipeline.stages[: stage + 1]), row, column)


@once(16)
def _scene(
    photos: list[Photo], channels: str, pipeline: Pipeline, row: int, column: int
) -> tuple[Scene, Region]:
    last = len(pipeline) - 1
    stage = pipeline.stages[last]
    assert not isinstance(stage, Relu)  # it has no loop
    inputs = np.stack([stage_maps(photo, channels, pipeline, last - 1) for photo in photos])
    height, width = stage.window.output_size((inputs.shape[2], inputs.shape[3]))
    block = block_around(row, column, (height, width), stage.window)
    return block_scene(stage, inputs, block, photo=last == 0), block
