"""Named filters, each with its scale and where it comes from.

All are given as they are multiplied, that is for cross-correlation: ``sobel_x`` answers positively where the
image grows brighter to the right.

To add a filter, write its function beside those it is like, add it below, and its name to
`convviz/text/vocabulary.py`.
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
from convviz.ops.filters.kernel import Filter, FilterPreset, keeps_brightness
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
    "keeps_brightness",
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
