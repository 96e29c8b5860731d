"""A lecture: so many people come, use the app for a time, and are asked whether all was well."""

from __future__ import annotations

import asyncio
import io
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from PIL import Image

from benchmarks.load.person import Cells, Person, file_of, photo
from benchmarks.load.process import cpu_seconds, memory_mb
from benchmarks.load.visitor import Visitor
from scripts.serving import Server

THINK = 5.0  # seconds between two changes of a person, on average
PAGES = 0.05  # of all changes are to another page and back
PHONE = (4000, 3000)  # pixels of a phone's photo


@dataclass(frozen=True)
class Plan:
    """What happens in a lecture.

    Parameters
    ----------
    title
        What the table calls it.
    people, seconds
        How many come, and for how long they stay once all are there.
    coming
        Seconds within which they all come.
    photos
        "cat", "own" for a small one of each person's own, or "phone" for one of 12 megapixels.
    processes
        How many serve them.
    aim
        What the slowest of twenty changes (or cold opens) may take, in seconds.
    """

    title: str
    people: int
    seconds: float
    coming: float
    photos: str
    processes: int
    aim: float
    of: str = "change"  # what the aim is about


@dataclass
class Heard:
    """What came of it."""

    seconds: dict[str, list[float]] = field(default_factory=dict)  # by what was done
    received: list[int] = field(default_factory=list)  # bytes of each change
    failures: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    cpu: float = 0  # seconds, while changes were made
    memory: float = 0  # megabytes for each session

    def quantile(self, kind: str, share: float) -> float:
        """So many seconds or less took this share of all."""
        return float(np.quantile(self.seconds.get(kind) or [np.nan], share))

    @property
    def changes(self) -> int:
        """How often anybody changed something."""
        return sum(len(each) for kind, each in self.seconds.items() if kind != "open")


async def hold(plan: Plan, front: Server, processes: Sequence[Server]) -> Heard:
    """Let the people of a lecture come, work and go."""
    heard = Heard()
    pids = [server.pid for server in processes]
    before = memory_mb(pids)
    people = [Person(Visitor(front.url), number) for number in range(plan.people)]
    chance = random.Random(0)
    waits = [chance.uniform(0, plan.coming) for _ in people]
    await asyncio.gather(*map(_come, people, waits, [plan] * len(people), [heard] * len(people)))
    heard.memory = (memory_mb(pids) - before) / max(1, plan.people)
    for person in people:
        person.runs.clear()
    used = cpu_seconds(pids)
    end = time.monotonic() + plan.seconds
    await asyncio.gather(*(_work(person, end, heard) for person in people))
    heard.cpu = cpu_seconds(pids) - used
    for person in people:
        heard.wrong += person.wrong
        for kind, run in person.runs:
            heard.seconds.setdefault(kind, []).append(run.seconds)
            heard.received.append(run.received)
    await asyncio.gather(*(person.visitor.close() for person in people), return_exceptions=True)
    return heard


async def _come(person: Person, wait: float, plan: Plan, heard: Heard) -> None:
    await asyncio.sleep(wait)
    try:
        run = await person.visitor.open()
        heard.seconds.setdefault("open", []).append(run.seconds)
        if plan.photos == "cat":
            return
        cells = photo(person.number)
        file = file_of(cells) if plan.photos == "own" else from_phone(cells)
        await person.bring(cells if plan.photos == "own" else None, file)
        kind, run = person.runs[-1]
        heard.seconds.setdefault(kind, []).append(run.seconds)
    except Exception as error:  # whatever it is: the table counts it
        heard.failures.append(f"{person.number} came: {error!r}")


async def _work(person: Person, end: float, heard: Heard) -> None:
    chance = random.Random(person.number)
    await asyncio.sleep(chance.uniform(0, THINK))
    while time.monotonic() < end:
        try:
            if chance.random() < PAGES:
                await person.turn_pages()
            else:
                await person.change(chance)
        except Exception as error:
            heard.failures.append(f"{person.number}: {error!r}")
            return
        await asyncio.sleep(chance.expovariate(1 / THINK))


def from_phone(cells: Cells) -> bytes:
    """A JPEG of 12 megapixels."""
    file = io.BytesIO()
    grown = Image.fromarray(cells).resize(PHONE, Image.Resampling.BILINEAR)
    noise = Image.effect_noise((500, 375), 30).resize(PHONE, Image.Resampling.NEAREST)
    Image.blend(grown, noise.convert("RGB"), 0.1).save(file, "JPEG", quality=88)
    return file.getvalue()
