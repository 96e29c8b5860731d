"""Let a class use the app, and write what it felt to ``benchmarks/LOAD.md``: ``python -m benchmarks.load``.

The people run on the same processors as the app.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime
import os
import tempfile
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.load.followers import follow
from benchmarks.load.lecture import Heard, Plan, hold
from benchmarks.load.process import memory_mb
from benchmarks.load.visitor import Visitor
from benchmarks.machine import processor
from scripts.front import find, in_front_of
from scripts.serving import Server, serving

FILE = Path(__file__).parents[1] / "LOAD.md"
PLANS = (
    Plan("the cat", 200, 60, 20, "cat", 1, 0.2),
    Plan("a small photo of one's own", 200, 60, 40, "own", 1, 0.2),
    Plan("two processes behind nginx", 400, 60, 40, "cat", 2, 0.3),
    Plan("a photo of 12 megapixels each", 60, 30, 30, "phone", 1, 0.8, "new photo"),
    Plan("cold opens within a second", 300, 5, 1, "cat", 1, 5.0, "open"),
)
HEAD = (
    "| lecture | people | processes | changes | p50 | p95 | p99 | aim for p95 | failures | wrong answers "
    "| CPU a change | sent a change | memory a session |\n| --- " + "| ---: " * 12 + "|"
)
FOLLOWERS, VISITS = 300, 2000
Result = TypeVar("Result")
WARM = 200  # visits: the server keeps 128 that have gone, and its caches fill


@contextlib.contextmanager
def servers(count: int) -> Iterator[tuple[Server, list[Server]]]:
    """What people open, and the processes behind it."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        processes = [stack.enter_context(serving(folder / f"{k}.log")) for k in range(count)]
        front = processes[0]
        if count > 1:
            front = stack.enter_context(in_front_of(processes, folder))
        yield front, processes


def row(plan: Plan, heard: Heard) -> str:
    """A line of the table."""
    times = " | ".join(
        f"{1000 * heard.quantile(plan.of, share):.0f} ms" for share in (0.5, 0.95, 0.99)
    )
    count = max(1, heard.changes)
    cells = (
        plan.title,
        *(plan.people, plan.processes, heard.changes, times, f"{1000 * plan.aim:.0f} ms"),
        *(len(heard.failures), len(heard.wrong), f"{1000 * heard.cpu / count:.0f} ms"),
        *(f"{sum(heard.received) / count / 1000:.0f} kB", f"{heard.memory:.1f} MB"),
    )
    return f"| {' | '.join(map(str, cells))} |"


async def come_and_go(front: Server, count: int) -> None:
    """So many people open the app, four at a time, and go."""
    gate = asyncio.Semaphore(4)

    async def one() -> None:
        async with gate:
            visitor = Visitor(front.url)
            await visitor.open()
            await visitor.close()

    await asyncio.gather(*(one() for _ in range(count)))


async def visits(front: Server, processes: list[Server], count: int) -> str:
    """A sentence on the memory before and after so many visits."""
    pids = [server.pid for server in processes]
    await come_and_go(front, WARM)
    before = memory_mb(pids)
    await come_and_go(front, count)
    after = memory_mb(pids)
    return f"{count} visits that came and went: {before:.0f} MB before, {after:.0f} MB after."


async def phones(front: Server, people: int) -> str:
    """A sentence on what the phones of a room wait for."""
    heard = sorted(await follow(front.url, people))
    middle, late = (1000 * heard[int(share * len(heard))] for share in (0.5, 0.95))
    return f"{people} phones follow a room: a step reaches them after {middle:.0f} ms (p95 {late:.0f} ms)."


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine with enough threads for what it fetches."""
    with asyncio.Runner() as runner:
        runner.get_loop().set_default_executor(ThreadPoolExecutor(64))
        return runner.run(work)


def main() -> None:
    """Measure, print and write."""
    parser = argparse.ArgumentParser(prog="benchmarks.load", description=__doc__)
    parser.add_argument(
        "--share", type=float, default=1.0, help="of the people; less than 1 writes nothing"
    )
    share = parser.parse_args().share
    began = datetime.datetime.now()
    busy = os.getloadavg()[0]
    lines = [HEAD]
    print(HEAD)
    for whole in PLANS:
        if whole.processes > 1 and find() is None:
            print(f"left out, without nginx: {whole.title}")
            continue
        plan = replace(whole, people=max(1, round(share * whole.people)))
        with servers(plan.processes) as (front, processes):
            run(come_and_go(front, 4 * plan.processes))  # a server that has begun to work
            heard = run(hold(plan, front, processes))
        lines.append(row(plan, heard))
        print(lines[-1], *heard.failures[:3], *heard.wrong[:3], sep="\n", flush=True)
    with servers(1) as (front, processes):
        said = [run(phones(front, round(share * FOLLOWERS)))]
        said.append(run(visits(front, processes, round(share * VISITS))))
    print(*said, sep="\n")
    if share == 1:
        when = (
            f"{began:%Y-%m-%d %H:%M}, {processor()}, load {busy:.1f} before it began. "
            "The people ran on the same processors."
        )
        text = "# A class at once\n\n`make load` measures again and writes this file.\n\n"
        FILE.write_text(
            f"{text}{when}\n\n" + "\n".join(lines) + "\n\n" + "\n\n".join(said) + "\n", "utf-8"
        )


if __name__ == "__main__":
    main()
