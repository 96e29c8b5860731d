"""The arithmetic of one cell of a feature map, below the photo and the map: what is pointed at, worked out.

The photo's pixels and the map's cells are those that the two pictures of the same group have; the kernel and the
bias come with this element. The browser looks pixels up and adds the products of each channel; the number
they come to is the map's own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from convviz.browser.cells import bring, mark_of
from convviz.browser.cells.exact import hold, stays
from convviz.browser.mount import mount
from convviz.browser.picture import GROUP, Lattice
from convviz.ops.padding import copied_from
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Array, Pair
from convviz.photos.images import Photo
from convviz.text.words import LENS, translated

_component = mount("lens")


@dataclass(frozen=True, eq=False)
class Looked:
    """A photo, one of its maps, and how the map lies on it."""

    # Those of the photo's picture, shape (H, W, 3); or those that no picture shows: a gray one's,
    # (H, W), or numbers, (H, W, C).
    pixels: Array
    values: Array  # those of the map's picture, shape (OH, OW); or a pooled photo
    lattice: Lattice  # how the map lies on the photo
    names: tuple[str, ...]  # one for each channel; "" for a gray photo
    signed: bool = False  # whether they are numbers of any size and sign, which no picture shows

    @classmethod
    def of(cls, photo: Photo, channels: str, values: Array, lattice: Lattice) -> Looked:
        """A photo of which the map was computed in its three channels, "rgb", or in one, "gray"."""
        names = photo.channel_names(channels)
        if photo.signed:
            numbers = np.ascontiguousarray(photo.planes(channels).transpose(1, 2, 0))  # (H, W, C)
            return cls(numbers, values, lattice, names, signed=True)
        pixels = photo.planes(channels)[0] if len(names) == 1 else photo.pixels
        return cls(pixels, values, lattice, names)


@dataclass(frozen=True, eq=False)
class Convolved:
    """A map cell is a weighted sum."""

    weights: npt.NDArray[np.float64]  # shape (C, KH, KW)
    bias: float  # added to each sum
    spec: Conv2dSpec  # padding and its mode

    def data(self, size: Pair) -> dict[str, Any]:
        """As the browser gets it, for a photo of ``size``."""
        return {
            "fold": "sum",
            "kernel": list(self.weights.shape[1:]),
            "weights": [plane.ravel().tolist() for plane in self.weights],
            "bias": self.bias,
            "copies": [
                _copies(length, sides, self.spec.padding_mode)
                for length, sides in zip(size, self.spec.window.padding, strict=True)
            ],
        }


@dataclass(frozen=True)
class Pooled:
    """A cell holds, for each channel, the maximum or the mean of its window."""

    fold: Literal["max", "mean"]
    kernel: Pair  # (rows, columns) of the window

    def data(self, size: Pair) -> dict[str, Any]:
        """As the browser gets it, for a photo of ``size``."""
        copies = [_copies(length, (0, 0), "zeros") for length in size]
        return {"fold": self.fold, "kernel": list(self.kernel), "weights": [], "copies": copies}


def _copies(length: int, sides: Pair, mode: str) -> dict[str, list[int]]:
    """The indices of an axis that the padding in front of it and behind it is copied from."""
    source = copied_from(length, sides, mode).tolist()
    return {"before": source[: sides[0]], "after": source[sides[0] + length :]}


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
    photo_size = (pixels.shape[0], pixels.shape[1])
    is_shown = pixels.ndim == 3 and not looked.signed
    numbers = {"pixels": mark_of(pixels) if is_shown else bring(pixels, key=f"{key} pixels")}
    mark, stay = mark_of(looked.values), stays(looked.values)
    if looked.signed and looked.values.ndim == 3 and not stay:  # each picture shows one channel
        mark = bring(looked.values, key=f"{key} values")
    cell = looked.lattice.nearest(middle, (rows, columns))
    shown = np.atleast_1d(looked.values[cell])
    data = {
        "numbers": numbers if stay else numbers | {"values": mark},
        "exact": hold(looked.values, mark) if stay else None,
        "size": list(photo_size),
        "mapSize": [rows, columns],
        "names": list(looked.names),
        "limit": float(np.abs(pixels).max()) if looked.signed else None,
        "lattice": looked.lattice.data,
        "cell": list(cell),
        "shown": shown.tolist() if stay and np.isfinite(shown).all() else None,
        "group": GROUP,
        "words": translated(LENS),
    }
    _component(key=key, data=data | how.data(photo_size))
