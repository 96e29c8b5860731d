"""What is drawn over a picture: boxes, and a light on some of its cells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Box


@dataclass(frozen=True)
class Outline:
    """A box (top, left, bottom, right), bottom and right one past the last cell.

    It is drawn in one of two colours; "shared" hatches what two boxes have in common, and "leftover" tints what a
    stride leaves over.
    """

    box: Box
    colour: Literal["first", "second", "shared", "leftover"] = "first"


@dataclass(frozen=True, eq=False)
class Overlay:
    """Boxes, and cells that are lit while all others step back.

    Examples
    --------
    >>> Overlay((Outline((0, 1, 2, 4)),), light=(0, 1, 2, 4)).data
    {'marks': [{'box': [0, 1, 2, 4], 'colour': 'first'}], 'light': [0, 1, 2, 4]}
    """

    outlines: tuple[Outline, ...] = ()  # boxes; they may reach into the padding
    light: Box | None = None  # the box that is lit; None leaves the whole picture as it is
    # How strongly each cell of that box is lit, from 0 to 1, shape (bottom - top, right - left);
    # None lights all fully. Bool draws a line around each lit cell too, where there is room.
    strength: npt.NDArray[Any] | None = None

    @property
    def data(self) -> dict[str, Any]:
        """As the browser gets it."""
        marks = [{"box": list(each.box), "colour": each.colour} for each in self.outlines]
        data: dict[str, Any] = {"marks": marks, "light": self.light and list(self.light)}
        if self.light and self.strength is not None:
            data["each"] = self.strength.dtype == bool
            data["strength"] = np.rint(self.strength * 255).astype(np.uint8).ravel()
        return data


NOTHING = Overlay()
