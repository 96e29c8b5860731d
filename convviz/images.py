"""An uploaded file as an array of pixels, or a clear refusal."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from convviz.to_rgb import to_rgb

try:
    from pillow_heif import register_heif_opener
except ImportError:  # everything else works without it; a HEIC photo is then refused by name
    HAS_HEIF = False
else:
    register_heif_opener()
    HAS_HEIF = True

WORKING_SIZE = 512  # pixels on the longer side
LARGEST_FILE = 25_000_000  # bytes
LARGEST_PHOTO = 50_000_000  # pixels
SMALLEST_SIDE = 8  # pixels left on the shorter side after scaling
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF") + ("HEIF",) * HAS_HEIF
WHAT_WORKS = "use a JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC image"
PAGES = {"GIF": "frame", "PNG": "frame", "WEBP": "frame", "AVIF": "frame", "TIFF": "page"}
OUR_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\0", b"MM\0*")
OUR_BRANDS = (b"WEBP", b"avif", b"avis", b"heic", b"heix", b"mif1")
OTHER_STARTS = {b"%PDF": "a PDF document", b"8BPS": "a Photoshop file", b"PK\3\4": "a ZIP archive"}


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
        What to call it on screen.
    digest
        SHA-256 of the bytes it was read from, in hexadecimal: the key for caches.
    note
        What was done to it on the way in, in sentences, or "".
    """

    pixels: npt.NDArray[np.uint8]
    name: str
    digest: str
    note: str = ""


def read_photo(data: bytes, name: str, limit: int = WORKING_SIZE) -> Photo:
    """Decode an uploaded file.

    EXIF rotation is applied, transparency is laid on white, colour profiles become sRGB, and
    palette, CMYK, 16-bit, floating-point and grayscale images become 8-bit RGB.

    Parameters
    ----------
    data
        The file's bytes.
    name
        The file's name, used in messages.
    limit
        The longer side is scaled down to this many pixels (Lanczos), never up.

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
            f"{name} has {len(data) / 1e6:.1f} MB: "
            f"use a file of at most {LARGEST_FILE // 1_000_000} MB."
        )
    image = _open(data, name)
    _check_size(image.size, name, limit)
    try:
        frames = getattr(image, "n_frames", 1)
        rgb, notes = to_rgb(image, limit)
    except Exception:  # a damaged file may fail anywhere inside a decoder
        raise _damaged(name) from None
    if frames > 1 and image.format in PAGES:
        notes.insert(0, f"First {PAGES[image.format]} of {frames}.")
    pixels = np.array(rgb)  # (H, W, 3)
    pixels.flags.writeable = False
    return Photo(pixels, name, hashlib.sha256(data).hexdigest(), " ".join(notes))


def to_chw(pixels: npt.NDArray[np.uint8], channels: str) -> npt.NDArray[np.float32]:
    """Pixels as a network sees them: float32 of shape (C, H, W), from 0 to 255.

    Parameters
    ----------
    pixels
        uint8 of shape (H, W, 3), RGB.
    channels
        "rgb" keeps the three channels. "gray" makes one, the luma of ITU-R BT.601,
        ``0.299 R + 0.587 G + 0.114 B`` rounded to a whole number, exactly as Pillow's mode "L".

    Examples
    --------
    >>> orange = np.array([[[255, 128, 0]]], dtype=np.uint8)
    >>> to_chw(orange, "rgb").ravel().tolist(), to_chw(orange, "gray").tolist()
    ([255.0, 128.0, 0.0], [[[151.0]]])
    """
    if channels == "gray":
        luma = Image.fromarray(pixels).convert("L")
        return np.asarray(luma, dtype=np.float32)[None]  # (1, H, W)
    if channels == "rgb":
        return np.ascontiguousarray(pixels.transpose(2, 0, 1), dtype=np.float32)  # (3, H, W)
    raise ValueError(f'channels is {channels!r}: use "rgb" or "gray".')


def _open(data: bytes, name: str) -> Image.Image:
    """The file's header, not yet its pixels."""
    try:
        return Image.open(io.BytesIO(data), formats=FORMATS)
    except UnidentifiedImageError:
        raise _unreadable(data, name) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise _too_many_pixels(name) from None
    except Exception:  # a damaged header may fail anywhere inside a decoder
        raise _damaged(name) from None


def _check_size(size: tuple[int, int], name: str, limit: int) -> None:
    """Refuse by the header alone, before any memory is spent on pixels."""
    short, long = sorted(size)
    if short < 1:
        raise _damaged(name)
    if long > limit and short * limit < SMALLEST_SIDE * long:
        longest = max(limit, short * limit // SMALLEST_SIDE)
        raise ImageError(
            f"{name} is {size[0]}×{size[1]}, too narrow to show: "
            f"crop its longer side to at most {longest} pixels."
        )
    if short * long > LARGEST_PHOTO:
        raise _too_many_pixels(name)


def _unreadable(data: bytes, name: str) -> ImageError:
    """Why no decoder wanted the file, as far as its first bytes tell."""
    brand = data[8:12]
    if not HAS_HEIF and brand in (b"heic", b"heix", b"mif1"):
        return ImageError(f"{name} needs the package pillow-heif: install it, or use a JPEG.")
    if data.startswith(OUR_STARTS) or brand in OUR_BRANDS:
        return _damaged(name)
    kind = next((kind for start, kind in OTHER_STARTS.items() if data.startswith(start)), "")
    if not kind and b"<svg" in data[:1000]:
        kind = "an SVG drawing"
    if not kind and all(byte >= 32 or byte in b"\t\n\r" for byte in data[:1000]):
        kind = "text"
    what = f"is {kind}, not a photo" if kind else "is not an image convviz can read"
    return ImageError(f"{name} {what}: {WHAT_WORKS}.")


def _too_many_pixels(name: str) -> ImageError:
    most = LARGEST_PHOTO // 1_000_000
    return ImageError(
        f"{name} has more than {most} million pixels: scale it down to {most} megapixels or less."
    )


def _damaged(name: str) -> ImageError:
    return ImageError(
        f"{name} is damaged or incomplete: export or copy it again, or choose another file."
    )
