"""PNG: its chunks."""

from __future__ import annotations

import struct
import zlib

from convviz.photos.colours import Colours
from convviz.photos.files.prepared import Prepared, coded_colours
from convviz.photos.notes import KEY

KEPT = (b"tRNS", b"eXIf")  # what the decoder is to see beside the pixels
READ = (b"gAMA", b"cHRM", b"cICP", b"iCCP", b"sRGB", b"acTL", b"tRNS")
MOST_CHUNKS = 200_000
LONGEST_NOTES = 2000  # bytes of the notes that convviz itself wrote
LARGEST_PROFILE = 8_000_000  # bytes; those of printers have some


def prepare(data: bytes, name: str) -> Prepared:
    """The pixels with what describes them: no text but convviz's own notes, and no further frames."""
    kept, found = _chunks(data)
    depth, kind = data[24], data[25]
    cicp = found.get(b"cICP", b"")
    colours, profile = None, None
    if len(cicp) == 4:
        colours = coded_colours(cicp[0], cicp[1], name)
    elif b"iCCP" in found:
        profile = _profile(found[b"iCCP"])
    elif b"sRGB" not in found:
        colours = _measured(found)
    clear = found.get(b"tRNS", b"") if depth == 16 and kind in (0, 2) else b""
    return Prepared(
        data[:8] + b"".join(kept),
        frames=struct.unpack(">I", found[b"acTL"][:4])[0]
        if len(found.get(b"acTL", b"")) == 8
        else 1,
        colours=colours,
        profile=profile,
        deep=depth == 16 and kind == 2,
        clear=struct.unpack(f">{len(clear) // 2}H", clear) if len(clear) in (2, 6) else None,
    )


def _chunks(data: bytes) -> tuple[list[bytes], dict[bytes, bytes]]:
    """The chunks that the decoder is to see, and the content of those that are read here."""
    kept: list[bytes] = []
    found: dict[bytes, bytes] = {}
    place = 8
    for _ in range(MOST_CHUNKS):
        if place + 8 > len(data):
            return kept, found
        length, kind = struct.unpack_from(">I4s", data, place)
        chunk = data[place : place + 12 + length]
        place += 12 + length
        critical = not kind[0] & 32
        sound = len(chunk) == 12 + length and zlib.crc32(chunk[4:-4]) == int.from_bytes(chunk[-4:])
        if sound and kind in READ:
            found.setdefault(kind, chunk[8:-4])
        noted = kind == b"tEXt" and chunk[8:].startswith(KEY.encode()) and length < LONGEST_NOTES
        if critical or (sound and (kind in KEPT or noted)):
            kept.append(chunk)
        if kind == b"IEND":
            return kept, found
    raise ValueError("too many chunks")


def _profile(content: bytes) -> bytes | None:
    """The colour profile of an iCCP chunk; None where it cannot be unpacked."""
    _, _, rest = content.partition(b"\0")
    unpacker = zlib.decompressobj()
    try:
        profile = unpacker.decompress(rest[1:], LARGEST_PROFILE)
    except zlib.error:
        return None
    return profile if unpacker.eof else None


def _measured(found: dict[bytes, bytes]) -> Colours | None:
    """The colours of gAMA and cHRM."""
    gamma, primaries = None, None
    if len(found.get(b"gAMA", b"")) == 4:
        (stored,) = struct.unpack(">I", found[b"gAMA"])
        gamma = stored / 100_000 if 1_000 <= stored <= 1_000_000 else None
    if len(found.get(b"cHRM", b"")) == 32:
        primaries = [value / 100_000 for value in struct.unpack(">8I", found[b"cHRM"])]
    return Colours.measured(primaries, gamma)
