"""AVIF and HEIC: boxes inside boxes (ISO/IEC 14496-12 and 23008-12)."""

from __future__ import annotations

from collections.abc import Iterator

from convviz.photos.files.prepared import Prepared, coded_colours

MOST_BOXES = 2000
Boxes = Iterator[tuple[bytes, bytes]]


def prepare(data: bytes, name: str) -> Prepared:
    """As it is, with the colours that its first picture is said to have."""
    codes = _codes(data)
    return Prepared(data, colours=None if codes is None else coded_colours(*codes, name))


def _codes(data: bytes) -> tuple[int, int] | None:
    """Code points of the primaries and of the transfer of the primary picture; None where there are none."""
    meta = next((content for kind, content in _boxes(data) if kind == b"meta"), b"")[4:]
    parts = dict(_boxes(meta))
    properties = dict(_boxes(parts.get(b"iprp", b"")))
    primary = int.from_bytes(parts.get(b"pitm", b"")[4:], "big")
    listed = list(_boxes(properties.get(b"ipco", b"")))
    for index in _of_item(properties.get(b"ipma", b""), primary):
        kind, content = listed[index - 1] if 0 < index <= len(listed) else (b"", b"")
        if kind == b"colr" and content[:4] == b"nclx":
            return int.from_bytes(content[4:6]), int.from_bytes(content[6:8])
    return None


def _boxes(data: bytes) -> Boxes:
    """Kind and content of each box."""
    place = 0
    for _ in range(MOST_BOXES):
        if place + 8 > len(data):
            return
        length, head = int.from_bytes(data[place : place + 4]), 8
        if length == 1:
            length, head = int.from_bytes(data[place + 8 : place + 16]), 16
        end = place + length if length else len(data)
        yield data[place + 4 : place + 8], data[place + head : end]
        if end < place + head:
            return
        place = end


def _of_item(data: bytes, item: int) -> Iterator[int]:
    """Numbers of the properties that belong to an item, from an ipma box."""
    if len(data) < 8:
        return
    wide_items, wide_numbers = data[0] > 0, data[3] & 1
    place = 8
    for _ in range(min(int.from_bytes(data[4:8]), MOST_BOXES)):
        step = 4 if wide_items else 2
        here = int.from_bytes(data[place : place + step])
        count = data[place + step]
        place += step + 1
        for _ in range(count):
            size = 2 if wide_numbers else 1
            number = int.from_bytes(data[place : place + size]) & (0x7FFF if wide_numbers else 0x7F)
            place += size
            if here == item:
                yield number
