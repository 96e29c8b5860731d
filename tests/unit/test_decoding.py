"""Photos decoded in a process of their own: the same as here, and no file harms the server."""

from __future__ import annotations

import os
import struct
import sys
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from convviz.photos import decoding
from convviz.photos.decoding import Decoder, Decoders
from convviz.photos.images import ImageError, read_photo
from convviz.text.limits import LARGER_IN_MEMORY
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


def wait_for_the_end(decoder: Decoder) -> None:
    until = time.monotonic() + 20
    while decoder.is_running and time.monotonic() < until:
        time.sleep(0.01)
    assert not decoder.is_running


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


def test_the_decoder_ends_with_its_input() -> None:
    decoder = Decoder()
    decoder.finish()
    wait_for_the_end(decoder)
    decoder.end()
