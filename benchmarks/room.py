"""Measure a room with 300 phones on one process of the app: ``python -m benchmarks.room``.

A lecturer steps four times a second, as the lecturer's browser says it. 299 followers read the events, and a phone
in Chromium shows the loop. One follower in twelve loses its connection and comes back. The phone shows
a step when its stepper has it; followers have no screen, and their events are counted as they arrive.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from playwright.async_api import Page, async_playwright

from benchmarks import results
from benchmarks.changes import cpu_seconds
from benchmarks.load.followers import connect
from convviz.export.page import step_through
from scripts.browser import FLAGS, find
from scripts.serving import Server, serving

FOLLOWERS, STEPS, PAUSE, LEAVE = 299, 120, 0.25, 12
SHOWN = """() => {
    window.shown = [];
    const note = () => window.shown.push([Number(stepper.dataset.step), Date.now() / 1000]);
    const stepper = document.querySelector(".stepper");
    new MutationObserver(note).observe(stepper, { attributeFilter: ["data-step"] });
}"""


@dataclass
class Lecture:
    """A room, when each step was sent, and what the followers heard."""

    server: Server
    code: str = ""
    secret: str = ""
    sent: dict[int, float] = field(default_factory=dict)
    heard: list[list[tuple[int, float]]] = field(default_factory=list)

    async def ask(self, method: str, path: str, body: bytes = b"") -> bytes:
        """The body of an answer that ends."""
        reader, writer = await self.connect(method, path, body)
        answer = await reader.read()
        writer.close()
        head, _, content = answer.partition(b"\r\n\r\n")
        if head.split()[1][:1] != b"2":
            raise RuntimeError(answer.decode(errors="replace"))
        return content

    async def connect(
        self, method: str, path: str, body: bytes = b""
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """A connection on which something was asked."""
        return await connect(self.server.url, method, path, body, self.secret)

    async def open(self) -> None:
        """Open the room, and show a loop in it."""
        room = json.loads(await self.ask("POST", "/room"))
        self.code, self.secret = room["code"], room["secret"]
        page = step_through(np.arange(108.0).reshape(3, 6, 6), np.ones((2, 3, 3, 3)), padding=1)
        await self.ask("PUT", f"/room/{self.code}/scene", gzip.compress(page.html.encode()))
        await self.show(0)

    async def show(self, step: int) -> None:
        """Go to a step."""
        self.sent[step] = time.time()
        shown = {"step": step, "mark": "loop", "said": None, "question": None, "link": ""}
        await self.ask("PUT", f"/room/{self.code}/shown", json.dumps(shown).encode())

    async def follow(self, number: int) -> None:
        """Hear of each step until the last; one in twelve comes back half-way."""
        heard: list[tuple[int, float]] = []
        self.heard.append(heard)
        leaves = number % LEAVE == 0
        while not heard or heard[-1][0] < STEPS:
            reader, writer = await self.connect("GET", f"/room/{self.code}/events")
            async for line in reader:
                if line.startswith(b"data: "):
                    heard.append((int(json.loads(line[6:])["step"]), time.time()))
                if heard and (heard[-1][0] == STEPS or (leaves and heard[-1][0] == STEPS // 2)):
                    break
            leaves = False
            writer.close()


def delays(lecture: Lecture, shown: list[list[tuple[int, float]]]) -> list[float]:
    """Seconds from each step to its arrival."""
    return [at - lecture.sent[step] for steps in shown for step, at in steps if step]


def faults(shown: list[list[tuple[int, float]]]) -> tuple[int, int]:
    """How many steps did not arrive, and how many came out of order; one heard again after a break is neither."""
    numbers = [[step for step, _ in steps] for steps in shown]
    lost = sum(len(set(range(1, STEPS + 1)) - set(steps)) for steps in numbers)
    late = sum(b < a for steps in numbers for a, b in pairwise(steps))
    return lost, late


async def measure(server: Server) -> dict[str, Any]:
    """Give a lecture and say what it cost."""
    lecture = Lecture(server)
    await lecture.open()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        page = await browser.new_page(viewport={"width": 390, "height": 844})
        await page.goto(f"{server.url}/room/{lecture.code}")
        await watch_phone(page)
        followers = [asyncio.create_task(lecture.follow(k)) for k in range(FOLLOWERS)]
        while len([each for each in lecture.heard if each]) < FOLLOWERS:
            await asyncio.sleep(0.1)
        before = cpu_seconds(server)
        for step in range(1, STEPS + 1):
            await lecture.show(step)
            await asyncio.sleep(PAUSE)
        spent = cpu_seconds(server) - before
        await asyncio.wait_for(asyncio.gather(*followers), 30)
        phone = [(int(step), float(at)) for step, at in await page.frames[1].evaluate("shown")]
        await browser.close()
    lost, late = faults(lecture.heard)
    return {
        "arrived": delays(lecture, lecture.heard),
        "phone": delays(lecture, [phone]),
        "cpu": spent / STEPS,
        "lost": lost + faults([phone])[0],
        "late": late + faults([phone])[1],
    }


async def watch_phone(page: Page) -> None:
    """Note when the phone's stepper shows a step."""
    frame = page.frame_locator("iframe")
    await frame.locator(".stepper[data-step='0']").wait_for()
    await page.frames[1].evaluate(SHOWN)


def main() -> None:
    """Measure, print the table, and keep it."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "log") as server:
        got = asyncio.run(measure(server))
    p95 = {name: 1000 * float(np.percentile(got[name], 95)) for name in ("arrived", "phone")}
    table = f"""\
| 300 followers on one process, {1 / PAUSE:g} steps a second | measured | aim |
| --- | --- | --- |
| step → has arrived, 95th percentile of {len(got["arrived"])} | {p95["arrived"]:.0f} ms | |
| step → shown on a phone (Chromium), 95th percentile of {len(got["phone"])} | {p95["phone"]:.0f} ms | ≤ 300 ms |
| processor time of the server for a step | {1000 * got["cpu"]:.0f} ms | ≤ 100 ms |
| steps lost | {got["lost"]} | 0 |
| steps out of order | {got["late"]} | 0 |"""
    print(table)
    results.write("A room", table)


if __name__ == "__main__":
    main()
