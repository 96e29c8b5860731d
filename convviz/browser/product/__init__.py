"""A convolution as a matrix product, in the browser: pointing at a number lights all that belongs to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convviz.browser.mount import mount
from convviz.ops.index import tap_index, visits
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.words import PRODUCT, translated

BELOW = 385  # screen pixels kept for what stands above and below the matrices

_component = mount("product")


@dataclass(frozen=True, eq=False)
class Product:
    """The first image's padded input, the filters' rows, the windows' columns, their product and its maps."""

    x_pad: Floats  # (C, PH, PW)
    w: Floats  # (F, C, KH, KW)
    out: Floats  # (F, OH, OW)
    window: Window2d
    size: Pair  # (H, W) of the input without padding
    names: Sequence[str]  # of each channel, in the reader's language
    pixels: bool  # whether the input is a photo's: its channels then have their own colours
    said: Sequence[str]  # what stands above them: markdown, a line each

    def show(self) -> None:
        """Draw it."""
        data = {
            "x": self.x_pad.ravel(),
            "w": self.w.ravel(),
            "out": self.out.ravel(),
            "sources": self.sources().ravel(),
            "copies": self.copies().ravel(),
            "input": list(self.x_pad.shape),
            "filters": list(self.w.shape),
            "output": list(self.out.shape),
            "inner": self._inner(),
            "names": list(self.names),
            "pixels": self.pixels,
            "said": list(self.said),
            "words": translated(PRODUCT),
            "below": BELOW,
        }
        _component(key="product", data=data)

    def _inner(self) -> list[int] | None:
        """What lies inside the padding, as top, left, rows and columns; None without padding."""
        (top, bottom), (left, right) = self.window.padding
        return [top, left, *self.size] if top or bottom or left or right else None

    def copies(self) -> npt.NDArray[np.int32]:
        """How many windows hold each number of a channel of x_pad, (PH, PW): so often x_cols has it."""
        high, wide = self.out.shape[1:]
        counts = visits(self.window, (high, wide), self.window.padded_size(self.size))
        return counts.astype(np.int32)

    def sources(self) -> npt.NDArray[np.int32]:
        """Which cell of x_pad each number of x_cols is a copy of, (C * KH * KW, OH * OW)."""
        plane = tap_index(self.window, self.size, padded=True)  # (OH, OW, KH, KW)
        taps = plane.reshape(plane.shape[0] * plane.shape[1], -1).T  # (KH * KW, OH * OW)
        channels = np.arange(len(self.x_pad))[:, None, None] * self.x_pad[0].size
        return np.asarray(channels + taps, dtype=np.int32).reshape(-1, taps.shape[1])
