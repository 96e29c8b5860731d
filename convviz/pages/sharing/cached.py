"""The Deep Learning book's edge example on the photo: every pixel minus the one to its left."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.browser.picture import Lattice
from convviz.ops.conv import conv2d
from convviz.ops.types import Array, Pair
from convviz.photos.crop import fitted
from convviz.photos.images import Photo, to_chw
from convviz.ui.cache import once

EDGE_LATTICE = Lattice((0, 0), (1, 1), (1, 2))


@once()
def book_sized(photo: Photo, size: Pair) -> Array:
    """The photo cut and scaled to ``size``, in gray, (H, W); the first channel of numbers as it is."""
    if photo.signed:
        return np.array(photo.planes("")[0])
    return np.asarray(to_chw(fitted(photo.pixels, size), "gray")[0], dtype=np.uint8)


@once()
def edges(pixels: Array) -> npt.NDArray[np.floating]:
    """The vertical edges of a gray photo or of numbers: a convolution with [−1, 1], (H, W - 1)."""
    x = pixels.astype(np.float64 if pixels.dtype == np.float64 else np.float32)[None]  # (1, H, W)
    kernel = np.array([[[[-1, 1]]]], dtype=x.dtype)
    return np.asarray(conv2d(x, kernel)[0])
