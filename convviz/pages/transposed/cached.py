"""What the Transposed page computes once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.ops import conv2d, conv_transpose2d
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.photos.images import Photo
from convviz.trace import Scene, conv_transpose_backward_scene, conv_transpose_scene
from convviz.ui.cache import once


@dataclass(frozen=True)
class Enlarged:
    """A photo of a stride's share of the rows and columns, enlarged in two ways by a kernel that only averages."""

    stamped: Floats  # by a transposed convolution, (OH, OW)
    resized: Floats  # each pixel repeated, then convolved, (stride * H, stride * W)


@once()
def enlarged(photo: Photo, window: Window2d) -> Enlarged:
    """Both ways. Each kernel has equal numbers that leave the brightness as it is on average."""
    (sh, sw), kernel = window.stride, window.kernel
    x = photo.planes("gray").astype(np.float64)[:, ::sh, ::sw]  # (1, H, W)
    mean = np.full((1, 1, *kernel), 1 / (kernel[0] * kernel[1]))
    stamped = conv_transpose2d(x, sh * sw * mean, None, window.stride, 0, 0, window.dilation)
    repeated = np.repeat(np.repeat(x, sh, axis=1), sw, axis=2)
    resized = conv2d(repeated, mean, padding="same", dilation=window.dilation)
    return Enlarged(stamped[0], resized[0])


@once()
def overlaps(size: Pair, window: Window2d) -> Floats:
    """How many stamps lie on each cell of the output, with the padding that is cut off: (height, width)."""
    ones = np.ones((1, *size)), np.ones((1, 1, *window.kernel))
    return np.asarray(conv_transpose2d(*ones, None, window.stride, 0, 0, window.dilation)[0])


@once()
def stamps_scene(x: Floats, w: Floats, window: Window2d, output_padding: Pair) -> Scene:
    """The stepped loop."""
    return conv_transpose_scene(x, w, window, output_padding)


@once()
def backward_scene(
    dout: Floats, x: Floats, w: Floats, window: Window2d, output_padding: Pair
) -> Scene:
    """The stepped backward loop."""
    return conv_transpose_backward_scene(dout, x, w, window, output_padding)
