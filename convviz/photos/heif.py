"""A large HEIC's pixels, as its decoder holds them.

Pillow would copy them into four bytes a pixel, which takes more memory than the decoder itself.
"""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import Image

from convviz.ops.types import Array

LARGE = 12_000_000  # pixels from which on a copy costs more than it is worth
CHANNELS = {"RGB": 3, "RGBA": 4}


class Held:
    """What `convviz.photos.opaque` asks of an image: its size, its mode, and a strip at a time.

    Parameters
    ----------
    data
        The file's bytes.
    """

    def __init__(self, data: bytes):
        import pillow_heif

        decoded = pillow_heif.open_heif(io.BytesIO(data), convert_hdr_to_8bit=True)
        pixels = np.frombuffer(decoded.data, np.uint8)  # may change the size
        self.mode: str = decoded.mode
        self.size: tuple[int, int] = decoded.size
        self.info: dict[Any, Any] = decoded.info
        (self.width, self.height), each = self.size, CHANNELS[self.mode]
        rows = pixels.reshape(self.height, decoded.stride)[:, : each * self.width]
        self._cells: Array = rows.reshape(self.height, self.width, each)  # (H, W, C)

    @property
    def has_transparency_data(self) -> bool:
        """Whether some of it may be transparent."""
        return self.mode == "RGBA"

    def crop(self, box: tuple[int, int, int, int]) -> Image.Image:
        """The pixels from (left, top) to (right, bottom)."""
        left, top, right, bottom = box
        return Image.fromarray(np.ascontiguousarray(self._cells[top:bottom, left:right]))


def is_large(image: Image.Image) -> bool:
    """Whether an opened image is such a HEIC."""
    return image.format == "HEIF" and image.mode in CHANNELS and image.width * image.height > LARGE
