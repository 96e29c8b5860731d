"""What the Groups page computes once: maps of the photo as channels, filters for them, and the stepped loops."""

from __future__ import annotations

import numpy as np

from convviz.ops.conv import conv2d, conv2d_backward_input
from convviz.ops.filters.layers import gabor
from convviz.ops.grouping import GroupedConv
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.trace import Scene, conv_backward_scene, conv_scene
from convviz.ui.cache import once
from convviz.ui.places import with_signed_input

FIRST = 5  # rows and columns of the filters that make the channels


@once()
def channels_of(photo: Photo, region: Region, count: int) -> Floats:
    """A region of so many maps of the photo, (1, C, rows, columns): stripes of each direction, rounded.

    Numbers with so many channels are taken as they are.
    """
    x = photo.planes("gray").astype(np.float64)  # (1, H, W), or the channels of numbers
    if photo.signed and len(x) == count:
        return np.ascontiguousarray(region.cut(x[None]))
    x = x.mean(axis=0, keepdims=True)
    kernels = [gabor(FIRST, 180 * k / count, wavelength=4).kernel for k in range(count)]
    maps = conv2d(x, np.stack(kernels)[:, None], padding="same")  # (C, H, W)
    return np.ascontiguousarray(region.cut(maps[None]).round() + 0.0)


def filters_of(conv: GroupedConv) -> Floats:
    """Filters with one decimal, the same for the same sizes, (F, C // groups, KH, KW)."""
    return np.random.default_rng(conv.filters).normal(size=conv.factors).round(1) + 0.0


def spec_of(conv: GroupedConv) -> Conv2dSpec:
    """Stride 1, and padding that keeps the size."""
    return Conv2dSpec.make(conv.kernel, padding="same", groups=conv.groups)


def outputs(x: Floats, convs: tuple[GroupedConv, ...]) -> list[Floats]:
    """The input, and what each convolution makes of what comes before it."""
    made = [x]
    for conv in convs:
        made.append(conv2d(made[-1], filters_of(conv), **spec_of(conv).keywords))
    return made


def gradients(dout: Floats, made: list[Floats], convs: tuple[GroupedConv, ...]) -> list[Floats]:
    """The gradient of the output of each convolution; `dout` is that of the last one's, `made` as `outputs`."""
    gained = [dout]
    for conv, before in zip(convs[:0:-1], made[-2:0:-1], strict=True):
        w, spec = filters_of(conv), spec_of(conv)
        gained.insert(0, conv2d_backward_input(gained[0], w, before.shape, spec))
    return gained


@once()
def forward_scene(x: Floats, conv: GroupedConv) -> Scene:
    """The stepped loop of one convolution."""
    return with_signed_input(conv_scene(x, filters_of(conv), None, spec_of(conv)))


@once()
def backward_scene(dout: Floats, x: Floats, conv: GroupedConv) -> Scene:
    """Its stepped backward loop."""
    return with_signed_input(conv_backward_scene(dout, x, filters_of(conv), spec_of(conv)))
