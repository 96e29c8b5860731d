"""Photos cut square and scaled, as the course does before it convolves them."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image

from convviz.photos.images import Photo


def square(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The largest square around the middle, as a view.

    The course cuts a wide photo with ``pixels[:, d // 2 : -d // 2]``, where ``d = W - H``. With d = 0 that is
    ``pixels[:, 0:0]``, an empty array; counted from the start it is the photo itself. An odd d leaves the
    additional column on the right, as there.

    Examples
    --------
    >>> square(np.zeros((266, 400, 3), np.uint8)).shape, square(np.zeros((5, 5, 3), np.uint8)).shape
    ((266, 266, 3), (5, 5, 3))
    """
    height, width = pixels.shape[:2]
    side = min(height, width)
    top, left = (height - side) // 2, (width - side) // 2
    return pixels[top : top + side, left : left + side]


def squared(photo: Photo, side: int) -> Photo:
    """The middle square of a photo, scaled to ``side`` pixels (bicubic, as Pillow does it).

    Examples
    --------
    >>> from convviz.photos.samples import sample
    >>> squared(sample("cat"), 200).pixels.shape
    (200, 200, 3)
    """
    cut = square(photo.pixels)
    if cut.shape[0] != side:
        cut = np.array(Image.fromarray(cut).resize((side, side), Image.Resampling.BICUBIC))
        cut.flags.writeable = False
    digest = hashlib.sha256(f"{photo.digest} square {side}".encode()).hexdigest()
    return replace(photo, pixels=cut, digest=digest, notes=())
