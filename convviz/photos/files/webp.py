"""WebP: its chunks."""

from __future__ import annotations

from convviz.photos.files.prepared import Prepared


def prepare(data: bytes, _name: str) -> Prepared:
    """With a length that is true, and the size, for which the decoder takes memory as soon as it sees the file."""
    if data[8:12] != b"WEBP":
        return Prepared(data)
    said = int.from_bytes(data[4:8], "little")
    if said + 8 > len(data):
        data = data[:4] + (len(data) - 8 & ~1).to_bytes(4, "little") + data[8:]
    return Prepared(data, frames=_frames(data), size=_size(data))


def _size(data: bytes) -> tuple[int, int] | None:
    """(width, height) of the whole picture."""
    kind, head = data[12:16], data[20:30]
    if kind == b"VP8X":
        return int.from_bytes(head[4:7], "little") + 1, int.from_bytes(head[7:10], "little") + 1
    if kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 ":
        return (
            int.from_bytes(head[6:8], "little") & 0x3FFF,
            int.from_bytes(head[8:10], "little") & 0x3FFF,
        )
    return None


def _frames(data: bytes) -> int:
    """How many frames stand in it; 1 where it does not move."""
    place, count = 12, 0
    while place + 8 <= len(data):
        length = int.from_bytes(data[place + 4 : place + 8], "little")
        count += data[place : place + 4] == b"ANMF"
        place += 8 + length + (length & 1)
    return max(count, 1)
