"""The ways to start the app: each serves it whole, from any directory, and asks no other host for anything."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from scripts.serving import ROOT, Server, free_port, running, serving
from tests.e2e.conftest import watch
from tests.e2e.helpers import open_app

OpenPage = Callable[..., Page]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The files `make run` looks at, as after a first run, with this Python for the environment's."""
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    python = tmp_path / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    for age, name in ((30, "requirements.txt"), (20, ".venv/.made"), (10, ".venv/.run")):
        (tmp_path / name).touch()
        then = (tmp_path / name).stat().st_mtime - age
        os.utime(tmp_path / name, (then, then))
    return tmp_path


def make(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """What `make` answers, by itself and not as part of the `make test` that runs this."""
    environment = {key: os.environ[key] for key in os.environ if not key.startswith("MAKE")}
    return subprocess.run(
        ["make", *arguments], cwd=cwd, env=environment, capture_output=True, text=True, timeout=120
    )


def test_the_first_make_run_makes_an_environment_and_installs(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    commands = make("-n", "run", cwd=checkout).stdout
    assert "-m venv" in commands
    assert "install --quiet --disable-pip-version-check -r requirements.txt" in commands


def test_the_second_make_run_installs_nothing(checkout: Path) -> None:
    assert make("-n", "run", cwd=checkout).stdout.split() == [
        *(".venv/bin/python", "-m", "convviz.cli", "run", "--port", "8501")
    ]


def test_changed_requirements_are_installed_into_the_same_environment(checkout: Path) -> None:
    (checkout / "requirements.txt").touch()
    commands = make("-n", "run", cwd=checkout).stdout
    assert "-r requirements.txt" in commands
    assert "-m venv" not in commands


def test_make_without_a_python_says_which_it_needs(checkout: Path) -> None:
    shutil.rmtree(checkout / ".venv")
    answer = make("run", "PYTHON=", cwd=checkout)
    assert answer.returncode != 0
    assert "convviz needs Python 3.11 or newer and found none" in answer.stdout


def test_a_taken_port_is_said_in_a_sentence_with_the_next_free_one(checkout: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        answer = make("run", f"PORT={port}", cwd=checkout)
    assert answer.returncode != 0
    assert f"Port {port} is taken. Try: make run PORT=" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_app_prints_its_address_and_nothing_else(server: Server) -> None:
    assert server.log.read_text().splitlines()[0] == f"convviz is at {server.url} (Ctrl+C stops it)"


def test_the_app_listens_on_this_machine_only(server: Server) -> None:
    assert server.url.startswith("http://127.0.0.1:")


def test_the_page_opens(page: Page) -> None:
    open_app(page)
    expect(page).to_have_title("Convolve · convviz")
    expect(page.locator("canvas").first).to_be_visible()
    expect(page.get_by_text("Deploy", exact=True)).to_have_count(0)


def shows_the_app_with_its_settings(server: Server, new_page: OpenPage) -> None:
    """Both colour schemes come from .streamlit/config.toml, and so does the missing menu."""
    for scheme, colour in (("light", "rgb(255, 255, 255)"), ("dark", "rgb(20, 23, 28)")):
        page = new_page(server, color_scheme=scheme)
        open_app(page)
        expect(page.locator("canvas").first).to_be_visible()
        expect(page.get_by_test_id("stApp")).to_have_css("background-color", colour)
        expect(page.get_by_test_id("stMainMenu")).to_have_count(0)
        page.close()  # before its server stops


def test_it_starts_from_another_directory(tmp_path: Path, new_page: OpenPage) -> None:
    with serving(tmp_path / "log", cwd=tmp_path) as server:
        shows_the_app_with_its_settings(server, new_page)


def test_streamlit_run_serves_it_too_from_another_directory(
    tmp_path: Path, new_page: OpenPage
) -> None:
    port = free_port()
    script = [str(ROOT / "app.py"), "--server.port", str(port)]
    command = [sys.executable, "-m", "streamlit", "run", *script]
    url = f"http://127.0.0.1:{port}"
    with running(command, tmp_path / "log", cwd=tmp_path, url=url) as server:
        shows_the_app_with_its_settings(server, new_page)
        assert "External URL" not in server.log.read_text()


def test_the_wheel_serves_it_without_the_checkout(tmp_path: Path, new_page: OpenPage) -> None:
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    build = ["wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path), str(ROOT)]
    subprocess.run([*pip, *build], check=True, timeout=120)
    [wheel] = tmp_path.glob("convviz-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "installed")
    with serving(tmp_path / "log", cwd=tmp_path, package=tmp_path / "installed") as server:
        shows_the_app_with_its_settings(server, new_page)


def test_uvicorn_by_itself_can_serve_it(tmp_path: Path, new_page: OpenPage) -> None:
    port = free_port()
    serve = ["uvicorn", "--factory", "convviz.cli.server:create_app", "--port", str(port)]
    command = [sys.executable, "-m", *serve, "--app-dir", str(ROOT)]
    url = f"http://127.0.0.1:{port}"
    with running(command, tmp_path / "log", cwd=tmp_path, url=url) as server:
        shows_the_app_with_its_settings(server, new_page)


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
