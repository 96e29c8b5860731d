"""The running app and a browser that lets nothing wrong go unseen.

A test that takes `page` fails on any console error, uncaught exception in the page or in the app,
and on a request to any host but the app's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from scripts.browser import launch
from scripts.serving import ROOT, Server, serving

RESULTS = ROOT / "test-results"
PATIENCE = 20_000  # milliseconds: how long a busy machine may take
expect.set_options(timeout=PATIENCE)
SCREEN = {"width": 1280, "height": 720}
INSIDE_THE_PAGE = {"data", "blob", "about"}


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


@pytest.fixture
def new_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """A function that opens a watched page on a server, with options of Playwright's new_context."""
    contexts: list[BrowserContext] = []
    watched: list[tuple[Server, int, list[str]]] = []

    def open_page(server: Server, **options: Any) -> Page:
        context = browser.new_context(base_url=server.url, **({"viewport": SCREEN} | options))
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        watched.append((server, server.log.stat().st_size, watch(context, server.url)))
        return context.new_page()

    yield open_page
    for context in contexts:
        context.cookies()  # an answer from the browser: everything it said before has arrived too
    faults = [fault for _, _, seen in watched for fault in seen]
    faults += [trace for running, start, _ in watched if (trace := _traceback(running, start))]
    reports = request.node.stash.get(REPORTS, {})
    if faults or any(report.failed for report in reports.values()):
        _keep(request.node.nodeid, contexts, {running.log for running, _, _ in watched})
    for context in contexts:
        context.close()
    if faults:
        pytest.fail("Seen while the page was open:\n" + "\n".join(faults), pytrace=False)


@pytest.fixture
def page(server: Server, new_page: Callable[..., Page]) -> Page:
    """A page of 1280×720, watched; `page.goto` takes paths of the app."""
    return new_page(server)


def watch(context: BrowserContext, url: str) -> list[str]:
    """A list that fills with what must not happen."""
    faults: list[str] = []
    own = urlsplit(url).netloc

    def on_request(asked: str) -> None:
        parts = urlsplit(asked)
        if parts.scheme not in INSIDE_THE_PAGE and parts.netloc != own:
            faults.append(f"request to another host: {asked}")

    def on_page(page: Page) -> None:
        page.on("websocket", lambda socket: on_request(socket.url))

    context.on("request", lambda request: on_request(request.url))
    context.on("page", on_page)
    context.on(
        "console",
        lambda message: message.type == "error" and faults.append(f"console: {message.text}"),
    )
    context.on("weberror", lambda error: faults.append(f"uncaught in the page: {error.error}"))
    return faults


def _traceback(server: Server, start: int) -> str:
    """What the app logged after this position, if there is an exception in it."""
    logged = server.log.read_bytes()[start:].decode(errors="replace")
    return (
        f"uncaught in the app:\n{logged}" if "Traceback (most recent call last)" in logged else ""
    )


def _keep(test: str, contexts: list[BrowserContext], logs: set[Path]) -> None:
    """Save what the pages showed and what the servers printed under test-results/."""
    folder = RESULTS / re.sub(r"[^\w.-]+", "-", test)
    folder.mkdir(parents=True, exist_ok=True)
    pages = [page for context in contexts for page in context.pages]
    for number, page in enumerate(pages):
        page.screenshot(path=folder / f"page-{number}.png")
    for number, log in enumerate(sorted(logs)):
        (folder / f"server-{number}.log").write_text(log.read_text())
