"""How fast the page trains beside the library alone: ``python -m benchmarks.training``.

Both do the default training of the Network page. In turn, some seconds each: the library in a process of its own,
the page while its person looks at another view, and the page with the training watched as it goes on.
"""

from __future__ import annotations

import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from benchmarks import results
from benchmarks.machine import blas, processor
from convviz.nets.trainer import Trainer
from convviz.pages.network.train import QUICK
from scripts.browser import launch
from scripts.serving import COMMAND, running

SECONDS, ROUNDS = 10.0, 3  # on a fast machine a training ends before a fourth round
EPOCHS = 50  # more than is waited for
TRAIN = f"/network?view=Train&epochs={EPOCHS}"
DONE = re.compile(r"iteration (\d+) of \d+")
LIBRARY, AWAY, WATCHED = "the library alone", "the page, looked away from", "the page, watched"


def main() -> None:
    """Measure, print and keep the section."""
    speeds: dict[str, list[float]] = {LIBRARY: [], AWAY: [], WATCHED: []}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with running(COMMAND, Path(folder) / "app.log") as server:
            page = browser.new_page(base_url=server.url, bypass_csp=True)
            page.goto(TRAIN)
            page.get_by_role("button", name="Start", exact=True).click()
            for _ in range(ROUNDS):
                speeds[WATCHED].append(
                    _of_page(page, lambda page: page.wait_for_timeout(1000 * SECONDS))
                )
                speeds[AWAY].append(_of_page(page, _look_away))
                page.get_by_role("button", name="Pause").click()
                page.get_by_text("Paused · ").wait_for()
                speeds[LIBRARY].append(_of_library())
                page.get_by_role("button", name="Go on").click()
                page.get_by_text("Training · ").wait_for()
        browser.close()
    text = section(speeds)
    print(text)
    results.write("Training on the page", text)


def section(speeds: dict[str, list[float]]) -> str:
    """The medians, and their ratios to the library's."""
    middle = {name: statistics.median(found) for name, found in speeds.items()}
    lines = [
        f"{datetime.now(UTC):%Y-%m-%d}, {processor()}, BLAS {blas()}. Iterations a second, batch 50; medians of "
        f"{ROUNDS} rounds.",
        "",
        "| | iterations a second | ÷ the library |",
        "|---|---|---|",
        *(
            f"| {name} | {found:.1f} | {found / middle[LIBRARY]:.2f} |"
            for name, found in middle.items()
        ),
    ]
    return "\n".join(lines)


def _of_page(page: Page, meanwhile: Callable[[Page], object]) -> float:
    """Iterations a second between two changes of the line that counts them."""
    begun, first = _next_count(page)
    meanwhile(page)
    ended, last = _next_count(page)
    return (last - first) / (ended - begun)


def _next_count(page: Page) -> tuple[float, int]:
    """When the count of iterations changes next, and to what."""
    line = page.get_by_text(DONE)
    line.wait_for()
    before = line.inner_text()
    page.wait_for_function(
        "before => ![...document.querySelectorAll('p')].some(p => p.innerText === before)",
        arg=before,
    )
    found = DONE.search(line.inner_text())
    assert found
    return time.perf_counter(), int(found[1])


def _look_away(page: Page) -> None:
    page.get_by_text("PyTorch", exact=True).click()
    page.wait_for_timeout(1000 * SECONDS)
    page.get_by_text("Train", exact=True).click()


def _of_library() -> float:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.training", "library"]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def train() -> None:
    """Train for some seconds and print the iterations a second."""
    # QUICK is what the page does by default: its network, and the accuracies every 20 iterations.
    settings = replace(QUICK, training=replace(QUICK.training, epochs=EPOCHS))
    trainer = Trainer(settings.build(), settings.data(), settings.training)
    trainer.step()
    begun = time.perf_counter()
    while time.perf_counter() - begun < SECONDS:
        trainer.step()
    print((trainer.reached.iteration - 1) / (time.perf_counter() - begun))


if __name__ == "__main__":
    train() if sys.argv[1:] == ["library"] else main()
