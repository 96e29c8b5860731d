"""What the Pooling page computes once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.ops.pool import PoolKind, Ties, pool2d
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Floats
from convviz.photos.images import Photo
from convviz.pictures.paper.grounds import in_gray
from convviz.trace import (
    Scene,
    avg_pool_backward_scene,
    avg_pool_scene,
    max_pool_backward_scene,
    max_pool_scene,
)
from convviz.trace.place import Small
from convviz.ui.cache import once
from convviz.ui.places import reduced, shaded


@once()
def pooled_photo(
    photo: Photo, channels: str, kind: PoolKind, spec: PoolSpec, count_include_pad: bool
) -> npt.NDArray[np.floating]:
    """The whole photo pooled, channels last: shape (OH, OW, C), or (OH, OW) of one channel."""
    out = pool2d(photo.planes(channels), kind, spec, count_include_pad)
    return np.ascontiguousarray(out[0] if len(out) == 1 else out.transpose(1, 2, 0))


@once()
def small_pooled(
    photo: Photo, channels: str, kind: PoolKind, spec: PoolSpec, count_include_pad: bool, c: int
) -> Small:
    """A whole photo pooled, or channel c of numbers, to stand beside the loop."""
    out = pooled_photo(photo, channels, kind, spec, count_include_pad)
    if photo.signed:
        return shaded(np.atleast_3d(out)[..., c])
    pixels = np.rint(out).clip(0, 255).astype(np.uint8)
    return reduced(pixels if pixels.ndim == 3 else in_gray(pixels))


@once()
def forward_scene(x: Floats, kind: PoolKind, spec: PoolSpec, count_include_pad: bool) -> Scene:
    """The stepped forward loop."""
    if kind == "max":
        return max_pool_scene(x, spec)
    return avg_pool_scene(x, spec, count_include_pad)


@once()
def backward_scene(
    dout: Floats, x: Floats, kind: PoolKind, spec: PoolSpec, count_include_pad: bool, ties: Ties
) -> Scene:
    """The stepped backward loop."""
    if kind == "max":
        return max_pool_backward_scene(dout, x, spec, ties)
    return avg_pool_backward_scene(dout, x, spec, count_include_pad)
