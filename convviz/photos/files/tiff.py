"""TIFF: its pages and their tags."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping

from convviz.photos.files.prepared import Prepared
from convviz.photos.refusals import unread
from convviz.text.i18n import N_

MOST_PAGES, MOST_TAGS = 10_000, 4096
_REDUCED, _OLD_REDUCED, _BITS, _COMPRESSION, _MEANING = 254, 255, 258, 259, 262
_SAMPLES, _PLANAR, _BELOW, _FORMAT = 277, 284, 330, 339
_WANTED = {
    _REDUCED,
    _OLD_REDUCED,
    _BITS,
    _COMPRESSION,
    _MEANING,
    _SAMPLES,
    _PLANAR,
    _BELOW,
    _FORMAT,
}
_SIZES = {1: ("B", 1), 3: ("H", 2), 4: ("I", 4), 13: ("I", 4)}  # bytes, short and long numbers
COMPRESSIONS = {
    50001: N_("a TIFF with WebP inside"),
    50000: N_("a TIFF packed with Zstandard"),
    34712: N_("a TIFF with JPEG 2000 inside"),
    33003: N_("a TIFF with JPEG 2000 inside"),
    33005: N_("a TIFF with JPEG 2000 inside"),
    50002: N_("a TIFF with JPEG XL inside"),
    52546: N_("a TIFF with JPEG XL inside"),
    34887: N_("a TIFF packed with LERC"),
}
MEANINGS = {
    32803: N_("a camera's raw photo"),
    34892: N_("a camera's raw photo"),
}
Tags = Mapping[int, tuple[int, ...]]


def prepare(data: bytes, name: str) -> Prepared:
    """With the first page that is no thumbnail put first."""
    if data[8:10] == b"CR":
        raise unread(name, N_("a camera's raw photo"))
    order = "<" if data[:2] == b"II" else ">"
    pages = list(_pages(data, order))
    whole = [page for page in pages if not _is_reduced(page[1])]
    if not whole and any(_BELOW in tags for _, tags in pages):  # the photo stands below a thumbnail
        raise unread(name, N_("a camera's raw photo"))
    place, tags = (whole or pages)[0]
    _check_kind(tags, name)
    bits, kind = tags.get(_BITS, (1,))[0], tags.get(_FORMAT, (1,))[0]
    return Prepared(
        data[:4] + struct.pack(f"{order}I", place) + data[8:],
        frames=len(whole) or len(pages),
        negative=tags.get(_MEANING) == (0,) and bits == 16,
        unsigned=bits == 32 and kind == 1,
    )


def _pages(data: bytes, order: str) -> Iterator[tuple[int, Tags]]:
    """Where each page's tags stand, and those that matter here."""
    seen: set[int] = set()
    (place,) = struct.unpack_from(f"{order}I", data, 4)
    while place and place not in seen and len(seen) < MOST_PAGES:
        if place + 2 > len(data):
            if not seen:
                raise ValueError("no page")
            return
        seen.add(place)
        (count,) = struct.unpack_from(f"{order}H", data, place)
        if place + 6 + 12 * count > len(data) or count > MOST_TAGS:
            if len(seen) == 1:
                raise ValueError("no page")
            return
        yield place, _tags(data, order, place + 2, count)
        (place,) = struct.unpack_from(f"{order}I", data, place + 2 + 12 * count)


def _tags(data: bytes, order: str, place: int, count: int) -> Tags:
    found: dict[int, tuple[int, ...]] = {}
    for entry in range(place, place + 12 * count, 12):
        tag, kind, length = struct.unpack_from(f"{order}HHI", data, entry)
        if tag not in _WANTED or kind not in _SIZES or not 0 < length <= 16:
            continue
        letter, size = _SIZES[kind]
        where = entry + 8
        if length * size > 4:
            (where,) = struct.unpack_from(f"{order}I", data, where)
        if where + length * size <= len(data):
            found[tag] = struct.unpack_from(f"{order}{length}{letter}", data, where)
    return found


def _is_reduced(tags: Tags) -> bool:
    """Whether a page says that it is a smaller copy of another, or a mask."""
    return bool(tags.get(_REDUCED, (0,))[0] & 5) or tags.get(_OLD_REDUCED) == (2,)


def _check_kind(tags: Tags, name: str) -> None:
    """Refuse by name what the decoder would read wrong or call damaged."""
    compression, meaning = tags.get(_COMPRESSION, (1,))[0], tags.get(_MEANING, (1,))[0]
    bits, kind = tags.get(_BITS, (1,))[0], tags.get(_FORMAT, (1,))[0]
    samples = tags.get(_SAMPLES, (1,))[0]
    what = COMPRESSIONS.get(compression) or MEANINGS.get(meaning) or ""
    if kind == 3 and (bits != 32 or samples > 1):
        what = N_("a TIFF of floating-point numbers other than one float32 a pixel")
    elif kind in (5, 6):
        what = N_("a TIFF of complex numbers")
    elif bits > 32 or (bits == 32 and samples > 1):
        what = N_("a TIFF of more than 32 bits a number")
    elif bits == 16 and tags.get(_PLANAR) == (2,) and samples > 1:
        what = N_("a 16-bit TIFF with a plane for each colour")
    elif bits == 16 and meaning in (8, 9, 10):
        what = N_("a 16-bit TIFF in Lab colours")
    if what:
        raise unread(name, what)
