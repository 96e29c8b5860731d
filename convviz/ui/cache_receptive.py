"""What the receptive-field pages compute, once for each photo and stack."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import streamlit as st
from PIL import Image

from convviz.ops.receptive import Layer, receptive_field
from convviz.ops.receptive.effective import Growth, effective_field, growth, influence
from convviz.ops.receptive.notation import read_stack
from convviz.ops.receptive.stack import Stack, random_weights, run, uniform_weights
from convviz.ops.types import Pixels
from convviz.photos.images import Photo, to_chw
from convviz.ui.shown import known

ENTRIES = 32
CHANNELS = 4  # maps of each random layer
DEPTHS = (1, 2, 3, 4, 6, 8, 10, 13, 16, 20, 25, 30, 35, 40)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def fitted_photo(digest: str, _photo: Photo, side: int | None) -> Pixels:
    """The photo's middle square scaled to ``side`` pixels, (side, side, 3); the whole photo if None."""
    if side is None:
        return _photo.pixels
    height, width = _photo.pixels.shape[:2]
    short = min(height, width)
    top, left = (height - short) // 2, (width - short) // 2
    square = Image.fromarray(_photo.pixels[top : top + short, left : left + short])
    return np.asarray(square.resize((side, side), Image.Resampling.LANCZOS))


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def averaged_maps(digest: str, _pixels: Pixels, shape: tuple[int, ...], stack: str) -> list[Pixels]:
    """The photo in gray as each layer passes it on if every layer takes means: uint8 (OH, OW) for each."""
    layers = [replace(layer, kind="conv") for layer in read_stack(stack)]  # a mean either way
    x = to_chw(_pixels, "gray")
    weights = [None if w is None else w.astype(np.float32) for w in uniform_weights(layers)]
    maps = run(x, Stack.make(layers, weights))
    return [np.rint(each[0]).clip(0, 255).astype(np.uint8) for each in maps[1:]]


@st.cache_data(max_entries=8 * ENTRIES, show_spinner=False)
def sampled_gradient(
    digest: str, _pixels: Pixels, stack: str, seed: int | None, relu: bool
) -> npt.NDArray[np.float64]:
    """Absolute gradient of the middle unit for one draw of weights (equal ones if None), (H, W)."""
    layers = read_stack(stack)
    x = network_input(_pixels)
    made = Stack.make(layers, drawn_weights(layers, seed), relu, "average")
    rows, columns = known(receptive_field(layers, (x.shape[1], x.shape[2]))[-1].output_size)
    return influence([effective_field(x, made, rows // 2, columns // 2)])


def network_input(pixels: Pixels) -> npt.NDArray[np.float64]:
    """The photo in gray with mean 0 and deviation 1, (1, H, W)."""
    x = to_chw(pixels, "gray").astype(np.float64)
    return np.asarray((x - x.mean()) / (x.std() + 1e-9))


def drawn_weights(
    layers: Sequence[Layer], seed: int | None
) -> list[npt.NDArray[np.float64] | None]:
    """Random weights of each layer, or equal ones if the seed is None; None for each pool."""
    return uniform_weights(layers) if seed is None else random_weights(layers, seed, CHANNELS)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def field_growth(kernel: int) -> list[Growth]:
    """Widths of stacks of means of 1 to 40 layers."""
    return growth(DEPTHS, kernel)
