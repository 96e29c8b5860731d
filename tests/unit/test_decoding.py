"""Photos decoded in a process of their own: the same as here, and no file harms the server."""

from __future__ import annotations

import os
import struct
import sys
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convviz.photos import decoding
from convviz.photos.decoding import Decoder, Decoders
from convviz.photos.images import ImageError, Photo, read_photo
from convviz.text.limits import (
    DECODED_AT_ONCE,
    DECODING_BYTES,
    LARGER_IN_MEMORY,
    OWN_BYTES,
)
from tests.unit.test_images import encode, picture

TOO_MUCH = "a.png takes too long or too much memory to read: save it again as a usual JPEG or PNG."
LINUX = pytest.mark.skipif(not Path("/proc/self/statm").is_file(), reason="only Linux can limit it")


def running(script: str) -> tuple[str, ...]:
    return (sys.executable, "-c", script)


HANGS, DIES = running("import time; time.sleep(60)"), running("raise SystemExit(1)")
HANGS_ON_ONE = """
import os, sys, time
from convviz.photos import decoder
usual = decoder.answer
def answer(data, name):
    while name == "hangs.png":
        time.sleep(0.02)
        if os.path.exists(sys.argv[1]):
            os._exit(1)
    return usual(data, name)
decoder.answer = answer
decoder.main()
"""
# A decoder that notes how many work at the moment, and works until it is let go.
COUNTS = """
import os, sys, time
from pathlib import Path
from convviz.photos import decoder
folder, go = Path(sys.argv[1]), Path(sys.argv[2])
def answer(data, name):
    mark = folder / str(os.getpid())
    mark.touch()
    working = len(list(folder.iterdir()))
    while not go.exists():
        time.sleep(0.02)
    mark.unlink()
    return {"shape": [1, 1, 3], "notes": [[str(working), {}]]}, bytes(3)
decoder.answer = answer
decoder.main()
"""
SMALL = running(
    "from convviz.photos import decoder; decoder.DECODING_BYTES = 60_000_000; decoder.main()"
)


@pytest.fixture
def decoders() -> Iterator[Decoders]:
    made = Decoders(count=2)
    yield made
    made.end()


def large() -> bytes:
    """A transparent PNG of 50 megapixels."""
    width, height = 8000, 6200
    packer = zlib.compressobj(1)
    rows = (b"\0" + bytes(4 * width)) * 100
    body = b"".join(packer.compress(rows) for _ in range(height // 100)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    parts = [(b"IHDR", header), (b"IDAT", body), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


def peak_kb(decoder: Decoder) -> int:
    """The most memory that its process has had."""
    said = Path(f"/proc/{decoder.pid}/status").read_text()
    return int(said.partition("VmHWM:")[2].split()[0])


def wait_until(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true() and time.monotonic() < until:
        time.sleep(0.01)
    assert true()


def wait_for_the_end(decoder: Decoder) -> None:
    wait_until(lambda: not decoder.is_running)


def test_it_is_the_photo_that_is_read_here(decoders: Decoders) -> None:
    data = encode(np.dstack([picture(800, 640), np.full((800, 640), 99, np.uint8)]), "PNG")
    photo, here = decoders.read(data, "Ä.png"), read_photo(data, "Ä.png")
    assert photo.digest == here.digest
    assert (photo.name, photo.notes) == (here.name, here.notes)
    assert len(here.notes) == 2
    assert not photo.pixels.flags.writeable


@pytest.mark.parametrize("data", [b"", b"no", b"%PDF-1.4", encode(picture())[:100]])
def test_it_is_refused_with_the_same_sentence(data: bytes, decoders: Decoders) -> None:
    with pytest.raises(ImageError) as here:
        read_photo(data, "a.png")
    with pytest.raises(ImageError) as apart:
        decoders.read(data, "a.png")
    assert apart.value.sentence == here.value.sentence


@pytest.mark.parametrize("command", [HANGS, DIES])
def test_a_decoder_that_hangs_or_dies_costs_only_its_photo(
    command: tuple[str, ...], decoders: Decoders
) -> None:
    usual, seconds = decoders.command, decoders.seconds
    decoders.command, decoders.seconds = command, 0.5
    with pytest.raises(ImageError) as caught:
        decoders.read(encode(picture()), "a.png")
    assert str(caught.value) == TOO_MUCH
    decoders.command, decoders.seconds = usual, seconds
    assert decoders.read(encode(picture()), "a.png").pixels.shape == (40, 64, 3)


def test_while_one_decoder_hangs_another_reads_the_next_photos(tmp_path: Path) -> None:
    end = tmp_path / "end"
    decoders = Decoders(count=2, seconds=120, command=(*running(HANGS_ON_ONE), str(end)))
    with ThreadPoolExecutor(1) as thread:
        hangs = thread.submit(decoders.read, encode(picture()), "hangs.png")
        try:
            for _ in range(3):
                assert decoders.read(encode(picture()), "a.png").pixels.shape == (40, 64, 3)
            assert not hangs.done()
        finally:
            end.touch()
        with pytest.raises(ImageError) as caught:
            hangs.result(60)
    assert str(caught.value) == TOO_MUCH.replace("a.png", "hangs.png")
    decoders.end()


def test_a_decoder_that_died_while_it_waited_is_replaced(decoders: Decoders) -> None:
    decoders.read(encode(picture()), "a.png")
    (decoder,) = decoders.idle()
    os.kill(decoder.pid, 9)
    wait_for_the_end(decoder)
    assert decoders.read(encode(picture()), "a.png").pixels.shape == (40, 64, 3)


@LINUX
def test_a_photo_that_takes_more_memory_than_it_may_is_refused(decoders: Decoders) -> None:
    decoders.command = SMALL
    with pytest.raises(ImageError) as caught:
        decoders.read(large(), "a.png")
    assert str(caught.value) == TOO_MUCH
    assert decoders.read(encode(picture()), "a.png").pixels.shape == (40, 64, 3)


def test_more_photos_than_decoders_wait_for_one_another(decoders: Decoders) -> None:
    files = [encode(np.roll(picture(), k, axis=0)) for k in range(8)]
    with ThreadPoolExecutor(8) as threads:
        photos = list(threads.map(lambda data: decoders.read(data, "a.png"), files))
    assert [photo.digest for photo in photos] == [read_photo(data, "a").digest for data in files]
    assert len(decoders.idle()) <= 2


def test_all_decoders_together_may_take_a_gigabyte() -> None:
    """By what the system lets each have, whatever the photos are."""
    assert DECODED_AT_ONCE * (DECODING_BYTES + OWN_BYTES) <= 1_000_000_000


@LINUX
def test_a_decoder_takes_little_before_its_first_photo(decoders: Decoders) -> None:
    decoders.read(encode(picture()), "a.png")
    (decoder,) = decoders.idle()
    assert 1024 * peak_kb(decoder) < OWN_BYTES


@LINUX
def test_a_process_may_take_no_more_than_the_limit_says(decoders: Decoders) -> None:
    """The system itself refuses it more."""
    decoders.read(encode(picture()), "a.png")
    (decoder,) = decoders.idle()
    limits = Path(f"/proc/{decoder.pid}/limits").read_text()
    allowed = int(limits.partition("Max address space")[2].split()[0])
    statm = Path(f"/proc/{decoder.pid}/statm").read_text()
    begun = int(statm.split()[0]) * os.sysconf("SC_PAGE_SIZE")  # it has grown by a few pages since
    assert allowed <= begun + DECODING_BYTES


def test_ten_photos_at_once_keep_few_decoders_busy_and_an_eleventh_waits(tmp_path: Path) -> None:
    working, go = tmp_path / "working", tmp_path / "go"
    working.mkdir()
    decoders = Decoders(command=(*running(COUNTS), str(working), str(go)))
    with ThreadPoolExecutor(11) as threads:
        ten = [threads.submit(decoders.read, encode(picture()), f"{k}.png") for k in range(10)]
        try:
            wait_until(lambda: len(list(working.iterdir())) == DECODED_AT_ONCE)
            eleventh = threads.submit(decoders.read, encode(picture()), "eleventh.png")
            assert not any(future.done() for future in (*ten, eleventh))
        finally:
            go.touch()
        photos = [future.result(60) for future in (*ten, eleventh)]
    assert photos[-1].name == "eleventh.png"
    assert max(int(photo.notes[0].template) for photo in photos) == DECODED_AT_ONCE
    decoders.end()


def test_a_decoder_is_replaced_after_many_photos(
    decoders: Decoders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(decoding, "PHOTOS", 2)
    used = set()
    for _ in range(4):
        decoders.get_ready()
        used |= {decoder.pid for decoder in decoders.idle()}
        decoders.read(encode(picture()), "a.png")
    assert len(used) == 2


@LINUX
def test_a_transparent_photo_of_50_megapixels_takes_less_than_300_mb() -> None:
    decoder = Decoder()
    try:
        decoder.read(large(), "a.png", 60)
        peak = peak_kb(decoder)
    finally:
        decoder.end()
    assert peak < 300_000


@LINUX
@pytest.mark.long
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
@pytest.mark.parametrize("kind", ["WEBP", "AVIF"])
def test_a_photo_of_the_most_pixels_takes_less_than_300_mb(kind: str, mode: str) -> None:
    """Such a WebP of one colour has 34 bytes."""
    most = LARGER_IN_MEMORY[kind] * (3 if mode == "RGBA" else 4) // 4
    costly = {
        "WEBP": {"lossless": True, "method": 0},
        "AVIF": {"speed": 10, "subsampling": "4:4:4"},
    }
    colour = (9, 99, 199, 77)[: len(mode)]
    file = encode(Image.new(mode, (4000, most // 4000), colour), kind, **costly[kind])
    decoder = Decoder()
    try:
        decoder.read(encode(picture()), "a.png", 60)
        before = peak_kb(decoder)
        assert max(decoder.read(file, "a", 60).size) == 512
        assert peak_kb(decoder) - before < 300_000
    finally:
        decoder.end()


def test_where_no_process_can_be_started_photos_are_decoded_here(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(decoding, "_decoders", lambda: Decoders(command=("/nowhere/python",)))
    assert decoding.read_apart(encode(picture()), "a.png").pixels.shape == (40, 64, 3)
    decoding.get_ready()


def test_where_no_process_can_be_started_photos_still_wait_for_one_another(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The server's own memory holds what they take."""
    go, lock = threading.Event(), threading.Lock()
    working: list[str] = []
    most: list[int] = []

    def read(data: bytes, name: str) -> Photo:
        with lock:
            working.append(name)
            most.append(len(working))
        assert go.wait(60)
        with lock:
            working.remove(name)
        return read_photo(data, name)

    monkeypatch.setattr(decoding, "read_photo", read)
    decoders = Decoders(command=("/nowhere/python",))
    with ThreadPoolExecutor(11) as threads:
        files = [threads.submit(decoders.read, encode(picture()), f"{k}.png") for k in range(11)]
        try:
            wait_until(lambda: len(most) >= DECODED_AT_ONCE)
        finally:
            go.set()
        assert {file.result(60).pixels.shape for file in files} == {(40, 64, 3)}
    assert (max(most), len(most)) == (DECODED_AT_ONCE, 11)


def test_the_decoder_ends_with_its_input() -> None:
    decoder = Decoder()
    decoder.finish()
    wait_for_the_end(decoder)
    decoder.end()
