"""JPEG: its markers."""

from __future__ import annotations

import re

from convviz.photos.files.prepared import Prepared
from convviz.photos.refusals import ImageError, unread
from convviz.text.i18n import N_
from convviz.text.limits import MOST_SCANS

_NEXT = re.compile(rb"\xff[\x01-\xcf\xd8-\xfe]")  # the next marker behind the pixels of a scan
_ALONE = {0x01, *range(0xD0, 0xD9)}  # markers without a length
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_READ = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}  # sequential and progressive
_END, _SCAN = 0xD9, 0xDA


def prepare(data: bytes, name: str) -> Prepared:
    """As it is, once its kind and the number of its scans are known."""
    place, scans = 2, 0
    while (found := _NEXT.search(data, place)) is not None:
        marker, place = data[found.end() - 1], found.end()
        if marker == _END:
            return Prepared(data)
        if marker in _ALONE:
            continue
        if marker in _FRAMES:
            _check_frame(marker, data[place + 2], name)
        scans += marker == _SCAN
        if scans > MOST_SCANS:
            raise ImageError(
                "{name} is a JPEG of more than {most} scans: save it again as a usual JPEG.",
                name=name,
                most=MOST_SCANS,
            )
        place += int.from_bytes(data[place : place + 2])
    return Prepared(data, ended=False)


def _check_frame(marker: int, bits: int, name: str) -> None:
    if marker not in _READ:
        raise unread(name, N_("a lossless or hierarchical JPEG"))
    if bits != 8:
        raise unread(name, N_("a 12-bit JPEG"))
