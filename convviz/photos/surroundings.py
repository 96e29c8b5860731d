"""What lies around the region that is stepped through: the rest of the photo, or padding."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from convviz.ops.padding import pad
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.types import Floats, Pair, Sides
from convviz.ops.window import Window2d
from convviz.photos.regions import Region

Spec = TypeVar("Spec", Conv2dSpec, PoolSpec)


@dataclass(frozen=True, eq=False)
class Stepped(Generic[Spec]):
    """What the loop over a region reads."""

    x: Floats  # (N, C, rows, columns)
    spec: Spec  # with the padding that is left
    region: Region  # the one that is stepped through
    box: Region  # what is read of the photo

    @property
    def size(self) -> Pair:
        """(rows, columns) of the input."""
        return self.x.shape[2], self.x.shape[3]


@dataclass(frozen=True)
class Surrounded:
    """A region with what its windows read around it, and the padding that is left at the photo's edge."""

    box: Region  # what is read of the photo
    spec: Conv2dSpec  # with the padding that is left

    @classmethod
    def by_photo(cls, region: Region, spec: Conv2dSpec, size: Pair) -> Surrounded:
        """The region in the middle of a photo of ``size``: each result is that of the photo's own map.

        The region begins where a stride does.

        Examples
        --------
        >>> made = Surrounded.by_photo(Region(5, 0, 4, 4), Conv2dSpec.make(3, padding=1), (20, 20))
        >>> made.box.box, made.spec.window.padding
        ((4, 0, 10, 5), ((0, 0), (1, 0)))
        """
        box, left = _read(region, spec.window, spec.window.padding, size)
        return cls(box, replace(spec, window=replace(spec.window, padding=left)))

    @property
    def is_copied(self) -> bool:
        """Whether padding is left that is copied from the photo's other side, which the region does not have."""
        return self.spec.padding_mode == "circular" and any(map(any, self.spec.window.padding))

    def padded(
        self, photos: Sequence[npt.NDArray[np.floating]], spec: Conv2dSpec
    ) -> tuple[Floats, Conv2dSpec]:
        """What the loop reads of whole photos, (N, C, rows, columns), and its spec.

        Parameters
        ----------
        photos
            Each of shape (C, H, W).
        spec
            The convolution of the whole photos.
        """
        if not self.is_copied:
            return _batch([self.box.cut(each) for each in photos]), self.spec
        (before, _), (left, _) = spec.window.padding
        (more, below), (side, far) = self.spec.window.padding
        top, first = self.box.top + before - more, self.box.left + left - side
        rows, columns = self.box.rows + more + below, self.box.columns + side + far
        box = Region(top, first, rows, columns)
        cut = [box.cut(pad(each, spec.window.padding, spec.padding_mode)) for each in photos]
        return _batch(cut), replace(self.spec, window=self.spec.window.unpadded)


def _batch(images: Sequence[npt.NDArray[np.floating]]) -> Floats:
    return np.stack(images).astype(np.float64)


def pooled_around(region: Region, spec: PoolSpec, size: Pair) -> tuple[Region, PoolSpec]:
    """What pooling reads of a photo of ``size`` for the cells of a region, and with which padding.

    Each result is that of the whole photo. The region begins where a stride does and ends with its last window:
    what the stride leaves over belongs to the photo's next windows.

    Examples
    --------
    >>> box, spec = pooled_around(Region(5, 0, 5, 4), PoolSpec.make(3, 2, 1), (20, 20))
    >>> box.box, spec.window.padding
    ((3, 0, 10, 4), ((0, 0), (1, 0)))
    """
    window, padding = spec.window, spec.window.padding
    box, left = _read(region, window, _to_the_last(spec, region.size), size)
    ends = [
        (before, min(after, most))  # a window that hangs over the edge needs no more
        for (before, after), (_, most) in zip(left, padding, strict=True)
    ]
    return box, replace(spec, window=replace(window, padding=(ends[0], ends[1])))


def _to_the_last(spec: PoolSpec, size: Pair) -> Sides:
    """The padding before a region of ``size``, and how far beyond its end the last of its windows reaches."""
    window, cells = spec.window, spec.output_size(size)
    ends = []
    for axis in (0, 1):
        before = window.padding[axis][0]
        last = (cells[axis] - 1) * window.stride[axis] + window.extent[axis]
        ends.append((before, last - before - size[axis]))
    return ends[0], ends[1]


def _read(region: Region, window: Window2d, reach: Sides, size: Pair) -> tuple[Region, Sides]:
    """What is read of a photo around a region, and how much of the reach lies beyond the photo."""
    low, far, left = [], [], []
    for axis, (begin, length) in enumerate(
        zip(region.on_stride(window.stride).box[:2], region.size, strict=True)
    ):
        before, after = reach[axis]
        first, last = begin - before, begin + length + after
        low.append(max(0, first))
        far.append(min(size[axis], last))
        left.append((low[axis] - first, last - far[axis]))
    return Region(low[0], low[1], far[0] - low[0], far[1] - low[1]), (left[0], left[1])
