"""How a feature map and the photo it was computed from lie on each other."""

from __future__ import annotations

from dataclasses import dataclass

Pair = tuple[int, int]


@dataclass(frozen=True)
class Link:
    """How cells of the map lie on the photo, each pair (rows, columns).

    Parameters
    ----------
    start
        First pixel of the window of cell 0; negative where it begins in the padding.
    step
        Pixels from one cell's window to the next cell's: the stride.
    extent
        Pixels a window spans, gaps included.
    dilation
        Pixels from one tap to the next.
    """

    start: Pair
    step: Pair
    extent: Pair
    dilation: Pair = (1, 1)

    def middle(self, row: int, column: int) -> Pair:
        """The pixel in the middle of a cell's window, at least 0.

        Examples
        --------
        >>> Link(start=(-1, -1), step=(2, 2), extent=(3, 3)).middle(4, 0)
        (8, 0)
        """
        down, across = (
            max(0, start + cell * step + (extent - 1) // 2)
            for start, step, extent, cell in zip(
                self.start, self.step, self.extent, (row, column), strict=True
            )
        )
        return down, across
