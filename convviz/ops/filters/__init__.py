"""Named filters, each with its scale and where it comes from.

All are given as they are multiplied, that is for cross-correlation: ``sobel_x`` answers positively where the
image grows brighter to the right.
"""

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
from convviz.ops.filters.presets import PRESETS, FilterPreset
from convviz.ops.filters.smoothing import (
    box,
    gaussian,
    high_pass,
    identity,
    motion_blur,
    sharpen,
    unsharp,
)

__all__ = [
    "PRESETS",
    "Filter",
    "FilterPreset",
    "box",
    "course_blue_edge",
    "course_gray",
    "emboss",
    "gabor",
    "gaussian",
    "high_pass",
    "identity",
    "laplacian",
    "laplacian_8",
    "log",
    "motion_blur",
    "prewitt_x",
    "prewitt_y",
    "random",
    "scharr_x",
    "scharr_y",
    "sharpen",
    "sobel_x",
    "sobel_y",
    "unsharp",
]
