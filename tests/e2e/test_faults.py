"""What goes wrong in a class: a connection drops, a disk is full, somebody reads nothing. No browser is needed."""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from benchmarks.load.person import Person, file_of
from benchmarks.load.visitor import Visitor
from scripts.serving import ROOT, Server, running
from tests.apart import run_apart

LONG = "/network?view=Train&images=100&network_filters=2&size=3&hidden=8&batch=2&epochs=100"
LIMITED = 'ulimit -f 100 && exec "$0" -m convviz.cli run --port 0'  # blocks of 1 kB or less
CHANGES = 12  # while nothing is read
SIDE = 1400  # pixels of a photo of more bytes than that
MOST = 100_000  # kB more that a server may take for somebody who reads nothing
LINUX = pytest.mark.skipif(not Path("/proc/self/status").is_file(), reason="only Linux says it")


def iteration(visitor: Visitor) -> int:
    """How far the training is that the page shows as going on; 0 until a thread has taken it."""
    found = re.search(
        r"\*\*(Waiting|Training)\b[^*]*\*\*(?: · iteration (\d+) of)?", visitor.said()
    )
    assert found, visitor.said()
    return int(found[2] or 0)


async def until_trained(visitor: Visitor, more_than: int) -> int:
    """Look until the training is further than that."""
    begun = time.monotonic()
    while (reached := iteration(visitor)) <= more_than:
        assert time.monotonic() - begun < 60
        await asyncio.sleep(0.2)
        await visitor.look()
    return reached


async def trains_without_its_connection(url: str) -> None:
    """Start a training, lose the connection, find it again: the training has gone on, and can be cancelled."""
    visitor = Visitor(url)
    await visitor.open(LONG)
    await visitor.press("Start")
    reached = await until_trained(visitor, 0)
    session = visitor.session
    await visitor.close()
    await visitor.connect()
    await visitor.look()
    assert visitor.session == session
    await until_trained(visitor, reached)
    await visitor.press("Cancel")
    assert "**Cancelled**" in visitor.said()
    await visitor.close()


def test_a_training_goes_on_while_its_connection_is_broken(server: Server) -> None:
    run_apart(trains_without_its_connection(server.url))


@pytest.fixture
def full_disk(tmp_path: Path) -> Iterator[Server]:
    """The app where no file may grow beyond 100 kB, as on a disk without room."""
    command = ["sh", "-c", LIMITED, sys.executable]
    with running(command, tmp_path / "log", environment={"PYTHONPATH": str(ROOT)}) as server:
        yield server


async def brings_a_large_photo(url: str) -> Person:
    """Bring a photo of some megabytes, and change a setting."""
    person = Person(Visitor(url), 7)
    await person.visitor.open()
    noise = np.random.default_rng(7).integers(0, 256, (SIDE, SIDE, 3), dtype=np.uint8)
    file = file_of(noise)
    assert len(file) > 2_000_000
    await person.visitor.upload("noise.png", file)
    assert "noise.png" in str(person.visitor.element("Image")[1])
    await person.visitor.set("Stride", 2.0)
    await person.visitor.close()
    return person


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell limits the files")
def test_a_full_disk_refuses_no_photo(full_disk: Server) -> None:
    run_apart(brings_a_large_photo(full_disk.url))
    assert "Traceback" not in full_disk.log.read_text()


def memory(server: Server) -> int:
    """kB that a server has in memory."""
    status = Path(f"/proc/{server.pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0])


async def one_reads_nothing(server: Server) -> tuple[Person, int]:
    """Somebody asks for run after run and reads nothing, while somebody else works."""
    works, idles = Person(Visitor(server.url), 1), Visitor(server.url)
    await works.visitor.open()
    await idles.open()
    chance, before = random.Random(1), memory(server)
    for _ in range(CHANGES):
        await idles.ask()
        await works.change(chance)
    after = memory(server)
    await idles.close()
    await works.visitor.close()
    return works, after - before


@LINUX
def test_somebody_who_reads_nothing_holds_up_nobody(server: Server) -> None:
    works, more = run_apart(one_reads_nothing(server))
    assert works.wrong == []
    assert len(works.runs) == CHANGES
    assert more < MOST
