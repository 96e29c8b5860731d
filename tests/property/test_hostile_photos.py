"""More than five hundred files made by code: each is shown, or refused in one sentence, and soon."""

from __future__ import annotations

import io
import struct
import time
from collections.abc import Iterator
from functools import cache

import numpy as np
import pytest
from PIL import Image

from convviz.photos.images import ImageError, read_photo
from convviz.text.limits import WORKING_SIZE

SOON = 2.0  # seconds
KINDS = ("PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF", "AVIF", "HEIF")
MODES = {
    "PNG": ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"),
    "GIF": ("1", "L", "P"),
    "TIFF": ("1", "L", "RGBA", "CMYK", "LAB", "F", "I", "I;16"),
}
OTHERS = ("ICO", "PPM", "TGA", "JPEG2000", "PDF", "EPS", "SGI", "DDS", "QOI", "ICNS", "PCX")


@cache
def picture(mode: str = "RGB", size: tuple[int, int] = (33, 21)) -> Image.Image:
    row, column = np.mgrid[0 : size[1], 0 : size[0]]
    colour = np.stack([row * 9 % 256, column * 7 % 256, (row + column) * 5 % 256], axis=-1)
    image = Image.fromarray(colour.astype(np.uint8))
    if mode == "I;16":
        return Image.fromarray((colour[..., 0] * 200).astype(np.uint16))
    return image.convert("L").convert(mode) if mode in ("I", "F") else image.convert(mode)


@cache
def encoded(kind: str, mode: str = "RGB", frames: int = 1) -> bytes:
    buffer = io.BytesIO()
    more = [picture(mode).rotate(90 * k) for k in range(1, frames)]
    several = {"save_all": True, "append_images": more} if more else {}
    picture(mode).save(buffer, kind, **several)
    return buffer.getvalue()


def whole() -> Iterator[bytes]:
    """Every format in every mode that it has, of one frame and of several."""
    for kind in KINDS:
        for mode in MODES.get(kind, ("RGB",)):
            yield encoded(kind, mode)
        if kind in ("PNG", "GIF", "WEBP", "TIFF", "AVIF"):
            yield encoded(kind, frames=3)


def wrong(data: bytes, seed: int) -> Iterator[bytes]:
    """A file cut off, with other bytes at its beginning and anywhere, with its parts twice or exchanged."""
    rng = np.random.default_rng(seed)
    for share in (0.1, 0.5, 0.97):
        yield data[: int(len(data) * share)]
    for reach in (40, 40, 40, len(data), len(data), len(data)):
        made = bytearray(data)
        for place in rng.integers(2, min(reach, len(made)), rng.integers(1, 11)):
            made[place] = rng.integers(0, 256)
        yield bytes(made)
    for number in (0, 1, 2**16 - 1, 2**31 - 1, 2**32 - 1):  # a length or a size that is not true
        place = int(rng.integers(4, min(60, len(data) - 4)))
        yield data[:place] + struct.pack(rng.choice([">I", "<I"]), number) + data[place + 4 :]
    half = len(data) // 2
    yield data[half:] + data[:half]
    yield data + data
    yield data[:half] + bytes(5000) + data[half:]


def other() -> Iterator[bytes]:
    """Pictures of formats that are not read, and what is no picture."""
    for kind in OTHERS:
        try:
            yield encoded(kind)
        except (OSError, KeyError, ValueError):  # this Pillow cannot write it
            continue
    yield from (
        b"",
        b"\0",
        b"GIF89a",
        b"\xff\xd8\xff",
        b"RIFF",
        b"RIFF\0\0\0\0WEBP",
        b"II*\0",
        b"BM",
    )
    yield from (
        b"\0\0\0\x18ftypheic",
        b"\0\0\0\0ftypavif" + bytes(90),
        b"<svg/>",
        b"GIF89a" + bytes(99),
    )
    yield from (b"a" * 10_000, bytes(10_000), b"\xff" * 10_000, b"\x89PNG\r\n\x1a\n" * 1000)


def check(data: bytes, name: str = "a.png") -> bool:
    """Whether it is shown; refused otherwise, in one sentence, and soon in either case."""
    start = time.process_time()
    try:
        photo = read_photo(data, name)
    except ImageError as error:
        said = str(error)
        is_shown = False
        sentence = (said.startswith(f"{name} "), said.endswith("."), "\n" in said, len(said) < 300)
        assert sentence == (True, True, False, True)
    else:
        height, width, channels = photo.pixels.shape
        is_shown = True
        assert channels == 3
        assert 0 < height * width <= WORKING_SIZE**2
    assert time.process_time() - start < SOON
    return is_shown


def test_every_sound_file_is_shown() -> None:
    assert all(check(data) for data in whole())


@pytest.mark.filterwarnings("ignore::UserWarning")  # Pillow tells of what is odd
def test_no_damaged_file_does_anything_else_than_being_shown_or_refused() -> None:
    made = [each for seed, data in enumerate(whole()) for each in wrong(data, seed)]
    made += [*other()]
    shown = sum(check(data) for data in made)
    assert len(made) > 500
    assert 0 < shown < len(made)
    assert check(encoded("PNG"))
