"""What the Equivariance page computes, once for each photo and setting."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.ops.chain import Chain, run_chain
from convviz.ops.equivariance import Commutation, commutation, global_average, shift
from convviz.ops.types import Array, Floats, Pair
from convviz.pages.equivariance.controls import SIDE, ShiftSettings, chain_fill, kernel
from convviz.photos.images import Photo, to_chw
from convviz.ui.cache import once
from convviz.ui.cache_receptive import fitted_photo

BLOB_SIZE = 8


@dataclass(frozen=True, eq=False)
class Compared:
    """Both orders, and what two ways of ending a network make of the shift."""

    # What is shifted, already shifted, (H, W): uint8, or float64 of numbers.
    image: Array
    result: Commutation  # both orders of shifting and computing
    # means, dense: global mean of the map behind a ReLU, and one output of a random dense layer on
    # it, before and after the shift
    means: tuple[float, float]
    dense: tuple[float, float]


def compare(settings: ShiftSettings) -> Compared:
    """Shift and compute in both orders."""
    x = before_shift(settings.photo, settings.blob)
    return _compare(x, settings.by, settings.filter, settings.chain, settings.is_numbers)


def before_shift(photo: Photo, blob: bool) -> Floats:
    """The image that is shifted, (SIDE, SIDE); of numbers the sum of all channels, for all have one filter."""
    if photo.signed and not blob:
        return np.asarray(photo.planes("").sum(axis=0))
    x = _blob() if blob else to_chw(fitted_photo(photo, (SIDE, SIDE)), "gray")
    return np.asarray(x[0], dtype=np.float64)


@once(64)
def _compare(x: Floats, by: Pair, name: str, chain: Chain, numbers: bool) -> Compared:
    x, fill = x[None], chain_fill(chain)  # (1, SIDE, SIDE)
    w = np.array(kernel(name))[None, None]  # (1, 1, 3, 3)
    result = commutation(lambda image: run_chain(image, w, chain), x, by, chain.total_stride, fill)
    before, after = np.maximum(run_chain(x, w, chain), 0), np.maximum(result.shifted_first, 0)
    means = float(global_average(before)[0]), float(global_average(after)[0])
    dense = np.random.default_rng(0).normal(size=before.size) / np.sqrt(before.size)
    ends = float(dense @ before.ravel()), float(dense @ after.ravel())
    image = shift(x, by, fill)[0]
    return Compared(image if numbers else image.astype(np.uint8), result, means, ends)


def _blob() -> Floats:
    """A few random bright pixels in the middle of nothing, (1, SIDE, SIDE)."""
    x = np.zeros((1, SIDE, SIDE))
    first = (SIDE - BLOB_SIZE) // 2
    inside = slice(first, first + BLOB_SIZE)
    x[0, inside, inside] = np.random.default_rng(1).integers(60, 256, (BLOB_SIZE, BLOB_SIZE))
    return x
