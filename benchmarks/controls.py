"""Every control in view on every page: what one change of it costs, worst first, beside the bare page's slider.

``python -m benchmarks.controls`` puts the table into ``benchmarks/RESULTS.md``; ``python -m benchmarks.controls
pooling bugs`` only prints the rows of some pages. A control that cannot be measured is a row with the reason.
"""

from __future__ import annotations

import datetime
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from playwright.sync_api import Browser, Error, Locator, sync_playwright

from benchmarks import results
from benchmarks.changes import Cost, Watched, watched
from benchmarks.machine import blas, processor
from convviz.pages.table import PAGES
from scripts.browser import launch
from scripts.serving import Server, running, serving

BARE = [sys.executable, "-m", "benchmarks.bare"]
# By the address of a page: with every slider of the live loop.
SETTINGS = {"": "/?filter=Laplacian+of+Gaussian"}
LIMIT = 20 * 60  # seconds for all pages; what a page leaves of its share is the next one's
MOST = 40  # controls of one kind on a page
NO_TIME = "no time was left for it"
PATIENCE = 6_000  # milliseconds for one change
BETWEEN = 4  # controls from one change of the bare page to the next


@dataclass(frozen=True)
class Kind:
    """Controls of one kind: where they are, how they are named, and how one is changed there and back."""

    where: str
    changes: tuple[Callable[[Locator], object], ...]


def press(*keys: str) -> Callable[[Locator], object]:
    """A function that presses keys on a control, to which the keyboard has come: else a stepper takes arrows."""

    def act(control: Locator) -> None:
        control.page.keyboard.press("Shift")
        for key in keys:
            control.press(key)

    return act


def pick(*keys: str) -> Callable[[Locator], object]:
    """A function that opens a list and goes to an option by keys; time counts from Enter on, which chooses it."""

    def act(control: Locator) -> None:
        press(*keys)(control)
        control.page.evaluate("window.began = undefined")
        control.press("Enter")

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
        (pick("ArrowDown", "ArrowDown"), pick("ArrowDown", "ArrowUp", "ArrowUp")),
    ),
    "switch": Kind("[data-testid=stCheckbox] input", (press("Space"), press("Space"))),
    "buttons": Kind("[data-testid=stButtonGroup] [role=radiogroup]", (choose(1), choose(0))),
}


@dataclass(frozen=True)
class Row:
    """A control, and what a change of it cost, or why that could not be measured."""

    name: str
    cost: Cost
    reason: str = ""


def main() -> None:
    """Measure, print and write the table."""
    wanted = [page for page in PAGES if not sys.argv[1:] or page.address in sys.argv[1:]]
    lowest, rows = Cost(), []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright)
        with (
            serving(Path(folder) / "app.log") as app,
            running(BARE, Path(folder) / "bare.log") as bare,
            watched(browser, bare, "/?map") as floor,
        ):
            begun = time.monotonic()
            _lower(floor, lowest)
            for k, entry in enumerate(wanted, start=1):
                until = begun + LIMIT * k / len(PAGES)
                for row in _of_page(browser, app, entry.address, floor, lowest, until):
                    rows.append(replace(row, name=f"{entry.title}: {row.name}"))
                    took = row.reason or f"{row.cost.middle * 1000:6.0f} ms"
                    print(f"{rows[-1].name:60} {took}", flush=True)
    if wanted == [*PAGES]:
        results.write("What one change of each control costs", _table(rows, lowest))
    else:
        print(_table(rows, lowest))


def _of_page(
    browser: Browser, app: Server, address: str, floor: Watched, lowest: Cost, until: float
) -> Iterator[Row]:
    """The controls in view on a page, one after the other, with a change of the bare page after every few.

    After a change that failed, the page is opened anew.
    """
    path = SETTINGS.get(address, f"/{address}")
    left = [(kind, number) for kind in KINDS for number in range(MOST)]
    while left:
        before = len(left)
        try:
            with watched(browser, app, path) as page:
                page.page.set_default_timeout(PATIENCE)
                yield from _each(page, left, floor, lowest, until)
        except Error as error:
            yield Row("a control, or the page itself", Cost(), _short(error))
            if len(left) == before:
                return


def _each(
    page: Watched, left: list[tuple[str, int]], floor: Watched, lowest: Cost, until: float
) -> Iterator[Row]:
    """Change the controls that are left, until one fails."""
    measured = 0
    while left:
        kind, number = left.pop(0)
        control = page.page.locator(KINDS[kind].where).nth(number)
        if not control.count():
            left[:] = [each for each in left if each[0] != kind]
        elif control.is_visible() and control.is_enabled():
            row = Row(_name(control), Cost(), "" if time.monotonic() < until else NO_TIME)
            if kind == "buttons":  # a change of the view moves them among each other
                control = page.page.get_by_role("radiogroup", name=row.name, exact=True).first
            try:
                for change in KINDS[kind].changes if not row.reason else ():
                    page.rest()
                    page.change(lambda c=control, act=change: act(c), row.cost)  # type: ignore[misc]
            except Error as error:
                yield replace(row, reason=_short(error))
                return
            yield row
            measured += 1
            if not row.reason and measured % BETWEEN == 0:
                _lower(floor, lowest)


def _short(error: Error) -> str:
    """The first line of what Playwright says, without the bars of a table."""
    return error.message.splitlines()[0].replace("|", "/")[:90]


def _lower(floor: Watched, lowest: Cost) -> None:
    slider = floor.page.locator("input[type=range]")
    key = "ArrowRight" if len(lowest.seconds) % 40 < 20 else "ArrowLeft"
    floor.change(lambda: slider.press(key), lowest)


def _name(control: Locator) -> str:
    label = "e.closest('[data-testid^=st]').querySelector('label')?.innerText"
    said = control.evaluate(f"(e) => e.getAttribute('aria-label') || {label}")
    return str(said or "unnamed").strip()


def _table(rows: list[Row], lowest: Cost) -> str:
    """The table in markdown, worst first; then what could not be measured."""
    head = [
        f"{datetime.date.today()}, {processor()}, Python {platform.python_version()}, BLAS {blas()}.",
        "Headless Chromium at 1280×720, one server process; medians. The floor is a bare page of Streamlit with",
        "one slider and one component that paints a map of 512×512 cells, changed in turn. Made by `make bench`.",
        "",
        "| control | ms | × floor | messages | kB | server CPU ms |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    good = sorted((row for row in rows if not row.reason), key=lambda row: -row.cost.middle)
    body = [_row(row, lowest) for row in [*good, Row("**floor: the bare page**", lowest)]]
    refused = [f"| {row.name} | {row.reason} |" for row in rows if row.reason]
    if refused:
        refused = ["", "| not measured | why |", "| --- | --- |", *refused]
    return "\n".join([*head, *body, *refused, ""])


def _row(row: Row, lowest: Cost) -> str:
    cost = row.cost
    cells = [
        f"{cost.middle * 1000:.0f}",
        f"{cost.middle / lowest.middle:.2f}",
        f"{statistics.median(cost.messages):.0f}",
        f"{statistics.median(cost.kilobytes):.0f}",
        f"{statistics.mean(cost.cpu) * 1000:.0f}",
    ]
    return f"| {row.name} | {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
