"""Scene files: what is saved comes back, and what was not saved by convviz is refused with a sentence."""

from __future__ import annotations

import base64
import io
import json
import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from convviz.export.saved import SavedView, read_view, write_view
from convviz.export.saved_filters import filters_content
from convviz.photos.images import Photo, read_photo
from convviz.photos.refusals import FileError
from convviz.pipeline import Own
from convviz.text.limits import LARGEST_SCENE

PAGES = ["convolve", "pooling"]
SETTINGS = {"stride": ["2"], "more": ["Sobel y", "Box blur"], "image": ["Your photo"]}


def png(size: tuple[int, int] = (20, 16), kind: str = "PNG") -> bytes:
    pixels = np.random.default_rng(1).integers(0, 256, (size[1], size[0], 3), dtype=np.uint8)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, kind)
    return buffer.getvalue()


def bomb() -> bytes:
    """A PNG whose header promises 60000×60000 pixels."""
    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return (
        b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    )


def photo() -> Photo:
    return read_photo(png(), "mine.png")


def content(**changes: object) -> bytes:
    """A good file with some of its parts changed; a part that is None is left out."""
    parts = json.loads(write_view(SavedView("convolve", SETTINGS, (photo(),)))) | changes
    return json.dumps({name: part for name, part in parts.items() if part is not None}).encode()


def test_a_view_comes_back_with_its_settings_and_every_pixel() -> None:
    view = read_view(write_view(SavedView("pooling", SETTINGS, (photo(),))), "a.json", PAGES)
    assert (view.page, view.settings) == ("pooling", SETTINGS)
    np.testing.assert_array_equal(view.photos[0].pixels, photo().pixels)
    assert view.photos[0].name == "mine.png"


def filters(**changes: object) -> list[dict[str, object]]:
    """Filters as a file holds them, with parts changed."""
    good = filters_content(Own.made(np.arange(18.0).reshape(2, 1, 3, 3) / 7, 5, 20))
    return [json.loads(json.dumps(good)) | changes]


def test_filters_come_back_to_the_last_bit_and_a_file_without_any_is_read_too() -> None:
    own = Own.made(np.random.default_rng(2).normal(size=(2, 3, 4, 5)), iteration=5, iterations=20)
    view = read_view(write_view(SavedView("pooling", SETTINGS, (), (own,))), "a.json", PAGES)
    assert view.filters == (own,)
    assert view.filters[0].digest == own.digest
    assert b"filters" not in write_view(SavedView("pooling", SETTINGS))


def test_a_name_from_a_file_cannot_carry_markup_or_fill_the_page() -> None:
    name = '![x](http://evil.example/a.png)<script>"' + "a" * 500
    photos = [{"name": name, "png": base64.b64encode(png()).decode()}]
    view = read_view(content(photos=photos, settings={"images": [name]}), "a.json", PAGES)
    (read,) = view.photos
    assert view.settings == {"images": [read.name]}
    assert len(read.name) == 80
    assert not set(read.name) & set("<>[]!:/\"'`")


def one_photo(data: bytes | str) -> list[dict[str, str]]:
    text = data if isinstance(data, str) else base64.b64encode(data).decode()
    return [{"name": "a.png", "png": text}]


def test_a_file_that_notepad_saved_again_is_read() -> None:
    assert read_view(b"\xef\xbb\xbf" + content(), "a.json", PAGES).settings == SETTINGS


NOT_OURS = "is not a scene file"
DAMAGED = "is damaged or somebody changed it by hand"
PHOTO = "The photo in a.json cannot be read"
NUMBERS = "The numbers in a.json cannot be read"
HOSTILE = {
    "empty": (b"", NOT_OURS),
    "not text": (b"\xff\xfe\x00", NOT_OURS),
    "not JSON": (b"Dear cat,", NOT_OURS),
    "another JSON": (b'{"cells": []}', NOT_OURS),
    "a list": (b"[1, 2]", NOT_OURS),
    "nested without end": (b"[" * 200_000, NOT_OURS),
    "a number without end": (b'{"version": 1' + b"0" * 10_000 + b"}", NOT_OURS),
    "numbers that are no text": (content(numbers=[{"name": "a", "rows": 5}]), NUMBERS),
    "numbers without a name": (content(numbers=[{"name": None, "rows": "1 2"}]), NUMBERS),
    "numbers that are no rows": (content(numbers=[{"name": "a", "rows": "1 2;3"}]), NUMBERS),
    "cut off": (content()[:-40], NOT_OURS),
    "too large": (b" " * (LARGEST_SCENE + 1), "too large for a scene file"),
    "newer": (content(version=2), "saved by a newer convviz (version 2 of the format)"),
    "older": (content(version=0), "names a version of the format that does not exist"),
    "no version": (content(version="1"), "names a version of the format that does not exist"),
    "true for a version": (
        content(version=True),
        "names a version of the format that does not exist",
    ),
    "a part missing": (content(photos=None), DAMAGED),
    "a part too many": (content(run="rm"), DAMAGED),
    "another page": (
        content(page="../../etc/passwd"),
        "belongs to a page that this convviz does not have",
    ),
    "a page that is no text": (
        content(page=["convolve"]),
        "belongs to a page that this convviz does not have",
    ),
    "settings as a list": (content(settings=[]), DAMAGED),
    "too many settings": (content(settings={f"a{k}": ["1"] for k in range(101)}), DAMAGED),
    "a setting with a strange name": (content(settings={"__class__ ": ["1"]}), DAMAGED),
    "a setting that is a number": (content(settings={"stride": [2]}), DAMAGED),
    "a setting not in a list": (content(settings={"stride": "2"}), DAMAGED),
    "a setting without end": (content(settings={"weights": ["1 " * 5000]}), DAMAGED),
    "half a character": (content(settings={"image": ["\ud800"]}), DAMAGED),
    "settings that no link can hold": (
        content(settings={f"a{k}": ["1" * 7000] for k in range(3)}),
        DAMAGED,
    ),
    "photos as text": (content(photos="photo"), DAMAGED),
    "too many photos": (content(photos=one_photo(png()) * 9), DAMAGED),
    "a photo without name": (content(photos=[{"png": ""}]), DAMAGED),
    "a photo that is a number": (content(photos=[{"name": "a", "png": 3}]), DAMAGED),
    "a photo that is no base64": (content(photos=one_photo("!!!!")), PHOTO),
    "a photo that is not ASCII": (content(photos=one_photo("écran")), PHOTO),
    "a photo larger than any shown": (content(photos=one_photo(png((600, 20)))), PHOTO),
    "a photo in another format": (content(photos=one_photo(png(kind="BMP"))), PHOTO),
    "a photo cut off": (content(photos=one_photo(png()[:60])), PHOTO),
    "a decompression bomb": (content(photos=one_photo(bomb())), PHOTO),
    "filters as text": (content(filters="weights"), DAMAGED),
    "too many filters": (content(filters=filters() * 9), DAMAGED),
    "filters without a part": (content(filters=[{"shape": [1, 1, 1, 1]}]), DAMAGED),
    "filters of another shape": (content(filters=filters(shape=[2, 1, 3, 4])), DAMAGED),
    "filters of a shape without end": (content(filters=filters(shape=[2, 10**7, 3, 3])), DAMAGED),
    "filters of three axes": (content(filters=filters(shape=[2, 3, 3])), DAMAGED),
    "filters that are not finite": (content(filters=filters(data="AAAAAAAA+H8=" * 18)), DAMAGED),
    "filters that are no base64": (content(filters=filters(data="!!!!")), DAMAGED),
    "filters after no iteration": (content(filters=filters(iteration=-1)), DAMAGED),
    "a photo of one pixel's height": (content(photos=one_photo(png((4000, 1)))), PHOTO),
}


@pytest.mark.parametrize(("data", "says"), HOSTILE.values(), ids=HOSTILE.keys())
def test_what_convviz_did_not_save_is_refused_with_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(FileError) as caught:
        read_view(data, "a.json", PAGES)
    sentence = str(caught.value)
    assert says in sentence
    assert sentence.endswith(".")
    assert "a.json" in sentence
