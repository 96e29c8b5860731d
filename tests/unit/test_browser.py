"""How the browser tests come by a browser: found, else installed, else a refusal that says what to do."""

from __future__ import annotations

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from scripts import browser


def program(path: Path, text: str = "") -> Path:
    """An executable shell script."""
    path.write_text(f"#!/bin/sh\n{text}\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def bare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose only programs are in the folder returned, and where Playwright has no browser."""
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(tmp_path / "playwright"))
    return tmp_path


def test_the_one_named_in_the_environment_is_taken(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare / "chromium")
    mine = program(bare / "mine")
    monkeypatch.setenv("CHROMIUM", str(mine))
    assert browser.find() == str(mine)


def test_one_on_the_path_is_taken(bare: Path) -> None:
    chrome = program(bare / "google-chrome")
    assert browser.find() == str(chrome)


@pytest.mark.usefixtures("bare")
def test_one_is_looked_for_while_playwright_runs() -> None:
    """As `launch` does, which is handed a Playwright that runs."""

    def beside_another() -> str | None:
        with sync_playwright():
            return browser.find()

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(beside_another).result() is None


def test_root_with_apt_gets_debians_package(bare: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(sys, "argv", ["browser", "--install"])
    chromium = bare / "chromium"
    fetch = f"echo '#!/bin/sh' > {chromium}; /bin/chmod +x {chromium}"
    program(bare / "apt-get", f'[ "$*" = "install -y -qq chromium" ] && {fetch} || true')
    assert browser.main() == 0
    assert browser.find() == str(chromium)


def test_others_get_the_download_of_the_test_tool(
    bare: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(bare / "apt-get", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    asked = bare / "asked"
    monkeypatch.setattr(sys, "executable", str(program(bare / "python", f'echo "$*" > {asked}')))
    browser.install()
    assert asked.read_text().strip() == "-m playwright install chromium"


@pytest.mark.usefixtures("bare")
@pytest.mark.parametrize("named", ["", "/no/such/browser"])
def test_without_one_the_command_fails_and_says_how_to_get_one(
    named: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHROMIUM", named)
    monkeypatch.setattr(sys, "argv", ["browser", "--install"])
    monkeypatch.setattr(browser, "install", lambda: None)
    assert browser.main() == 1
    assert "sudo apt-get install chromium" in capsys.readouterr().err
