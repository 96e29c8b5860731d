"""Every control on every page: what one change of it costs, worst first, beside the bare page's slider.

``python -m benchmarks.controls`` puts the table into ``benchmarks/RESULTS.md``.
"""

from __future__ import annotations

import datetime
import platform
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Locator, TimeoutError, sync_playwright

from benchmarks import results
from benchmarks.changes import Cost, Watched, watched
from benchmarks.machine import blas
from convviz.pages.table import PAGES
from scripts.browser import launch
from scripts.serving import Server, running, serving

BARE = [sys.executable, "-m", "benchmarks.bare"]
SETTINGS = {
    "": "/?filter=Laplacian+of+Gaussian"
}  # by the address of a page: with every slider of the live loop
TIMES = 2  # there and back


@dataclass(frozen=True)
class Kind:
    """Controls of one kind: where they are, how they are named, and how one is changed there and back."""

    where: str
    changes: tuple[Callable[[Locator], object], ...]


def press(*keys: str) -> Callable[[Locator], object]:
    """A function that presses keys on a control."""

    def act(control: Locator) -> None:
        for key in keys:
            control.press(key)

    return act


def choose(which: int) -> Callable[[Locator], object]:
    """A function that clicks one of a row of buttons."""
    return lambda group: group.get_by_role("radio").nth(which).click()


KINDS = {
    "slider": Kind(
        "[data-testid=stSlider] input[type=range]", (press("ArrowRight"), press("ArrowLeft"))
    ),
    "number": Kind("[data-testid=stNumberInput] input", (press("ArrowUp"), press("ArrowDown"))),
    "list": Kind(
        "[data-testid=stSelectbox] input",
        (press("ArrowDown", "ArrowDown", "Enter"), press("ArrowDown", "ArrowUp", "Enter")),
    ),
    "switch": Kind("[data-testid=stCheckbox] input", (press("Space"), press("Space"))),
    "buttons": Kind("[data-testid=stButtonGroup] [role=radiogroup]", (choose(1), choose(0))),
}


def main() -> None:
    """Measure, print and write the table."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with (
            serving(Path(folder) / "app.log") as app,
            running(BARE, Path(folder) / "bare.log") as bare,
            watched(browser, bare, "/?map") as floor,
        ):
            lowest, rows = Cost(), []
            for entry in PAGES:
                for name, cost in _of_page(browser, app, entry.address, floor, lowest):
                    rows.append((f"{entry.title}: {name}", cost))
                    print(f"{rows[-1][0]:60} {cost.middle * 1000:6.0f} ms", flush=True)
    results.write("What one change of each control costs", _table(rows, lowest))


def _of_page(
    browser: Browser, app: Server, address: str, floor: Watched, lowest: Cost
) -> Iterator[tuple[str, Cost]]:
    """The controls in view on a page, one after the other, with a change of the bare page after each."""
    with watched(browser, app, SETTINGS.get(address, f"/{address}")) as page:
        for kind in KINDS.values():
            for number in range(page.page.locator(kind.where).count()):
                control = page.page.locator(kind.where).nth(number)
                if not control.is_visible() or not control.is_enabled():
                    continue
                name, cost = _name(control), Cost()
                try:
                    for change in kind.changes[:TIMES]:
                        page.change(lambda c=control, act=change: act(c), cost)  # type: ignore[misc]
                except TimeoutError:
                    continue  # another page, or a control that is gone
                yield name, cost
                _lower(floor, lowest)


def _lower(floor: Watched, lowest: Cost) -> None:
    slider = floor.page.locator("input[type=range]")
    key = "ArrowRight" if len(lowest.seconds) % 40 < 20 else "ArrowLeft"
    floor.change(lambda: slider.press(key), lowest)


def _name(control: Locator) -> str:
    label = "e.closest('[data-testid^=st]').querySelector('label')?.innerText"
    said = control.evaluate(f"(e) => e.getAttribute('aria-label') || {label}")
    return str(said or "unnamed").strip()


def _table(rows: list[tuple[str, Cost]], lowest: Cost) -> str:
    """The table in markdown."""
    head = [
        f"{datetime.date.today()}, {platform.machine()}, Python {platform.python_version()}, BLAS {blas()}.",
        "Headless Chromium at 1280×720, one server process; medians. The floor is a bare page of Streamlit with",
        "one slider and one component that paints a map of 512×512 cells, changed in turn. Made by `make bench`.",
        "",
        "| control | ms | × floor | messages | kB | server CPU ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    body = [
        _row(name, cost, lowest)
        for name, cost in sorted(rows, key=lambda row: row[1].middle, reverse=True)
    ]
    return "\n".join([*head, *body, _row("**floor: the bare page**", lowest, lowest), ""])


def _row(name: str, cost: Cost, lowest: Cost) -> str:
    cells = [
        f"{cost.middle * 1000:.0f}",
        f"{cost.middle / lowest.middle:.2f}",
        f"{statistics.median(cost.messages):.0f}",
        f"{statistics.median(cost.kilobytes):.0f}",
        f"{statistics.mean(cost.cpu) * 1000:.0f}",
    ]
    return f"| {name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
