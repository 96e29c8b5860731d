"""The filters as a list offers them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from convviz.ops.filters.edges import (
    emboss,
    laplacian,
    laplacian_8,
    log,
    prewitt_x,
    prewitt_y,
    scharr_x,
    scharr_y,
    sobel_x,
    sobel_y,
)
from convviz.ops.filters.kernel import Filter
from convviz.ops.filters.layers import course_blue_edge, course_gray, gabor, random
from convviz.ops.filters.smoothing import (
    box,
    gaussian,
    high_pass,
    identity,
    motion_blur,
    sharpen,
    unsharp,
)


@dataclass(frozen=True)
class Preset:
    """A filter as a list offers it: whether its size may be chosen, and how it is made."""

    make: Callable[..., Filter]
    sized: bool = False
    channels: int | None = None


PRESETS: dict[str, Preset] = {
    "Sobel x": Preset(sobel_x),
    "Sobel y": Preset(sobel_y),
    "Identity": Preset(identity, sized=True),
    "Box blur": Preset(box, sized=True),
    "Gaussian blur": Preset(gaussian, sized=True),
    "Sharpen": Preset(sharpen),
    "Unsharp mask": Preset(unsharp, sized=True),
    "High-pass": Preset(high_pass, sized=True),
    "Prewitt x": Preset(prewitt_x),
    "Prewitt y": Preset(prewitt_y),
    "Scharr x": Preset(scharr_x),
    "Scharr y": Preset(scharr_y),
    "Laplacian (4)": Preset(laplacian),
    "Laplacian (8)": Preset(laplacian_8),
    "Laplacian of Gaussian": Preset(log, sized=True),
    "Emboss": Preset(emboss),
    "Motion blur": Preset(motion_blur, sized=True),
    "Gabor 0°": Preset(lambda size: gabor(size, 0), sized=True),
    "Gabor 45°": Preset(lambda size: gabor(size, 45), sized=True),
    "Gabor 90°": Preset(lambda size: gabor(size, 90), sized=True),
    "Gabor 135°": Preset(lambda size: gabor(size, 135), sized=True),
    "Random": Preset(random, sized=True),
    "Course: grayscale": Preset(course_gray, channels=3),
    "Course: blue edge": Preset(course_blue_edge, channels=3),
}
