"""Which part of a photo to step through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Floats, Pair
from convviz.photos.images import Photo


@dataclass(frozen=True)
class Region:
    """A rectangle of pixels: its top left corner and its size."""

    top: int
    left: int
    rows: int
    columns: int

    @property
    def box(self) -> tuple[int, int, int, int]:
        """(top, left, bottom, right); bottom and right are one past the last pixel."""
        return self.top, self.left, self.top + self.rows, self.left + self.columns

    @property
    def size(self) -> Pair:
        """(rows, columns)."""
        return self.rows, self.columns

    def on_stride(self, stride: Pair) -> Region:
        """The region of this size that begins where a stride does: its windows are windows of the image, too."""
        return replace(
            self, top=self.top - self.top % stride[0], left=self.left - self.left % stride[1]
        )

    @property
    def middle(self) -> Pair:
        """Row and column of the pixel in its middle."""
        return self.top + self.rows // 2, self.left + self.columns // 2

    def holds(self, row: int, column: int) -> bool:
        """Whether a pixel lies in it."""
        top, left, bottom, right = self.box
        return top <= row < bottom and left <= column < right

    def cut(self, x: npt.NDArray[np.floating]) -> npt.NDArray[np.floating]:
        """The region of an array whose last two axes are rows and columns."""
        top, left, bottom, right = self.box
        return x[..., top:bottom, left:right]

    def batch(self, photos: Sequence[Photo], channels: str) -> Floats:
        """The region of every photo, shape (N, C, rows, columns); ``channels`` as `to_chw` takes it."""
        regions = [self.cut(photo.planes(channels)) for photo in photos]
        return np.stack(regions).astype(np.float64)


def moved_to(region: Region, pixel: Pair, size: Pair, stride: Pair = (1, 1)) -> Region:
    """The region of the same size whose middle is nearest to a pixel, inside an image of ``size``.

    It begins where a stride does.

    Examples
    --------
    >>> region = Region(0, 0, 4, 6)
    >>> [moved_to(region, pixel, (20, 30)).box for pixel in ((10, 15), (1, 1), (19, 29))]
    [(8, 12, 12, 18), (0, 0, 4, 6), (16, 24, 20, 30)]
    >>> moved_to(region, (11, 15), (20, 30), stride=(2, 5)).box
    (8, 10, 12, 16)
    """
    top = max(0, min(pixel[0] - region.rows // 2, size[0] - region.rows))
    left = max(0, min(pixel[1] - region.columns // 2, size[1] - region.columns))
    return replace(region, top=top, left=left).on_stride(stride)


def interesting_region(x: npt.NDArray[np.floating], rows: int, columns: int) -> Region:
    """The region whose pixels differ most: largest variance over rows, columns and channels.

    Parameters
    ----------
    x
        Image, shape (C, H, W).
    rows, columns
        Size of the region; at most (H, W).

    Examples
    --------
    >>> x = np.zeros((1, 6, 6))
    >>> x[0, 3, 3:5] = 255
    >>> interesting_region(x, 3, 3).box
    (1, 2, 4, 5)
    """
    mean = _box_sums(x.sum(axis=0), rows, columns)
    square = _box_sums((x.astype(np.float64) ** 2).sum(axis=0), rows, columns)
    count = len(x) * rows * columns
    variance = square / count - (mean / count) ** 2
    top, left = np.unravel_index(int(np.argmax(variance)), variance.shape)
    return Region(int(top), int(left), rows, columns)


def _box_sums(plane: npt.NDArray[np.floating], rows: int, columns: int) -> Floats:
    """Sum over every (rows, columns) window, from a table of sums from the corner."""
    table = np.pad(plane.astype(np.float64).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    return np.asarray(
        table[rows:, columns:]
        - table[:-rows, columns:]
        - table[rows:, :-columns]
        + table[:-rows, :-columns]
    )
