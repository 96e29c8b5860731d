"""Photos cut to other proportions and scaled, as the course does before it convolves them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from convviz.ops.types import Pair, Pixels
from convviz.photos.images import Photo, digest_of_pixels
from convviz.text.i18n import N_, Sentence

Resampling = Image.Resampling
CUT = N_("Cut and scaled from {height}×{width} to the size of the first.")


def middle(pixels: Pixels, size: Pair) -> Pixels:
    """The largest part around the middle with the proportions of ``size`` (rows, columns), as a view.

    The course cuts a wide photo with ``pixels[:, d // 2 : -d // 2]``, where ``d = W - H``. With d = 0 that is
    ``pixels[:, 0:0]``, an empty array; counted from the start it is the photo itself. An odd d leaves the
    additional column on the right, as there.

    Examples
    --------
    >>> middle(np.zeros((266, 400, 3), np.uint8), (1, 1)).shape, middle(np.zeros((5, 5)), (1, 1)).shape
    ((266, 266, 3), (5, 5))
    """
    height, width = pixels.shape[:2]
    high = max(1, min(height, round(width * size[0] / size[1])))
    wide = max(1, min(width, round(height * size[1] / size[0])))
    top, left = (height - high) // 2, (width - wide) // 2
    return pixels[top : top + high, left : left + wide]


def fitted(pixels: Pixels, size: Pair, how: Resampling = Resampling.LANCZOS) -> Pixels:
    """The `middle` of a photo, scaled to ``size`` (rows, columns); read-only.

    Examples
    --------
    >>> fitted(np.zeros((266, 400, 3), np.uint8), (20, 10)).shape
    (20, 10, 3)
    """
    cut = middle(pixels, size)
    if cut.shape[:2] != size:
        cut = np.array(Image.fromarray(cut).resize(size[::-1], how))
    cut.flags.writeable = False
    return cut


def squared(photo: Photo, side: int) -> Photo:
    """The middle square of a photo, scaled to ``side`` pixels (bicubic, as in the course).

    Examples
    --------
    >>> from convviz.photos.samples import sample
    >>> squared(sample("cat"), 200).pixels.shape
    (200, 200, 3)
    """
    pixels = fitted(photo.pixels, (side, side), Resampling.BICUBIC)
    return replace(photo, pixels=pixels, digest=digest_of_pixels(pixels), notes=())


def beside(photo: Photo, first: Photo) -> Photo:
    """A photo at the size of the first of its batch: its `middle`, scaled; itself where it has that size.

    Examples
    --------
    >>> from convviz.photos.samples import sample
    >>> beside(sample("cat"), sample("digit")).pixels.shape
    (8, 8, 3)
    """
    height, width = first.pixels.shape[:2]
    if photo.pixels.shape == first.pixels.shape:
        return photo
    pixels = fitted(photo.pixels, (height, width))
    sides = dict(zip(("height", "width"), photo.pixels.shape, strict=False))
    note = Sentence(CUT, sides)
    return replace(photo, pixels=pixels, digest=digest_of_pixels(pixels), notes=(note,))
