"""Any picture Pillow can open as 8-bit RGB, upright and at working size."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageCms

from convviz.ops.types import Array
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
WHITES = (255, 1023, 4095, 16383, 65535)  # the largest value of 8, 10, 12, 14 and 16 bits


def to_rgb(image: Image.Image, limit: int) -> tuple[Image.Image, list[Sentence]]:
    """Decode, scale and turn a picture.

    Parameters
    ----------
    image
        As opened by Pillow; its pixels need not be loaded yet.
    limit
        The longer side is scaled down to this many pixels, never up.

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
    full = image.size
    if image.format in ("JPEG", "MPO"):
        image.draft("RGB", (2 * limit, 2 * limit))  # decodes at ½, ¼ or ⅛, and faster for it
    image.load()
    full = image.size if image.format == "TIFF" else full  # a TIFF turns itself while loading
    turn = _orientation(image)
    profile = image.info.get("icc_profile")
    opaque, notes = _opaque(image)
    size = _fitted(full, limit)
    if opaque.size != size:
        opaque = opaque.resize(size, Image.Resampling.LANCZOS, reducing_gap=3.0)
    rgb = _srgb(opaque, profile)
    if turn in UPRIGHT:
        rgb = rgb.transpose(UPRIGHT[turn])
    if size != full:
        before = full[::-1] if turn in SIDEWAYS else full
        sides = {"height": before[1], "width": before[0]}
        notes.append(Sentence("Scaled from {height}×{width}.", sides))
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


def _opaque(image: Image.Image) -> tuple[Image.Image, list[Sentence]]:
    """The picture in mode L, RGB, CMYK or LAB, 8 bits a channel, nothing transparent."""
    if image.mode.startswith("I") or image.mode == "F":
        return _from_wide(np.asarray(image))
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        clear = rgba.getchannel("A").getextrema() != (255, 255)
        notes = [Sentence("Transparent parts are shown on white.")] if clear else []
        return Image.alpha_composite(white, rgba).convert("RGB"), notes
    if image.mode in ("L", "RGB", "CMYK", "LAB"):
        image.load()
        return image, []
    return image.convert("L" if image.mode == "1" else "RGB"), []


def _from_wide(values: Array) -> tuple[Image.Image, list[Sentence]]:
    """More than 8 bits a pixel as 8, by the range really used, with nothing clipped.

    Whole numbers are read as 8, 10, 12, 14 or 16 bits, whichever just holds the largest; numbers
    from 0 to 1 as fractions of white; everything else is stretched from least to most.
    """
    finite = np.nan_to_num(values.astype(np.float32), nan=0.0, posinf=0.0, neginf=0.0)
    black, white = float(finite.min()), float(finite.max())
    usual = WHITES if values.dtype.kind in "iu" else (1, *WHITES[:1])
    if black >= 0 and white <= usual[-1]:
        black, white = 0.0, float(next(top for top in usual if white <= top))
    gray = np.rint((finite - black) * (255 / max(white - black, 1e-30))).astype(np.uint8)
    expected = black == 0 and white in (usual[0], usual[-1])
    range_used = {"black": black, "white": white}
    said = Sentence("{black:g} is shown as black, {white:g} as white.", range_used)
    return Image.fromarray(gray), [] if expected else [said]


def _srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """Mode RGB in the colours a screen expects; a profile that cannot be used is passed over."""
    try:
        if image.mode == "LAB":
            source: Any = ImageCms.createProfile("LAB")
        elif profile:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        else:
            return image.convert("RGB")
        if image.mode == "RGB" and "sRGB" in ImageCms.getProfileDescription(source):
            return image
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    except (ImageCms.PyCMSError, OSError, TypeError, ValueError):
        return image.convert("RGB")
