"""The Deep Learning book's edge example on the photo: every pixel minus the one to its left."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.browser.picture import Lattice
from convviz.ops.conv import conv2d
from convviz.ops.types import Pair, Pixels
from convviz.photos.crop import fitted
from convviz.photos.images import Photo, to_chw
from convviz.ui.cache import once

EDGE_LATTICE = Lattice((0, 0), (1, 1), (1, 2))


@once()
def book_sized(photo: Photo, size: Pair) -> Pixels:
    """The photo cut and scaled to ``size``, in gray, (H, W)."""
    return np.asarray(to_chw(fitted(photo.pixels, size), "gray")[0], dtype=np.uint8)


@once()
def edges(pixels: Pixels) -> npt.NDArray[np.float32]:
    """The vertical edges of a gray photo: a convolution with the kernel [−1, 1], (H, W - 1)."""
    x = pixels.astype(np.float32)[None]  # (1, H, W)
    kernel = np.array([[[[-1, 1]]]], dtype=np.float32)
    return np.asarray(conv2d(x, kernel)[0])
