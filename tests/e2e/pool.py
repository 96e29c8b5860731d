"""Pages of the browser that one test hands on to the next, each watched all the time.

Nearly all that a short test costs is opening the app: a process of its own for the page, two megabytes of
Streamlit's code to fetch and compile, a typeface. A page that shows the app for the second time has all of this
and takes half as long. Streamlit begins a new session for each time the app is opened, and what a test left
in the browser is removed before the next test has the page.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.helpers import open_app

ANY = "any path"
INSIDE_THE_PAGE = {"data", "blob", "about"}
# Options that a page can change later. Pages that differ in these alone are one, with one cache.
CHANGEABLE = {"viewport": None, "color_scheme": "light", "reduced_motion": "no-preference"}
USUAL_LOCALE = "en-US"
# The first visit of the bare address shows the lessons.
BEEN_HERE = "if (window.origin.startsWith('http')) localStorage.setItem('convviz begun', 'yes')"
# Where a document of the app is shown, and not a blank one.
FORGET = "() => self.origin !== 'null' && sessionStorage.clear()"


@dataclass(frozen=True)
class Watched:
    """A page, how it was asked for, and what must not happen but did."""

    page: Page
    showing: str | None
    options: dict[str, Any]  # that cannot be changed later
    faults: list[str]


class Pool:
    """Pages that are free, by the options of Playwright's ``new_context`` they were opened with."""

    def __init__(self, browser: Browser, patience: int) -> None:
        self._browser = browser
        self._patience = patience
        self._free: dict[str, list[Watched]] = defaultdict(list)

    def take(self, showing: str | None = None, **options: Any) -> Watched:
        """A page that nobody uses and that stores nothing; a new one where none is free.

        One that shows a path of the app stays there, for the next test that asks for the same; one that shows
        `ANY` is opened by the first test that has it, and shows what the test before let it show.
        """
        looks = {name: options.pop(name, usual) for name, usual in CHANGEABLE.items()}
        options.setdefault("locale", USUAL_LOCALE)
        free = self._free[_named(options, showing)]
        watched = free.pop() if free else self._new(showing, options)
        watched.faults.clear()
        if viewport := looks.pop("viewport"):
            watched.page.set_viewport_size(viewport)
        watched.page.emulate_media(**looks)
        if watched.page.url == "about:blank" and showing not in (None, ANY):
            open_app(watched.page, showing)
        return watched

    def give_back(self, watched: Watched) -> None:
        """Keep a page for another test: as it is where it goes on showing the app, else as if new."""
        page = watched.page
        if page.is_closed():
            page.context.close()
            return
        if watched.showing is None:
            _leave(page, watched.options)
        page.mouse.move(0, 0)
        self._free[_named(watched.options, watched.showing)].append(watched)

    def _new(self, showing: str | None, options: dict[str, Any]) -> Watched:
        context = self._browser.new_context(**options)
        context.set_default_timeout(self._patience)
        context.add_init_script(BEEN_HERE)
        faults = watch(context, options.get("base_url", ""))
        return Watched(context.new_page(), showing, options, faults)


def _leave(page: Page, options: dict[str, Any]) -> None:
    """Leave the app, and undo what a test may have changed."""
    context = page.context
    page.evaluate(FORGET)
    page.goto("about:blank")
    for other in context.pages:
        if other is not page:
            other.close()
    context.clear_cookies()
    context.clear_permissions()
    browser = context.new_cdp_session(page)
    browser.send("Page.resetNavigationHistory")
    if "base_url" in options:
        stored = {"origin": options["base_url"], "storageTypes": "all"}
        browser.send("Storage.clearDataForOrigin", stored)
    browser.detach()


def _named(options: dict[str, Any], showing: str | None) -> str:
    return str((showing, sorted(options.items())))


def watch(context: BrowserContext, url: str) -> list[str]:
    """A list that fills with what must not happen: errors, and requests to any host but this one."""
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
        lambda message: (
            message.type == "error"
            and faults.append(f"console: {message.text} ({message.location['url']})")
        ),
    )
    context.on("weberror", lambda error: faults.append(f"uncaught in the page: {error.error}"))
    return faults
