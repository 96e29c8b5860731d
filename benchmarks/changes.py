"""What one change of a control costs: time until its last paint, messages, bytes, and the server's CPU time."""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, WebSocket

from benchmarks.load.process import TICK, fields
from convviz.ui.state.live import RESTS
from scripts.serving import Server

WATCH = Path(__file__).with_name("watch.js").read_text("utf-8")
QUIET = 150  # milliseconds without a new paint: the change is shown
# Milliseconds without anything: what follows when the hand rests is shown, too.
REST = int(1000 * RESTS) + 300


@dataclass
class Cost:
    """Of the changes of one control, a number each."""

    seconds: list[float] = field(default_factory=list)  # until anything was last painted
    drawn: list[float] = field(default_factory=list)  # until a picture was last painted
    messages: list[int] = field(default_factory=list)
    kilobytes: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def middle(self) -> float:
        """Median of the seconds."""
        return statistics.median(self.seconds)


@dataclass
class Watched:
    """A page that is watched."""

    page: Page
    server: Server
    messages: int = 0
    received: int = 0

    def change(self, action: Callable[[], object], cost: Cost) -> None:
        """Do something to a control, wait until the page shows it, and note what it cost."""
        self.page.bring_to_front()
        self.page.evaluate("window.began = window.drawn = undefined")
        messages, received, cpu = self.messages, self.received, cpu_seconds(self.server)
        action()
        self.page.wait_for_function(f"settled({QUIET})")
        for moment, kept in (("painted", cost.seconds), ("drawn", cost.drawn)):
            took = self.page.evaluate(f"window.{moment} - window.began")
            if not math.isnan(took):  # a change that draws no picture
                kept.append(took / 1000)
        cost.messages.append(self.messages - messages)
        cost.kilobytes.append((self.received - received) / 1000)
        cost.cpu.append(cpu_seconds(self.server) - cpu)

    def rest(self) -> None:
        """Wait until nothing follows the last change any more, such as bounds of another control."""
        self.page.wait_for_function(f"quiet({REST})")

    def _listen(self, socket: WebSocket) -> None:
        socket.on("framereceived", lambda payload: self._count(payload))

    def _count(self, payload: str | bytes) -> None:
        self.messages += 1
        self.received += len(payload)

    def _answered(self, response: Response) -> None:
        self.received += int(response.headers.get("content-length", 0))


@contextmanager
def watched(
    browser: Browser, server: Server, path: str, size: tuple[int, int] = (1280, 720)
) -> Iterator[Watched]:
    """A page with a cold cache that shows a path of the server, once it is still."""
    view = {"width": size[0], "height": size[1]}
    context = browser.new_context(
        base_url=server.url,
        viewport=view,  # type: ignore[arg-type]
        reduced_motion="reduce",
        bypass_csp=True,  # so that strings can be evaluated
    )
    context.add_init_script(WATCH)
    page = context.new_page()
    made = Watched(page, server)
    page.on("websocket", made._listen)
    page.on("response", made._answered)
    page.goto(path)
    page.wait_for_function("window.quiet?.(600)", timeout=60_000)
    yield made
    context.close()


def cpu_seconds(server: Server) -> float:
    """Processor time that the server has used, in steps of 10 ms."""
    words = fields(server.pid)
    return (int(words[11]) + int(words[12])) / TICK
