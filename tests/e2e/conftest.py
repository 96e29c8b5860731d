"""The running app and a browser that lets nothing wrong go unseen.

A test that takes `page` fails on any console error, uncaught exception in the page or in the app,
and on a request to any host but the app's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts.browser import launch
from scripts.serving import ROOT, Server, serving
from tests.e2e.helpers import PATIENCE, App, show
from tests.e2e.pool import ANY, Pool, Watched

RESULTS = ROOT / "test-results"
expect.set_options(timeout=PATIENCE)
# A lecture hall's screen, and nothing fades or turns: drawing that is a tenth of the time.
USUAL = {"viewport": {"width": 1280, "height": 720}, "reduced_motion": "reduce"}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """Let fixtures see how the test went."""
    report: Any = yield
    item.stash.setdefault(REPORTS, {})[report.when] = report
    return report


REPORTS = pytest.StashKey[dict[str, pytest.TestReport]]()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app as `make run` starts it, on a free port of this machine."""
    with serving(tmp_path_factory.mktemp("server") / "server.log") as running:
        yield running


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def page_pool(browser: Browser) -> Pool:
    """The browser's pages that no test has at the moment."""
    return Pool(browser, PATIENCE)


@pytest.fixture
def new_page(page_pool: Pool, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """A function that lends a watched page, to show a server or nothing but what the test writes into it.

    It takes options of Playwright's ``new_context`` too.
    """
    lent: list[Watched] = []
    logs: dict[Path, int] = {}  # what a server printed before it was asked for a page

    def open_page(server: Server | None = None, **options: Any) -> Page:
        if server:
            logs.setdefault(server.log, server.log.stat().st_size)
            options["base_url"] = server.url
        lent.append(page_pool.take(**(USUAL | options)))
        return lent[-1].page

    yield open_page
    for watched in lent:
        watched.page.context.cookies()  # an answer: everything the browser said before has arrived too
    faults = [fault for watched in lent for fault in watched.faults]
    faults += [trace for log, start in logs.items() if (trace := _traceback(log, start))]
    reports = request.node.stash.get(REPORTS, {})
    if faults or any(report.failed for report in reports.values()):
        _keep(request.node.nodeid, [watched.page.context for watched in lent], logs)
        for watched in lent:
            watched.page.context.close()
    else:
        for watched in lent:
            page_pool.give_back(watched)
    if faults:
        pytest.fail("Seen while the page was open:\n" + "\n".join(faults), pytrace=False)


@pytest.fixture
def view(server: Server, new_page: Callable[..., Page]) -> Callable[[str], Page]:
    """A function that lends a page on which a path of the app is open, once for all tests that ask for it.

    Such a test leaves the view as it found it.
    """
    return lambda path: new_page(server, showing=path)


@pytest.fixture
def app(server: Server, new_page: Callable[..., Page]) -> App:
    """A function that lends a page of the app and lets it show a path: without a load, as Back and Forward do.

    The session is the one of the tests before. What only a new one can show is for `page`.
    It takes options of Playwright's ``new_context`` too.
    """
    return lambda path, **options: show(new_page(server, showing=ANY, **options), path)


@pytest.fixture
def page(server: Server, new_page: Callable[..., Page]) -> Page:
    """A page of 1280×720, watched; `page.goto` takes paths of the app."""
    return new_page(server)


def _traceback(log: Path, start: int) -> str:
    """What the app logged after this position, if there is an exception in it."""
    logged = log.read_bytes()[start:].decode(errors="replace")
    return (
        f"uncaught in the app:\n{logged}" if "Traceback (most recent call last)" in logged else ""
    )


def _keep(test: str, contexts: list[BrowserContext], logs: Iterable[Path]) -> None:
    """Save what the pages showed and what the servers printed under test-results/."""
    folder = RESULTS / re.sub(r"[^\w.-]+", "-", test)
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        page.screenshot(path=folder / f"page-{number}.png")
    for number, log in enumerate(sorted(logs)):
        (folder / f"server-{number}.log").write_text(log.read_text())
