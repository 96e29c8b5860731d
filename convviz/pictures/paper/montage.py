"""Many maps of one size as a single raster, on one colour scale."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.pictures.paper.grounds import signed_pixels
from convviz.pictures.paper.raster import Raster

FINE = 24  # pixels of the raster that a map has at least, so that the gap is thin beside it
GAP = 3  # pixels of the raster between two maps


def montage(values: npt.NDArray[Any], *, cell: int, tall: int) -> Raster:
    """Maps, (maps, H, W), side by side and ``tall`` of them below one another, with the scale they share.

    `cell` is the screen pixels of the longer side of each.

    Examples
    --------
    >>> montage(np.ones((5, 8, 8)), cell=48, tall=3).pixels.shape  # two columns of three
    (78, 51, 3)
    """
    count, height, width = values.shape
    fine = max(1, math.ceil(FINE / max(height, width)))
    rows, columns = min(count, tall), math.ceil(count / tall)
    limit = float(np.abs(values[np.isfinite(values)]).max(initial=0))
    down, across = height * fine + GAP, width * fine + GAP
    pixels = np.full((rows * down - GAP, columns * across - GAP, 3), 255, dtype=np.uint8)
    for k, each in enumerate(values):
        top, left = k % rows * down, k // rows * across
        grown = signed_pixels(each, limit).repeat(fine, axis=0).repeat(fine, axis=1)
        pixels[top : top + height * fine, left : left + width * fine] = grown
    zoom = cell / (max(height, width) * fine)
    return Raster(pixels, side=round(max(pixels.shape[:2]) * zoom), limit=limit, edged=False)
