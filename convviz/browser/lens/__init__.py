"""The arithmetic of one cell of a feature map, below the photo and the map: what is pointed at, worked out.

The photo's pixels and the map's cells are those that the two pictures of the same group have brought; the kernel
and the bias come with this element. The browser looks pixels up and adds the products of each channel; the number
they come to is the map's own.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.bundle import bundle, read
from convviz.browser.picture import GROUP, Lattice, bring, mark_of
from convviz.ops.types import Pair
from convviz.photos.images import Photo, to_chw
from convviz.text.words import LENS, translated

Pixels = npt.NDArray[np.uint8] | npt.NDArray[np.float32]

_component = st.components.v2.component(
    "convviz.browser.lens",
    html=read("browser/lens/lens.html"),
    css=read("browser/lens/lens.css"),
    js=bundle("browser/lens/lens.js"),
)


@dataclass(frozen=True, eq=False)
class Looked:
    """A photo, one of its maps, and how the map lies on it.

    Parameters
    ----------
    pixels
        As `show_photo` was given them, shape (H, W, 3); or a gray one's, (H, W), which no picture shows.
    values
        The map, as `show_map` was given it, shape (OH, OW); or a pooled photo.
    lattice
        How the map lies on the photo.
    """

    pixels: Pixels
    values: npt.NDArray[np.float32]
    lattice: Lattice

    @classmethod
    def of(
        cls, photo: Photo, channels: str, values: npt.NDArray[np.float32], lattice: Lattice
    ) -> Looked:
        """A photo of which the map was computed in its three channels, "rgb", or in one, "gray"."""
        gray = channels == "gray"
        pixels = to_chw(photo.pixels, channels)[0] if gray else photo.pixels
        return cls(pixels, values, lattice)

    @property
    def names(self) -> list[str]:
        """One letter for each channel; "" for a gray photo."""
        return [""] if self.pixels.ndim == 2 else ["R", "G", "B"]


@dataclass(frozen=True, eq=False)
class Convolved:
    """A map cell is a weighted sum.

    Parameters
    ----------
    weights
        Shape (C, KH, KW).
    bias
        Added to each sum.
    padding_mode
        One of those of `convviz.conv2d`.
    """

    weights: npt.NDArray[np.float64]
    bias: float
    padding_mode: str

    @property
    def data(self) -> dict[str, Any]:
        """As the browser gets it."""
        return {
            "fold": "sum",
            "kernel": list(self.weights.shape[1:]),
            "weights": [plane.ravel().tolist() for plane in self.weights],
            "bias": self.bias,
            "mode": self.padding_mode,
        }


@dataclass(frozen=True)
class Pooled:
    """A cell holds, for each channel, the maximum or the mean of its window.

    Parameters
    ----------
    fold
        "max" or "mean".
    kernel
        (rows, columns) of the window.
    """

    fold: Literal["max", "mean"]
    kernel: Pair

    @property
    def data(self) -> dict[str, Any]:
        """As the browser gets it."""
        return {"fold": self.fold, "kernel": list(self.kernel), "weights": [], "mode": "zeros"}


def show_lens(looked: Looked, how: Convolved | Pooled, *, key: str, middle: Pair) -> None:
    """Show how a cell came about.

    Parameters
    ----------
    looked
        The photo and the map.
    how
        What lies between them.
    key
        Streamlit key of the component.
    middle
        Until something is pointed at, the cell over this pixel is shown.
    """
    pixels, (rows, columns) = looked.pixels, looked.values.shape[:2]
    gray = pixels.ndim == 2
    data = {
        "pixelsMark": bring(pixels, f"{key} pixels") if gray else mark_of(pixels),
        "valuesMark": mark_of(looked.values),
        "size": list(pixels.shape[:2]),
        "mapSize": [rows, columns],
        "names": looked.names,
        "lattice": asdict(looked.lattice),
        "cell": list(looked.lattice.nearest(middle, (rows, columns))),
        "group": GROUP,
        "words": translated(LENS),
    }
    _component(key=key, data=data | how.data)
