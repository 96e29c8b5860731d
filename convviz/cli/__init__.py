"""The `convviz` command."""

from __future__ import annotations

import argparse
import errno
import os
import socket
import sys
import webbrowser
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from convviz.cli.server import LAST_PORT, can_certify, listen, next_free, serve
from convviz.cli.train_options import add_parser
from convviz.lectures import OWN_FOLDER, LessonError, read_folder
from convviz.pages.table import PAGES
from convviz.web.uploads import HOST as LISTENS

HOST, PORT = "127.0.0.1", 8501
EVERY_ADDRESS = ("0.0.0.0", "::")
NO_CERTIFICATE = "convviz run --https needs the package trustme: pip install trustme"
WARNS = "Browsers warn of its certificate, because convviz made it itself: go on to the page all the same."


def run(host: str, port: int, *, open_browser: bool = False, https: bool = False) -> int:
    """Serve the app until it is stopped.

    Returns
    -------
    int
        The exit status: 0 when stopped by the person, 1 where the address cannot be listened on, or not by https.
    """
    if https and not can_certify():
        print(NO_CERTIFICATE, file=sys.stderr)
        return 1
    try:
        listener = listen(host, port)
    except OSError as error:
        print(_refusal(host, port, error), file=sys.stderr)
        return 1
    address = _address(host, listener.getsockname()[1], https=https)

    def on_ready() -> None:
        print(f"convviz is at {address} (Ctrl+C stops it)", flush=True)
        if https:
            print(WARNS, flush=True)
        if open_browser:
            webbrowser.open(address)

    os.environ[LISTENS] = host  # the app accepts smaller uploads when it serves others
    try:
        serve(listener, on_ready, names=_names(host) if https else ())
    except KeyboardInterrupt:
        print()
    return 0


def _offer_lessons(folder: Path) -> bool:
    """Let the app offer the lessons of a folder; False, and every mistake in them said, if it cannot."""
    try:
        read_folder(folder, {entry.address for entry in PAGES})
    except LessonError as error:
        print(error, file=sys.stderr)
        return False
    os.environ[OWN_FOLDER] = str(folder.resolve())
    return True


def _address(host: str, port: int, *, https: bool = False) -> str:
    """What to type into a browser."""
    name = socket.gethostname() if host in EVERY_ADDRESS else host
    return f"http{'s' * https}://{f'[{name}]' if ':' in name else name}:{port}"


def _names(host: str) -> list[str]:
    """What a browser may call this machine."""
    names = ["localhost", "127.0.0.1", "::1"]
    if host not in EVERY_ADDRESS:
        return list(dict.fromkeys([host, *names]))
    own = socket.gethostname()
    with suppress(OSError):
        names += [
            each[4][0] for each in socket.getaddrinfo(own, None) if isinstance(each[4][0], str)
        ]
    return list(dict.fromkeys([own, *names]))


def _refusal(host: str, port: int, error: OSError) -> str:
    """One sentence on why the app cannot listen there, and what to do."""
    if error.errno != errno.EADDRINUSE:
        return f"convviz cannot listen on {host}, port {port}: {error.strerror or error}."
    other = next_free(host, port)
    if other is None:
        return f"Port {port} is taken, and so are those above it."
    return f"Port {port} is taken. Try: {_command(other)}"


def _command(port: int) -> str:
    """How to ask for this port, in the words the person used: ``make run`` or ``convviz run``."""
    return f"make run PORT={port}" if "MAKELEVEL" in os.environ else f"convviz run --port {port}"


def _port(text: str) -> int:
    """A port number from the command line."""
    if not text.isdecimal() or int(text) > LAST_PORT:
        raise argparse.ArgumentTypeError(f"{text!r} is not a port: a number from 1 to {LAST_PORT}")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="convviz", description="Convolution on your own photo, step by step."
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="command")
    serving = commands.add_parser("run", help="start the app")
    serving.add_argument("--host", default=HOST, help="address to listen on (default %(default)s)")
    serving.add_argument(
        "--port", type=_port, default=PORT, help="port; 0 takes any free one (default %(default)s)"
    )
    serving.add_argument(
        "--lessons", type=Path, metavar="FOLDER", help="offer the lessons of this folder, too"
    )
    serving.add_argument("--open", action="store_true", help="open it in the browser as well")
    serving.add_argument(
        "--https",
        action="store_true",
        help="serve by https, which the camera needs on another machine than this (needs trustme)",
    )
    add_parser(commands)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Read the command line, do what it says and return the exit status."""
    chosen = _parser().parse_args(arguments)
    if chosen.command == "train":
        from convviz.cli.train import train

        return train(chosen)
    if chosen.lessons and not _offer_lessons(chosen.lessons):
        return 1
    return run(chosen.host, chosen.port, open_browser=chosen.open, https=chosen.https)
