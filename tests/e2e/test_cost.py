"""What visits and changes cost the server, in measures that hold on a busy machine too."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from benchmarks.controls import BARE
from benchmarks.load.__main__ import come_and_go
from benchmarks.load.person import Person, file_of, photo
from benchmarks.load.process import cpu_seconds, family, memory_mb
from benchmarks.load.visitor import Visitor
from scripts.serving import Server, running, serving
from tests.apart import run_apart

KEPT = 128  # sessions that Streamlit keeps after their people have gone
CHANGES = 40
WARM = 5  # changes after which a server has computed and imported what it needs


def _wait_until_ready(server: Server) -> None:
    """A server that has begun imports the other pages after a rest; last of all it begins a decoder."""
    begun = time.monotonic()
    while family([server.pid]) == [server.pid]:
        assert time.monotonic() - begun < 120, "no decoder has begun"
        time.sleep(0.1)


@pytest.mark.long
def test_visits_leave_no_memory_behind_and_a_change_stays_cheap(tmp_path: Path) -> None:
    with serving(tmp_path / "server.log") as server:
        _wait_until_ready(server)
        run_apart(come_and_go(server, KEPT + 12))
        before = memory_mb([server.pid])
        run_apart(come_and_go(server, 80))
        assert memory_mb([server.pid]) < 1.2 * before

        person, seconds = run_apart(at_work(server))
        assert person.wrong == []
        received = sum(run.received for _, run in person.runs) / CHANGES
        assert received < 100_000
        # Twice what it takes where nothing else runs: on a busy machine a processor does less in its time.
        assert seconds / CHANGES < 0.04


@pytest.mark.long
def test_a_change_costs_about_what_a_bare_page_with_the_same_map_costs(tmp_path: Path) -> None:
    """Of the cat, on which a whole class finds the maps computed; without Streamlit's own controls beside it."""
    with (
        serving(tmp_path / "server.log") as app,
        running(BARE, tmp_path / "bare.log") as bare,
    ):
        person, floor = run_apart(both_at_work(app, bare))
        # Less where nothing else runs; a page that is drawn whole costs four times as much.
        assert person < 2 * floor


async def both_at_work(app: Server, bare: Server) -> tuple[float, float]:
    """Processor's seconds for changes of somebody who looks at the cat, and of the bare page's slider."""
    person, chance = Person(Visitor(app.url), 1), random.Random(1)
    other = Visitor(bare.url)
    await person.visitor.open()
    await other.open("/?map")
    used = [0.0, 0.0]
    for k in range(WARM + CHANGES):
        before = [cpu_seconds([each.pid]) for each in (app, bare)]
        await person.change(chance)
        await other.set("Shift", float(k + 1))
        if k >= WARM:
            after = [cpu_seconds([each.pid]) for each in (app, bare)]
            used = [all_ + b - a for all_, a, b in zip(used, before, after, strict=True)]
    await person.visitor.close()
    await other.close()
    return used[0], used[1]


async def at_work(server: Server) -> tuple[Person, float]:
    """Somebody with a photo of her own; her changes, and the processor's seconds for them."""
    person, chance = Person(Visitor(server.url), 1), random.Random(1)
    await person.visitor.open()
    cells = photo(1)
    await person.bring(cells, file_of(cells))
    person.runs.clear()
    used = cpu_seconds([server.pid])
    for _ in range(CHANGES):
        await person.change(chance)
    used = cpu_seconds([server.pid]) - used
    await person.visitor.close()
    return person, used
