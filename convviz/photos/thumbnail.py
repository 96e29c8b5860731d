"""A photo small enough to choose it by."""

from __future__ import annotations

import base64
import io

from PIL import Image

from convviz.photos.images import Photo

SIDE = 96  # pixels of the shorter side


def thumbnail(photo: Photo) -> str:
    """The photo, small, as an address that begins with ``data:``."""
    image = Image.fromarray(photo.pixels)
    small = min(image.size) < SIDE
    how = Image.Resampling.NEAREST if small else Image.Resampling.LANCZOS
    scale = SIDE / min(image.size)
    image = image.resize((round(image.width * scale), round(image.height * scale)), how)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=80)
    return f"data:image/webp;base64,{base64.b64encode(buffer.getvalue()).decode()}"
