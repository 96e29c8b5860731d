"""The process that decodes photos: ``python -m convviz.photos.decoder``.

It reads from its input how long a name and a file are, then both, and writes to its output how long two parts are,
then both: what is said of the photo, as JSON, and its pixels. It ends with its input. `convviz.photos.decoding`
starts it and ends it if it takes too long.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import sys
from pathlib import Path
from typing import IO

from convviz.photos.images import ImageError, read_photo
from convviz.text.i18n import Sentence
from convviz.text.limits import COMPUTING_SECONDS, DECODING_BYTES

LENGTHS = struct.Struct(">QQ")
_STATM = Path("/proc/self/statm")


def answer(data: bytes, name: str) -> tuple[dict[str, object], bytes]:
    """What is said of a photo, and its pixels; or why it was refused, and none."""
    try:
        photo = read_photo(data, name)
    except ImageError as error:
        return {"refused": written(error.sentence)}, b""
    notes = [written(note) for note in photo.notes]
    return {"shape": photo.pixels.shape, "notes": notes}, photo.pixels.tobytes()


def written(sentence: Sentence) -> list[object]:
    """A sentence as JSON can say it."""
    return [sentence.template, dict(sentence.words)]


def send(stream: IO[bytes], first: bytes, second: bytes) -> None:
    """Write two parts behind their lengths."""
    stream.write(LENGTHS.pack(len(first), len(second)))
    stream.write(first)
    stream.write(second)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[bytes, bytes] | None:
    """Read two parts; None where the other side has ended."""
    head = stream.read(LENGTHS.size)
    if len(head) < LENGTHS.size:
        return None
    lengths = LENGTHS.unpack(head)
    first, second = stream.read(lengths[0]), stream.read(lengths[1])
    return (first, second) if (len(first), len(second)) == lengths else None


def limit_memory(most: int) -> None:
    """Let the process take so many bytes more than it has; only Linux can."""
    if _STATM.is_file():
        import resource

        pages = int(_STATM.read_text().split()[0])
        allowed = pages * os.sysconf("SC_PAGE_SIZE") + most
        resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def limit_time(most: int) -> None:
    """Let the process compute for so many seconds more; elsewhere than on POSIX only the clock counts."""
    try:
        import resource
    except ImportError:  # Windows
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + most + 1, hard))


def main() -> None:
    """Decode until there is nothing left to read."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is for the server
    source, sink = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr  # whatever a decoder prints
    limit_memory(DECODING_BYTES)
    while (asked := receive(source)) is not None:
        limit_time(COMPUTING_SECONDS)
        said, pixels = answer(asked[1], asked[0].decode())
        send(sink, json.dumps(said).encode(), pixels)


if __name__ == "__main__":
    main()
