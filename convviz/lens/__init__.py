"""The arithmetic of one cell of a feature map, below the photo and the map: what is pointed at, as a sum.

The photo's pixels and the map's cells are those that the two pictures of the same group have brought; the kernel
and the bias come with this element. The browser looks pixels up and adds the products of each channel; the number
they come to is the map's own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.components import bundle, read
from convviz.picture import GROUP, Link, Pair, bring, mark_of
from convviz.words import LENS, translated

_component = st.components.v2.component(
    "convviz.lens",
    html=read("lens/lens.html"),
    css=read("lens/lens.css"),
    js=bundle("lens/lens.js"),
)


@dataclass(frozen=True, eq=False)
class Convolved:
    """A photo and how one of its maps was computed.

    Parameters
    ----------
    pixels
        As `show_photo` was given them, shape (H, W, 3); or a gray one's, (H, W), which no picture shows.
    values
        The map, as `show_map` was given it, shape (OH, OW).
    weights
        Shape (C, KH, KW).
    bias
        Added to each sum.
    padding_mode
        One of those of `convviz.conv2d`.
    names
        One letter for each channel; "" for a gray photo.
    link
        How the map lies on the photo.
    """

    pixels: npt.NDArray[np.uint8] | npt.NDArray[np.float32]
    values: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float64]
    bias: float
    padding_mode: str
    names: tuple[str, ...]
    link: Link


def show_lens(convolved: Convolved, *, key: str, cell: Pair, group: str = GROUP) -> None:
    """Show the sum that a cell is.

    Parameters
    ----------
    convolved
        The photo, the map and what lies between them.
    key
        Streamlit key of the component.
    cell
        (row, column) shown until another one is pointed at.
    group
        That of the two pictures.
    """
    pixels, weights = convolved.pixels, convolved.weights
    gray = pixels.ndim == 2
    data = {
        "pixelsMark": bring(pixels, f"{key} pixels") if gray else mark_of(pixels),
        "valuesMark": mark_of(convolved.values),
        "size": list(pixels.shape[:2]),
        "planes": 1 if gray else pixels.shape[2],
        "mapSize": list(convolved.values.shape),
        "kernel": list(weights.shape[1:]),
        "weights": [plane.ravel().tolist() for plane in weights],
        "bias": convolved.bias,
        "mode": convolved.padding_mode,
        "names": list(convolved.names),
        "link": asdict(convolved.link),
        "cell": list(cell),
        "group": group,
        "words": translated(LENS),
    }
    _component(key=key, data=data)
