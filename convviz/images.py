"""An uploaded file as an array of pixels, or a clear refusal."""

from __future__ import annotations

import hashlib
import io
import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

try:
    from pillow_heif import register_heif_opener
except ImportError:  # the library works without it; such a file is then refused by name
    HAS_HEIF = False
else:
    register_heif_opener()
    HAS_HEIF = True

WORKING_SIZE = 512
LARGEST_FILE = 25_000_000  # bytes
LARGEST_PHOTO = 60_000_000  # pixels
SMALLEST_SIDE = 8  # pixels left after scaling
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF", "HEIF", "MPO")
WHAT_WORKS = "use a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC photo"


class ImageError(ValueError):
    """A file that cannot be shown: one sentence saying what was wrong and what would work."""


@dataclass(frozen=True)
class Photo:
    """A photo ready to be convolved.

    Parameters
    ----------
    pixels
        uint8 of shape (H, W, 3), RGB, read-only.
    name
        What to call it.
    digest
        SHA-256 of the bytes it was read from, in hexadecimal. Use it as cache key.
    note
        What was done to it on the way in, or "".
    """

    pixels: npt.NDArray[np.uint8]
    name: str
    digest: str
    note: str = ""


def read_photo(data: bytes, name: str, limit: int = WORKING_SIZE) -> Photo:
    """Decode an uploaded file.

    EXIF rotation is applied, transparency laid on white, and palette, CMYK, 16-bit and grayscale images are
    converted to RGB. The longer side is scaled down to ``limit`` pixels, never up.

    Parameters
    ----------
    data
        The file's bytes.
    name
        The file's name, for messages.
    limit
        Longest side allowed, in pixels.

    Raises
    ------
    ImageError
        If the file is empty, not an image, damaged, too large, or too narrow.

    Examples
    --------
    >>> buffer = io.BytesIO()
    >>> Image.new("RGB", (1024, 256), "red").save(buffer, "PNG")
    >>> photo = read_photo(buffer.getvalue(), "red.png")
    >>> photo.pixels.shape, photo.note
    ((128, 512, 3), 'Scaled from 1024×256 to 512×128.')
    """
    if not data:
        raise ImageError(f"{name} is empty (0 bytes): choose another file.")
    if len(data) > LARGEST_FILE:
        raise ImageError(
            f"{name} has {len(data) // 1_000_000} MB: use a file of at most {LARGEST_FILE // 1_000_000} MB."
        )
    image = _open(data, name)
    _check_size(image, name, limit)
    frames = getattr(image, "n_frames", 1)
    notes = [f"First frame of {frames}."] if frames > 1 and image.format in ("GIF", "WEBP", "PNG") else []
    size = image.size
    rgb = _decode(image, name, limit)
    before = size if (size[0] > size[1]) == (rgb.width > rgb.height) else size[::-1]
    if max(rgb.size) > limit:
        rgb.thumbnail((limit, limit), Image.Resampling.LANCZOS)
    if rgb.size != before and max(before) > limit:
        notes.append(f"Scaled from {before[0]}×{before[1]} to {rgb.width}×{rgb.height}.")
    return Photo(_frozen(np.array(rgb)), name, hashlib.sha256(data).hexdigest(), " ".join(notes))


def to_chw(
    pixels: npt.NDArray[np.uint8], channels: Literal["rgb", "gray"] | str
) -> npt.NDArray[np.float32]:
    """Pixels as a network sees them: float32 of shape (C, H, W), from 0 to 255.

    "gray" is ``0.299 R + 0.587 G + 0.114 B`` (ITU-R BT.601), rounded to whole numbers.

    Examples
    --------
    >>> to_chw(np.full((2, 3, 3), 100, dtype=np.uint8), "gray").shape
    (1, 2, 3)
    """
    if channels == "gray":
        luma = np.rint(pixels @ np.array([0.299, 0.587, 0.114]))
        return np.asarray(luma[None], dtype=np.float32)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1), dtype=np.float32)


def _open(data: bytes, name: str) -> Image.Image:
    """The file's header, not yet its pixels."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # `_check_size` is stricter
            return Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        if not HAS_HEIF and data[4:8] == b"ftyp":
            raise ImageError(f"{name} needs the package pillow-heif: install it, or use a JPEG.") from None
        raise ImageError(f"{name} is not an image convviz can read: {WHAT_WORKS}.") from None
    except Image.DecompressionBombError:
        raise _too_many_pixels(name) from None
    except Exception:  # a damaged header may fail anywhere inside a decoder
        raise _damaged(name) from None


def _check_size(image: Image.Image, name: str, limit: int) -> None:
    width, height = image.size
    if width * height > LARGEST_PHOTO:
        raise _too_many_pixels(name)
    scale = min(1.0, limit / max(width, height))
    if min(width, height) * scale < SMALLEST_SIDE and min(width, height) < max(width, height):
        longest = min(width, height) * limit // SMALLEST_SIDE
        raise ImageError(
            f"{name} is {width}×{height}, too narrow to show: crop its longer side to at most {longest} pixels."
        )


def _decode(image: Image.Image, name: str, limit: int) -> Image.Image:
    try:
        image.draft("RGB", (2 * limit, 2 * limit))  # lets a JPEG decode at a fraction of its size
        image.load()
        return _to_rgb(ImageOps.exif_transpose(image))
    except Exception:  # a damaged file may fail anywhere inside a decoder
        raise _damaged(name) from None


def _to_rgb(image: Image.Image) -> Image.Image:
    """Any Pillow mode as RGB, transparency on white."""
    if image.mode.startswith("I") or image.mode == "F":
        return _from_wide(np.asarray(image, dtype=np.float64), image.mode)
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        rgba = image.convert("RGBA")
        white = Image.new("RGBA", rgba.size, "white")
        return Image.alpha_composite(white, rgba).convert("RGB")
    return image.convert("RGB")


def _from_wide(values: npt.NDArray[np.float64], mode: str) -> Image.Image:
    """16-bit integers have 65,535 as white; floats and 32-bit integers are stretched from least to most."""
    if mode.startswith("I;16") or (mode == "I" and values.min() >= 0 and 255 < values.max() <= 65535):
        gray = values / 257
    else:
        low, high = float(np.nanmin(values)), float(np.nanmax(values))
        gray = (values - low) * (255 / (high - low)) if high > low else np.clip(values, 0, 255)
    return Image.fromarray(np.nan_to_num(np.rint(gray)).astype(np.uint8)).convert("RGB")


def _too_many_pixels(name: str) -> ImageError:
    most = LARGEST_PHOTO // 1_000_000
    return ImageError(f"{name} has more than {most} million pixels: use a photo of at most {most} megapixels.")


def _damaged(name: str) -> ImageError:
    return ImageError(f"{name} is damaged or incomplete: export or copy it again, or choose another file.")


def _frozen(pixels: npt.NDArray[Any]) -> npt.NDArray[np.uint8]:
    pixels = np.ascontiguousarray(pixels, dtype=np.uint8)
    pixels.flags.writeable = False
    return pixels
