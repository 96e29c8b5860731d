"""JPEG: its markers."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass

from convviz.photos.files.prepared import Prepared
from convviz.photos.refusals import ImageError, too_many_pixels, unread
from convviz.text.i18n import N_
from convviz.text.limits import MOST_HELD, MOST_SCANS

_NEXT = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # the next marker behind the pixels of a scan
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xCA}
_READ = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}  # sequential and progressive
_END, _SCAN = 0xD9, 0xDA


def prepare(data: bytes, name: str) -> Prepared:
    """As it is, once its kind and the number of its scans are known."""
    place, scans, frame = 2, 0, _Frame(1, 1, 1.0, is_progressive=False)
    while (found := _NEXT.search(data, place)) is not None:
        marker, place = data[found.end() - 1], found.end()
        if marker == _END:
            return Prepared(data)
        if marker in _ALONE:
            continue
        if marker in _FRAMES:
            _check_frame(marker, data[place + 2], name)
            frame = _frame(data, place + 3, is_progressive=marker in _PROGRESSIVE)
        if marker == _SCAN and not scans:
            _check_memory(frame, data[place + 2], name)
        scans += marker == _SCAN
        if scans > MOST_SCANS:
            raise ImageError(
                "{name} is a JPEG of more than {most} scans: save it again as a usual JPEG.",
                name=name,
                most=MOST_SCANS,
            )
        place += int.from_bytes(data[place : place + 2])
    return Prepared(data, ended=False)


@dataclass(frozen=True)
class _Frame:
    """What a JPEG says of its pixels."""

    pixels: int
    parts: int  # colour channels
    each: float  # numbers for a pixel: three, or fewer where colours are coarser than brightness
    is_progressive: bool


def _frame(data: bytes, place: int, *, is_progressive: bool) -> _Frame:
    """Read a frame's header behind its number of bits."""
    height, width, parts = struct.unpack_from(">HHB", data, place)
    factors = data[place + 6 : place + 5 + 3 * parts : 3]  # of each channel, across and down
    areas = [(factor >> 4) * (factor & 15) for factor in factors]
    most = max(areas, default=0)
    return _Frame(height * width, parts, sum(areas) / most if most else 1.0, is_progressive)


def _check_memory(frame: _Frame, first: int, name: str) -> None:
    """Refuse a picture of several scans, all of whose numbers the decoder has to hold, if they are too many."""
    held = frame.is_progressive or first < frame.parts
    if held and frame.pixels * frame.each > MOST_HELD:
        raise too_many_pixels(name, int(MOST_HELD / frame.each))


def _check_frame(marker: int, bits: int, name: str) -> None:
    if marker not in _READ:
        raise unread(name, N_("a lossless or hierarchical JPEG"))
    if bits != 8:
        raise unread(name, N_("a 12-bit JPEG"))
