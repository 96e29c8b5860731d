"""What stands in a picture's file beside its pixels, read before a decoder sees it.

Each module knows one format. It bounds what decoding may cost, names kinds that cannot be read, leaves out what
the decoder stumbles over, and says how the numbers are meant.
"""

from __future__ import annotations

import struct
from collections.abc import Callable

from convviz.photos.files import bmff, gif, jpeg, png, tiff, webp
from convviz.photos.files.prepared import Prepared
from convviz.photos.refusals import ImageError, damaged

Reader = Callable[[bytes, str], Prepared]
READERS: tuple[tuple[tuple[bytes, ...], Reader], ...] = (
    ((b"\x89PNG\r\n\x1a\n",), png.prepare),
    ((b"\xff\xd8\xff",), jpeg.prepare),
    ((b"GIF87a", b"GIF89a"), gif.prepare),
    ((b"II*\0", b"MM\0*"), tiff.prepare),
    ((b"RIFF",), webp.prepare),
)


def prepare(data: bytes, name: str) -> Prepared:
    """A file ready for its decoder.

    Raises
    ------
    ImageError
        If it is of a kind that is not read, would cost too much, or ends too early to tell.
    """
    found = [read for starts, read in READERS if data.startswith(starts)]
    if data[4:8] == b"ftyp":
        found.append(bmff.prepare)
    try:
        return found[0](data, name) if found else Prepared(data)
    except ImageError:
        raise
    except (LookupError, ValueError, struct.error):  # it ends early, or promises what is not there
        raise damaged(name) from None
