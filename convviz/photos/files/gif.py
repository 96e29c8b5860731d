"""GIF: its blocks."""

from __future__ import annotations

import struct

from convviz.photos.files.prepared import Prepared

_EXTENSION, _FRAME = 0x21, 0x2C
_END = b"\x3b"


def prepare(data: bytes, _name: str) -> Prepared:
    """The first frame alone: decoding the others would cost as much for each."""
    width, height = struct.unpack_from("<HH", data, 6)
    place = 13 + _palette(data[10])
    frames, box, end = 0, None, len(data)
    while place < len(data) and data[place] in (_EXTENSION, _FRAME):
        if data[place] == _EXTENSION:
            place = _behind(data, place + 2)
            continue
        frames += 1
        if box is None:
            left, top, wide, high = struct.unpack_from("<4H", data, place + 1)
            box = (left, top, left + wide, top + high)
        try:
            place = _behind(data, place + 11 + _palette(data[place + 9]))
        except IndexError:  # a later frame is cut off
            if frames == 1:
                raise
            break
        end = place if frames == 1 else end
    covers = box is None or box == (0, 0, width, height) or box[2] > width or box[3] > height
    return Prepared(data[:end] + _END, max(frames, 1), frame=None if covers else box)


def _palette(flags: int) -> int:
    """Bytes of the palette that these flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _behind(data: bytes, place: int) -> int:
    """The place behind a row of blocks, each of which begins with its length; the last has none."""
    while length := data[place]:
        place += 1 + length
    return place + 1
