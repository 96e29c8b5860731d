"""How a feature map and the photo it was computed from lie on each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from convviz.ops.types import Pair
from convviz.ops.window import nearest_window


@dataclass(frozen=True)
class LatticeLayer:
    """One layer on the way from the photo to the map: how its cells lie on the layer before it."""

    # start, step, extent, dilation: as for `Lattice`
    start: Pair
    step: Pair
    extent: Pair
    dilation: Pair
    size: Pair  # (rows, columns) of the layer before it, without padding


@dataclass(frozen=True)
class Lattice:
    """How cells of the map lie on the photo, each pair (rows, columns)."""

    start: Pair  # first pixel of the window of cell 0; negative where it begins in the padding
    step: Pair  # pixels from one cell's window to the next cell's: the stride
    extent: Pair  # pixels a window spans, gaps included
    dilation: Pair = (1, 1)  # pixels from one tap to the next
    # Every layer in between, in the order of the layers, where a map cell leaves out pixels of its
    # window that one dilation does not tell; empty otherwise.
    layers: tuple[LatticeLayer, ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        """As the browser gets it.

        Examples
        --------
        >>> Lattice(start=(-1, -1), step=(2, 2), extent=(3, 3)).data["step"]
        (2, 2)
        """
        return {**vars(self), "layers": [vars(layer) for layer in self.layers]}

    def middle(self, row: int, column: int) -> Pair:
        """The pixel in the middle of a cell's window, at least 0.

        Examples
        --------
        >>> Lattice(start=(-1, -1), step=(2, 2), extent=(3, 3)).middle(4, 0)
        (8, 0)
        """
        down, across = (
            max(0, start + cell * step + (extent - 1) // 2)
            for start, step, extent, cell in zip(
                self.start, self.step, self.extent, (row, column), strict=True
            )
        )
        return down, across

    def nearest(self, pixel: Pair, size: Pair) -> Pair:
        """The cell whose window has its middle nearest to a pixel, of a map of ``size``.

        Examples
        --------
        >>> Lattice(start=(-1, -1), step=(2, 2), extent=(3, 3)).nearest((9, 0), (5, 5))
        (4, 0)
        """
        row, column = map(nearest_window, pixel, self.start, self.step, self.extent, size)
        return row, column
