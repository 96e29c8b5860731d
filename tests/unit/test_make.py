"""What `make run` does: it installs what is missing, once, and says in a sentence what it cannot do."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scripts.serving import ROOT


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
