"""The content-security policy in a browser: every page works under it; a site that is named may show the app."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.load.person import file_of, photo
from convviz.pages.table import PAGES
from scripts.serving import COMMAND, running
from tests.e2e.helpers import App, show

VIOLATIONS = """() => {
    window.refused = [];
    document.addEventListener("securitypolicyviolation", (event) =>
        window.refused.push(`${event.effectiveDirective} ${event.blockedURI}`));
}"""


@pytest.mark.main
def test_every_page_works_under_the_policy(app: App) -> None:
    """A console error would fail the test as well."""
    page = app("/")
    page.evaluate(VIOLATIONS)
    for entry in PAGES[1:]:
        show(page, f"/{entry.address}")
    assert page.evaluate("refused") == []


@contextmanager
def course_site(framed: list[str]) -> Iterator[str]:
    """A site whose page shows in its frame what the list names last: ``localhost`` is another than 127.0.0.1."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            page = f'<!doctype html><iframe src="{framed[-1]}" width=1240 height=680></iframe>'
            self.wfile.write(page.encode())

        def log_message(self, *_: object) -> None:
            """Print nothing."""

    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = Thread(target=site.serve_forever)
    thread.start()
    yield f"http://localhost:{site.server_port}"
    site.shutdown()
    thread.join()
    site.server_close()


def test_a_course_site_shows_the_app_in_its_frame_and_photos_arrive(
    browser: Browser, tmp_path: Path
) -> None:
    """A browser takes both addresses for safe, as if they had https."""
    framed: list[str] = []
    with course_site(framed) as site, course_site(framed) as other:
        named = {"CONVVIZ_FRAME_ANCESTORS": site}
        with running(COMMAND, tmp_path / "server.log", environment=named) as server:
            framed.append(server.url)
            context = browser.new_context(viewport={"width": 1280, "height": 720})
            page = context.new_page()
            refused: list[str] = []
            page.on(
                "response", lambda each: refused.append(each.url) if each.status > 399 else None
            )
            page.goto(site)
            shown = page.frame_locator("iframe")
            shown.locator("input[type=file]").set_input_files(
                {"name": "mine.png", "mimeType": "image/png", "buffer": file_of(photo(5))}
            )
            expect(shown.get_by_text("300×300").first).to_be_visible()
            assert refused == []

            page.goto(other)
            expect(shown.get_by_text("refused to connect").first).to_be_attached()
            context.close()
