"""The ways to start the app: each serves the very same, from any directory, and asks no other host."""

from __future__ import annotations

import http.client
import io
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from scripts.serving import ROOT, Server, free_port, running, serving
from tests.e2e.helpers import open_app
from tests.e2e.pool import watch

OpenPage = Callable[..., Page]
Check = Callable[[Server], None]


@pytest.mark.main
def test_the_app_prints_its_address_and_nothing_else(server: Server) -> None:
    assert server.log.read_text().splitlines()[0] == f"convviz is at {server.url} (Ctrl+C stops it)"


@pytest.mark.main
def test_the_app_listens_on_this_machine_only(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")


@pytest.mark.main
def test_the_page_opens(page: Page) -> None:
    open_app(page)
    expect(page).to_have_title("Convolve · convviz")
    expect(page.locator("canvas").first).to_be_visible()
    expect(page.get_by_text("Deploy", exact=True)).to_have_count(0)


# Every kind of answer: documents, redirects, and what Streamlit answers by itself.
ASKED = ("/", "/pooling", "/no-such-page", "/bugs?bug=pad:-pad", "/convolve", "/favicon.png")
ASKED += ("/_stcore/health", "/_stcore/host-config", "/pooling/", "/index.html")
OF_ITS_OWN = {"date", "set-cookie"}  # headers that differ from answer to answer


def answer(server: Server, path: str) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content, without following a redirect."""
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc, timeout=20)
    connection.request("GET", path)
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    content = response.read()
    connection.close()
    return (
        response.status,
        {name: value for name, value in headers.items() if name not in OF_ITS_OWN},
        content,
    )


def black_photo() -> bytes:
    """A PNG that no built-in photo looks like."""
    file = io.BytesIO()
    Image.new("RGB", (9, 9)).save(file, "PNG")
    return file.getvalue()


@pytest.fixture
def serves_the_same(server: Server, new_page: OpenPage) -> Check:
    """A check that a server, however it was started, serves what `make run` does, with its settings.

    Both colour schemes come from .streamlit/config.toml, and so does the missing menu. The page speaks over the
    websocket, and a photo reaches it.
    """

    def check(other: Server) -> None:
        for path in ASKED:
            assert answer(other, path) == answer(server, path), path
        page = new_page(other, color_scheme="light")
        open_app(page, "/pooling")
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(255, 255, 255)")
        page.close()  # before its server stops
        page = new_page(other, color_scheme="dark")
        open_app(page)
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", "rgb(20, 23, 28)")
        expect(page.get_by_test_id("stMainMenu")).to_have_count(0)
        expect(page.locator("canvas").first).to_be_visible()
        page.get_by_text("Use your own photo").click()
        page.locator("input[type=file]").set_input_files(
            {"name": "black.png", "mimeType": "image/png", "buffer": black_photo()}
        )
        expect(page.get_by_text("Minimum 0, maximum 0")).to_be_visible()
        page.close()

    return check


def test_the_browser_looks_for_the_server_once_and_where_it_is(page: Page) -> None:
    """Streamlit by itself looks below the address of the page first, where it gets a 404."""
    asked: dict[str, int] = {}
    page.on(
        "response", lambda answered: asked.update({urlsplit(answered.url).path: answered.status})
    )
    open_app(page, "/pooling")
    expect(page).to_have_title("Pooling · convviz")
    assert sorted(path for path in asked if path.endswith(("/health", "/host-config"))) == [
        *("/_stcore/health", "/_stcore/host-config")
    ]
    assert {path: status for path, status in asked.items() if status >= 400} == {}


def test_it_starts_from_another_directory(tmp_path: Path, serves_the_same: Check) -> None:
    with serving(tmp_path / "log", cwd=tmp_path) as server:
        serves_the_same(server)


def test_streamlit_run_serves_the_same_from_another_directory(
    tmp_path: Path, serves_the_same: Check
) -> None:
    port = free_port()
    script = [str(ROOT / "app.py"), "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", *script]
    url = f"http://127.0.0.1:{port}"
    with running(command, tmp_path / "log", cwd=tmp_path, url=url) as server:
        serves_the_same(server)
        assert "External URL" not in server.log.read_text()


def test_the_wheel_serves_the_same_without_the_checkout(
    tmp_path: Path, serves_the_same: Check
) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run([*pip, *build], check=True, timeout=120)
    [wheel] = tmp_path.glob("convviz-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    with serving(tmp_path / "log", cwd=tmp_path, package=tmp_path / "installed") as server:
        serves_the_same(server)


def test_uvicorn_by_itself_serves_the_same(tmp_path: Path, serves_the_same: Check) -> None:
    port = free_port()
    serve = ["uvicorn", "app:app", "--port", str(port), "--app-dir", str(ROOT)]
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", *serve]
    with running(command, tmp_path / "log", cwd=tmp_path, url=url) as server:
        serves_the_same(server)


@pytest.mark.main
def test_the_watch_on_a_page_sees_what_must_not_happen(browser: Browser, server: Server) -> None:
    context = browser.new_context()
    faults = watch(context, server.url)
    page = context.new_page()
    page.set_content("<script>console.error('said'); throw new Error('thrown')</script>")
    page.evaluate("fetch('http://127.0.0.2:9/').catch(() => 0)")
    page.evaluate(
        "new Promise(r => Object.assign(new WebSocket('ws://127.0.0.3:9/'), {onerror: r}))"
        ".then(() => 0)"
    )
    context.cookies()
    context.close()
    seen = "\n".join(faults)
    for fault in ("console: said", "thrown", "http://127.0.0.2:9/", "ws://127.0.0.3:9/"):
        assert fault in seen
