"""What holds the numbers of a scene, and which of them a visit touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Floats, Pair, Sides

Ints = npt.NDArray[np.int32]

Colours = Literal["image", "signed"]
Fills = Literal["given", "written", "added"]


@dataclass(frozen=True)
class Panel:
    """A named stack of grids of numbers."""

    key: str  # name used by accesses, for example ``"x"``
    label: str  # heading, for example ``"x_pad"``
    # Numbers of shape (..., rows, columns); the leading axes are flattened into planes.
    values: Floats
    planes: tuple[str, ...] = ("",)  # one name for each plane, for example ``("R", "G", "B")``
    # ``"image"``: 0 is black and 255 is the channel's own colour. ``"signed"``: diverging, zero
    # neutral.
    colours: Colours = "signed"
    # How many rows and columns on each side are padding: ((top, bottom), (left, right)).
    frame: Sides = ((0, 0), (0, 0))
    leftover: Pair = (0, 0)  # how many trailing rows and columns no window reaches
    # ``"given"``: seen from the start. ``"written"``: a cell stays blank until a step writes it.
    # ``"added"``: all cells start at 0 and grow; `values` are what they come to.
    fills: Fills = "given"

    def __post_init__(self) -> None:
        planes = int(np.prod(self.values.shape[:-2], dtype=int))
        assert planes == len(self.planes), f"{self.key}: {planes} planes, {len(self.planes)} names"


def counted(loops: tuple[int, ...], every: tuple[int, ...]) -> tuple[int, ...]:
    """Loop variables where so many values in a row count as one.

    Examples
    --------
    >>> counted((0, 5, 3), (1, 2, 1)), counted((0, 5, 3), ())
    ((0, 2, 3), (0, 5, 3))
    """
    return tuple(i // count for i, count in zip(loops, every, strict=True)) if every else loops


@dataclass(frozen=True)
class Access:
    """Which cells of a panel a visit touches; see `convviz.trace.scene`."""

    panel: str  # key of the panel
    table: Ints  # flat positions, shape (rows, taps)
    # row_strides, offset_strides: one integer for each loop variable
    row_strides: tuple[int, ...]
    offset_strides: tuple[int, ...]
    # For each loop variable, how many of its values in a row count as one, such as the filters of a
    # group; () if each counts.
    every: tuple[int, ...] = ()

    def cells(self, loops: tuple[int, ...]) -> Ints:
        """Flat positions touched when the loop variables have these values, shape (taps,)."""
        loops = counted(loops, self.every)
        row = sum(i * s for i, s in zip(loops, self.row_strides, strict=True))
        offset = sum(i * s for i, s in zip(loops, self.offset_strides, strict=True))
        return np.asarray(self.table[row] + offset, dtype=np.int32)
