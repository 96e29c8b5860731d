"""What visits and changes cost the server, in measures that hold on a busy machine too."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from benchmarks.load.__main__ import come_and_go
from benchmarks.load.person import Person, file_of, photo
from benchmarks.load.process import cpu_seconds, memory_mb
from benchmarks.load.visitor import Visitor
from scripts.serving import Server, serving
from tests.apart import run_apart

KEPT = 128  # sessions that Streamlit keeps after their people have gone
CHANGES = 40


@pytest.mark.long
def test_visits_leave_no_memory_behind_and_a_change_stays_cheap(tmp_path: Path) -> None:
    with serving(tmp_path / "server.log") as server:
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
