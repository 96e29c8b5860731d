"""Any picture Pillow can open as 8-bit RGB, upright and at working size."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageCms

from convviz.photos.files.prepared import Prepared
from convviz.photos.heif import Held, is_large
from convviz.photos.notes import SCALED
from convviz.photos.opaque import opaque
from convviz.text.i18n import Sentence

UPRIGHT = {  # EXIF orientation -> what turns the stored pixels the right way up
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
SIDEWAYS = (5, 6, 7, 8)  # orientations that exchange width and height
SAME = 2  # a profile that moves no colour by more than this is sRGB's


def to_rgb(
    image: Image.Image, limit: int, known: Prepared | None = None
) -> tuple[Image.Image, list[Sentence]]:
    """Decode, scale and turn a picture.

    Parameters
    ----------
    image
        As opened by Pillow; its pixels need not be loaded yet.
    limit
        The longer side is scaled down to this many pixels, never up.
    known
        What its file says beside the pixels.

    Returns
    -------
    rgb, notes
        The picture in mode "RGB", and a sentence for everything done that changes what is seen.

    Raises
    ------
    Exception
        Whatever Pillow raises on a damaged file.

    Examples
    --------
    >>> rgb, notes = to_rgb(Image.new("LA", (4, 2), (0, 0)), limit=512)
    >>> rgb.getpixel((0, 0)), str(notes[0])
    ((255, 255, 255), 'Transparent parts are shown on white.')
    """
    known = known or Prepared(b"")
    full = image.size
    if image.format in ("JPEG", "MPO"):
        image.draft("RGB", (2 * limit, 2 * limit))  # decodes at ½, ¼ or ⅛, and faster for it
    held: Image.Image | Held = image
    if is_large(image):
        held = Held(known.data)
    else:
        image.load()
    if image.format in ("TIFF", "HEIF"):  # these turn themselves while loading
        full = held.size
    turn = _orientation(image)
    profile = known.profile or image.info.get("icc_profile")
    size = _fitted(full, limit)
    shown, notes = opaque(held, size, known)
    rgb = _srgb(shown, profile)
    if known.colours is not None and not profile:
        rgb = known.colours.on_screen(rgb)
    if turn in UPRIGHT:
        rgb = rgb.transpose(UPRIGHT[turn])
    if size != full:
        before = full[::-1] if turn in SIDEWAYS else full
        sides = {"height": before[1], "width": before[0]}
        notes.append(Sentence(SCALED, sides))
    return rgb, notes


def _fitted(size: tuple[int, int], limit: int) -> tuple[int, int]:
    scale = min(1.0, limit / max(size))
    return max(1, round(size[0] * scale)), max(1, round(size[1] * scale))


def _orientation(image: Image.Image) -> int:
    """The EXIF orientation; 1 (upright) if there is none, or if it cannot be read."""
    try:
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    except Exception:  # damaged EXIF data, which is no reason to refuse the picture
        return 1


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Mode RGB in the colours a screen expects; a profile that cannot be used is passed over."""
    try:
        if image.mode == "LAB":
            source: Any = ImageCms.createProfile("LAB")
        elif profile:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        else:
            return image.convert("RGB")
        target = ImageCms.createProfile("sRGB")
        transform = ImageCms.buildTransform(source, target, image.mode, "RGB")
        if image.mode == "RGB" and _changes_nothing(transform):
            return image
        return ImageCms.applyTransform(image, transform) or image
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image.convert("RGB")


def _changes_nothing(transform: Any) -> bool:
    """Whether a transform leaves the greys and a grid of colours as they are."""
    grid = np.stack(np.meshgrid(*[np.linspace(0, 255, 9)] * 3), axis=-1).reshape(1, -1, 3)
    greys = np.repeat(np.arange(256.0), 3).reshape(1, -1, 3)
    before = np.concatenate([grid, greys], axis=1).astype(np.uint8)  # (1, N, 3)
    after = ImageCms.applyTransform(Image.fromarray(before), transform)
    return int(np.abs(np.asarray(after).astype(int) - before).max()) <= SAME
