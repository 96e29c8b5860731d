"""What the grid shows, and how its numbers travel: all in one row, each array by where it begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Array
from convviz.pictures.scales import signed_limit

MOST_PLANES = 4  # channels of a filter drawn side by side


@dataclass(frozen=True, eq=False)
class ShownMap:
    """One cell of the grid."""

    values: Array  # what is drawn: one row and column in `every` of the map, shape (rows, columns)
    every: int  # see `convviz.pictures.scales.thinned`
    size: tuple[int, int]  # (OH, OW) of the whole map
    # minimum, maximum: of the whole map
    minimum: float
    maximum: float
    limit: float  # the colour scale goes from ``-limit`` to ``limit``


@dataclass(frozen=True, eq=False)
class ShownImage:
    """One row of the grid: the photo, thinned too, and its maps."""

    # name, caption: what it is called in sentences, and what stands under it
    name: str
    caption: str
    pixels: npt.NDArray[np.uint8]  # uint8 of shape (rows, columns, 3)
    size: tuple[int, int]  # (H, W) of the whole photo
    maps: Sequence[ShownMap]  # one for each filter


@dataclass(frozen=True, eq=False)
class ShownFilter:
    """Head of a column."""

    # number, name: of the filter, such as "f = 0" and "Sobel x"
    number: str
    name: str
    # Shape (C, KH, KW); drawn where its channels are equal or few. None draws nothing.
    kernel: Array | None
    # End of the scale that the column shares, printed; None where each map has its own.
    limit: float | None

    @property
    def planes(self) -> Array:
        """The channels drawn, shape (planes, KH, KW): one where all are equal."""
        if self.kernel is None:
            return np.zeros((0, 1, 1))
        if (self.kernel == self.kernel[:1]).all():
            return self.kernel[:1]
        return self.kernel if len(self.kernel) <= MOST_PLANES else self.kernel[:0]


@dataclass(frozen=True, eq=False)
class Content:
    """Everything drawn."""

    # images, filters: rows and columns; every image has a map for each filter
    images: Sequence[ShownImage]
    filters: Sequence[ShownFilter]

    def sent(self) -> tuple[Array, npt.NDArray[np.uint8], dict[str, Any]]:
        """The numbers of maps and kernels (float32), those of photos (uint8), and what says where each lies."""
        maps = [drawn.values for image in self.images for drawn in image.maps]
        planes = [plane for head in self.filters for plane in head.planes]
        cells, places = _packed([*maps, *planes], np.float32)
        pixels, photos = _packed([image.pixels for image in self.images], np.uint8)
        where = iter(places)
        rows = [_row(image, photo, where) for image, photo in zip(self.images, photos, strict=True)]
        return (
            cells,
            pixels,
            {"images": rows, "filters": [_head(head, where) for head in self.filters]},
        )


def _row(
    image: ShownImage, photo: dict[str, int], places: Iterator[dict[str, int]]
) -> dict[str, Any]:
    maps = [
        next(places)
        | {"every": drawn.every, "size": list(drawn.size), "limit": drawn.limit}
        | {"minimum": drawn.minimum, "maximum": drawn.maximum}
        for drawn in image.maps
    ]
    described = {"name": image.name, "caption": image.caption, "size": list(image.size)}
    return photo | described | {"planes": 3, "maps": maps}


def _head(head: ShownFilter, places: Iterator[dict[str, int]]) -> dict[str, Any]:
    planes = head.planes
    return {
        "number": head.number,
        "name": head.name,
        "limit": head.limit,
        "kernel": [next(places) for _plane in planes],
        "kernelLimit": signed_limit(planes) if len(planes) else 0,
    }


def _packed(arrays: Sequence[Array], dtype: Any) -> tuple[Array, list[dict[str, int]]]:
    """All numbers in one row, and where each array begins in it."""
    starts = np.cumsum([0, *(array.size for array in arrays)])
    places = [
        {"from": int(start), "rows": array.shape[0], "columns": array.shape[1]}
        for start, array in zip(starts[:-1], arrays, strict=True)
    ]
    with np.errstate(over="ignore"):  # a number too large for float32 is drawn as infinite
        return np.concatenate([array.ravel() for array in arrays]).astype(dtype), places
