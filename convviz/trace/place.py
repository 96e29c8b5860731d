"""Where the steps of a scene lie on a photo and on the map that is made of it."""

from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from PIL import Image

from convviz.ops.types import Box, Pair

ZERO = 128  # the shade of 0 in a small map


@dataclass(frozen=True, eq=False)
class Small:
    """A picture small enough to be sent with a scene.

    Parameters
    ----------
    pixels
        uint8. Shape (h, w, 3): a photo. Shape (h, w): a map in shades of its signed scale, from 1 for the lowest
        to 255 for the highest, `ZERO` for 0.
    exact
        Whether each pixel must arrive as it is.
    """

    pixels: npt.NDArray[np.uint8]
    exact: bool = False

    @cached_property
    def address(self) -> str:
        """The picture as an address that begins with ``data:``.

        Examples
        --------
        >>> Small(np.zeros((2, 3, 3), np.uint8), exact=True).address[:30]
        'data:image/webp;base64,UklGRho'
        """
        buffer = io.BytesIO()
        Image.fromarray(self.pixels).save(buffer, "WEBP", lossless=self.exact, quality=80)
        return f"data:image/webp;base64,{base64.b64encode(buffer.getvalue()).decode()}"


@dataclass(frozen=True, eq=False)
class Part:
    """A part of a picture, which the loops i and j run over.

    Parameters
    ----------
    size
        (rows, columns) of the whole picture.
    box
        The part, in pixels of a photo or cells of a map.
    wholes
        The whole picture: one for each image, or for each image and filter.
    titles
        What each is called, in the reader's language.
    """

    size: Pair
    box: Box
    wholes: tuple[Small, ...]
    titles: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class ScenePlace:
    """A photo on which a window moves, and its map on which a cell does, one for each (i, j) of the loops.

    Parameters
    ----------
    photo
        One picture for each image.
    pixels
        The part of each photo, pixel by pixel.
    map
        One picture for each image and filter, the filters of the first image first. The cells of its part have
        the numbers of the scene.
    start, step, extent
        The first row and column of the photo in the window of (0, 0), may be padding; how far it is from there to
        the next; the rows and columns that it spans.
    """

    photo: Part
    pixels: tuple[Small, ...]
    map: Part
    start: Pair
    step: Pair
    extent: Pair

    def window(self, row: int, column: int) -> Box:
        """The window of a cell, in pixels of the photo.

        Examples
        --------
        >>> photo = Part((9, 9), (2, 2, 6, 6), (), ())
        >>> ScenePlace(photo, (), photo, start=(1, 1), step=(2, 2), extent=(3, 3)).window(1, 0)
        (3, 1, 6, 4)
        """
        top, left = (
            start + cell * step
            for start, cell, step in zip(self.start, (row, column), self.step, strict=True)
        )
        return top, left, top + self.extent[0], left + self.extent[1]
