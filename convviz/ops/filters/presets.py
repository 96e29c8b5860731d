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
class FilterPreset:
    """A filter as a list offers it: whether its size may be chosen, and how it is made."""

    make: Callable[..., Filter]
    sized: bool = False
    channels: int | None = None


PRESETS: dict[str, FilterPreset] = {
    "Sobel x": FilterPreset(sobel_x),
    "Sobel y": FilterPreset(sobel_y),
    "Identity": FilterPreset(identity, sized=True),
    "Box blur": FilterPreset(box, sized=True),
    "Gaussian blur": FilterPreset(gaussian, sized=True),
    "Sharpen": FilterPreset(sharpen),
    "Unsharp mask": FilterPreset(unsharp, sized=True),
    "High-pass": FilterPreset(high_pass, sized=True),
    "Prewitt x": FilterPreset(prewitt_x),
    "Prewitt y": FilterPreset(prewitt_y),
    "Scharr x": FilterPreset(scharr_x),
    "Scharr y": FilterPreset(scharr_y),
    "Laplacian (4)": FilterPreset(laplacian),
    "Laplacian (8)": FilterPreset(laplacian_8),
    "Laplacian of Gaussian": FilterPreset(log, sized=True),
    "Emboss": FilterPreset(emboss),
    "Motion blur": FilterPreset(motion_blur, sized=True),
    "Gabor 0°": FilterPreset(lambda size: gabor(size, 0), sized=True),
    "Gabor 45°": FilterPreset(lambda size: gabor(size, 45), sized=True),
    "Gabor 90°": FilterPreset(lambda size: gabor(size, 90), sized=True),
    "Gabor 135°": FilterPreset(lambda size: gabor(size, 135), sized=True),
    "Random": FilterPreset(random, sized=True),
    "Course: grayscale": FilterPreset(course_gray, channels=3),
    "Course: blue edge": FilterPreset(course_blue_edge, channels=3),
}
