"""The app as a process of its own, for as long as a ``with`` block lasts."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60
COMMAND = [sys.executable, "-m", "convviz.cli", "run", "--port", "0"]  # the app on a free port


@dataclass(frozen=True)
class Server:
    """A running app: its address, its process id, and the file that holds what it printed."""

    url: str
    pid: int
    log: Path


@contextmanager
def serving(log: Path, *, cwd: Path = ROOT, package: Path = ROOT) -> Iterator[Server]:
    """Run the app as ``make run`` does, on a free port, and stop it by its process id.

    Parameters
    ----------
    log
        File for what it prints.
    cwd
        The directory to run it in.
    package
        The folder that holds the ``convviz`` to run.
    """
    with running(COMMAND, log, cwd=cwd, environment={"PYTHONPATH": str(package)}) as server:
        yield server


@contextmanager
def running(
    command: Sequence[str],
    log: Path,
    *,
    cwd: Path = ROOT,
    url: str | None = None,
    environment: Mapping[str, str] | None = None,
) -> Iterator[Server]:
    """Run a command that serves the app; it is ready when it says so over HTTP.

    Parameters
    ----------
    command
        What to run.
    log
        File for what it prints.
    cwd
        The directory to run it in.
    url
        Its address; where None, the command prints it.
    environment
        Environment variables to set besides those of this process.

    Raises
    ------
    RuntimeError
        Where it ends, or is not ready within a minute; with what it printed.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("w") as output:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield Server(_when_ready(process, log, url), process.pid, log)
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port nothing listens on at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _when_ready(process: subprocess.Popen[bytes], log: Path, url: str | None) -> str:
    """Poll until the server answers; return its address."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        printed = re.search(r"http://\S+:\d+", log.read_text())
        address = url or (printed and printed[0])
        if address and _answers(f"{address}/_stcore/health"):
            return address
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} did not serve the app:\n{log.read_text()}")


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
