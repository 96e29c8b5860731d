"""An uploaded file as an array of pixels, or a clear refusal."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, UnidentifiedImageError

from convviz.ops.types import Pair, Pixels
from convviz.photos.files import prepare
from convviz.photos.files.prepared import Prepared
from convviz.photos.notes import FIRST_FRAME, FIRST_PAGE, in_png, of_png
from convviz.photos.refusals import ImageError, damaged, too_costly, too_many_pixels, unreadable
from convviz.photos.to_rgb import to_rgb
from convviz.text.i18n import Sentence
from convviz.text.limits import (
    LARGER_IN_MEMORY,
    LARGEST_PHOTO,
    LARGEST_UPLOAD,
    SMALLEST_SIDE,
    UPLOAD_MB,
    WORKING_SIZE,
)

__all__ = ["ImageError", "Photo", "digest_of_pixels", "read_photo", "to_chw", "to_png"]

try:
    from pillow_heif import register_heif_opener
except ImportError:  # everything else works without it; a HEIC photo is then refused by name
    HAS_HEIF = False
else:
    register_heif_opener()
    HAS_HEIF = True

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF", "AVIF") + ("HEIF",) * HAS_HEIF
END, FILLING = b"\xff\xd9", b"\x5a\xa7" * 4000  # of a JPEG, and what no picture ends with
HELD_WHOLE = ("AVIF", "HEIF", "WEBP")  # by their decoders, four bytes a pixel with transparency
SEVERAL = dict.fromkeys(("GIF", "PNG", "WEBP", "AVIF"), FIRST_FRAME) | {"TIFF": FIRST_PAGE}


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
        `digest_of_pixels`: the key for caches, which stays the same where a photo is written and read again.
    notes
        What was done to it on the way in.
    """

    pixels: Pixels
    name: str
    digest: str
    notes: tuple[Sentence, ...] = ()

    @property
    def note(self) -> str:
        """The notes in English, or ""."""
        return " ".join(map(str, self.notes))

    @property
    def size(self) -> Pair:
        """(height, width) in pixels."""
        return int(self.pixels.shape[0]), int(self.pixels.shape[1])

    @property
    def signed(self) -> bool:
        """Whether it holds numbers of any size and sign, not pixels from 0 to 255."""
        return False

    def planes(self, channels: str) -> npt.NDArray[np.floating]:
        """What a loop reads, (C, H, W); ``channels`` as `to_chw` takes it."""
        return to_chw(self.pixels, channels)

    def channel_names(self, channels: str) -> tuple[str, ...]:
        """One letter for each channel; "" for a gray photo."""
        return ("",) if channels == "gray" else ("R", "G", "B")


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
    ((128, 512, 3), 'Scaled from 256×1024.')
    """
    check_length(data, name)
    known = prepare(data, name)
    if known.size is not None:
        _check_size(known.size, name, limit, LARGER_IN_MEMORY["WEBP"])
    image = _open(known.data, name)
    _check_size(image.size, name, limit, _most_pixels(image))
    frames = known.frames if known.frames > 1 else _frames(image)
    try:
        rgb, notes = to_rgb(image, limit, known) if known.ended else _without_end(known, limit)
    except MemoryError:
        raise too_costly(name) from None
    except Exception:  # a damaged file may fail anywhere inside a decoder
        raise damaged(name) from None
    if frames > 1 and image.format in SEVERAL:
        notes.insert(0, Sentence(SEVERAL[image.format], {"count": frames}))
    notes = [*of_png(image), *notes]
    pixels = np.array(rgb)  # (H, W, 3)
    pixels.flags.writeable = False
    return Photo(pixels, name, digest_of_pixels(pixels), tuple(notes))


def check_length(data: bytes, name: str) -> None:
    """Refuse an empty file, and one of more bytes than `LARGEST_UPLOAD`."""
    if not data:
        raise ImageError("{name} is empty (0 bytes): choose another file.", name=name)
    if len(data) > LARGEST_UPLOAD:
        raise ImageError(
            "{name} has {size:.1f} MB: use a file of at most {most} MB.",
            name=name,
            size=len(data) / 1e6,
            most=UPLOAD_MB,
        )


def digest_of_pixels(pixels: npt.NDArray[np.uint8]) -> str:
    """SHA-256 of the shape and all pixels, in hexadecimal."""
    digest = hashlib.sha256(repr(pixels.shape).encode())
    digest.update(pixels.tobytes())
    return digest.hexdigest()


def to_png(photo: Photo) -> bytes:
    """A file that `read_photo` reads as the same pixels with the same notes.

    Examples
    --------
    >>> pixels = np.arange(192, dtype=np.uint8).reshape(8, 8, 3)
    >>> photo = Photo(pixels, "ramp", digest_of_pixels(pixels))
    >>> read_photo(to_png(photo), "ramp").digest == photo.digest
    True
    """
    buffer = io.BytesIO()
    held = in_png(photo.notes)
    # Level 1 takes half the time of 6.
    Image.fromarray(photo.pixels).save(buffer, "PNG", compress_level=1, pnginfo=held)
    return buffer.getvalue()


def to_chw(pixels: Pixels, channels: str) -> npt.NDArray[np.float32]:
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
        raise unreadable(data, name, has_heif=HAS_HEIF) from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise too_many_pixels(name, LARGEST_PHOTO) from None
    except Exception:  # a damaged header may fail anywhere inside a decoder
        raise damaged(name) from None


def _most_pixels(image: Image.Image) -> int:
    """How many pixels are decoded; of some kinds fewer, where each has a transparency of its own."""
    most = LARGER_IN_MEMORY.get(image.format or "", LARGEST_PHOTO)
    return most * 3 // 4 if image.format in HELD_WHOLE and image.mode == "RGBA" else most


def _frames(image: Image.Image) -> int:
    """How many frames an AVIF has; of the others the file is read before it is opened."""
    return int(getattr(image, "n_frames", 1)) if image.format == "AVIF" else 1


def _without_end(known: Prepared, limit: int) -> tuple[Image.Image, list[Sentence]]:
    """A JPEG that does not say where it ends, if its pixels are all there.

    The decoder makes up missing pixels from whatever follows. So it is read twice, with different bytes behind it.
    """
    once, again = (
        to_rgb(Image.open(io.BytesIO(known.data + more + END), formats=FORMATS), limit, known)
        for more in (b"", FILLING)
    )
    if once[0].tobytes() != again[0].tobytes():
        raise ValueError("pixels are missing")
    return once


def _check_size(size: tuple[int, int], name: str, limit: int, most: int) -> None:
    """Refuse by the header alone, before any memory is spent on pixels."""
    short, long = sorted(size)
    if short < 1:
        raise damaged(name)
    if long > limit and short * limit < SMALLEST_SIDE * long:
        longest = max(limit, short * limit // SMALLEST_SIDE)
        raise ImageError(
            "{name} is {width} pixels wide and {height} high, too narrow to show: "
            "crop its longer side to at most {longest} pixels.",
            name=name,
            width=size[0],
            height=size[1],
            longest=longest,
        )
    if short * long > most:
        raise too_many_pixels(name, most)
