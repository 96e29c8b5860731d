"""What the receptive-field pages compute, once for each photo and stack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from convviz.ops.receptive import Layer, receptive_field
from convviz.ops.receptive.effective import Growth, effective_field, growth, influence
from convviz.ops.receptive.notation import read_stack
from convviz.ops.receptive.stack import Stack, random_weights, run, uniform_weights
from convviz.ops.types import Floats, Pair, Pixels
from convviz.photos.crop import fitted
from convviz.photos.images import Photo, to_chw
from convviz.ui.cache import ENTRIES, once
from convviz.ui.shown import known

CHANNELS = 4  # maps of each random layer
DEPTHS = (1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 35, 40)


@once()
def fitted_photo(photo: Photo, size: Pair) -> Pixels:
    """The middle of the photo with these proportions, scaled to ``size`` (rows, columns)."""
    return fitted(photo.pixels, size)


@once()
def averaged_maps(pixels: Pixels, stack: str) -> list[Pixels]:
    """The photo in gray as each layer passes it on if every layer takes means: uint8 (OH, OW) for each."""
    layers = [replace(layer, kind="conv") for layer in read_stack(stack)]  # a mean either way
    x = to_chw(pixels, "gray")
    weights = [None if w is None else w.astype(np.float32) for w in uniform_weights(layers)]
    maps = run(x, Stack.make(layers, weights))
    return [np.rint(each[0]).clip(0, 255).astype(np.uint8) for each in maps[1:]]


@once(8 * ENTRIES)
def sampled_gradient(pixels: Pixels, stack: str, seed: int | None, relu: bool) -> Floats:
    """Absolute gradient of the middle unit for one draw of weights (equal ones if None), (H, W)."""
    layers = read_stack(stack)
    x = network_input(pixels)
    made = Stack.make(layers, drawn_weights(layers, seed), relu, "average")
    rows, columns = known(receptive_field(layers, (x.shape[1], x.shape[2]))[-1].output_size)
    return influence([effective_field(x, made, rows // 2, columns // 2)])


def network_input(pixels: Pixels) -> Floats:
    """The photo in gray with mean 0 and deviation 1, (1, H, W)."""
    x = to_chw(pixels, "gray").astype(np.float64)
    return np.asarray((x - x.mean()) / (x.std() + 1e-9))


def drawn_weights(layers: Sequence[Layer], seed: int | None) -> list[Floats | None]:
    """Random weights of each layer, or equal ones if the seed is None; None for each pool."""
    return uniform_weights(layers) if seed is None else random_weights(layers, seed, CHANNELS)


@once()
def field_growth(kernel: int) -> list[Growth]:
    """Widths of stacks of means of 1 to 40 layers."""
    return growth(DEPTHS, kernel)
