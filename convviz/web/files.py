"""Streamlit's own scripts, styles and fonts: packed, and from memory.

A first visit asks for more than a hundred of them. Streamlit reads each anew and sends it as it is: 3 ms of the
processor for each, and 2.7 MB in all. Here each is read and packed once, when it is first asked for. Its name
changes with its content, so a browser keeps it. In front of several processes nginx does the same (``deploy``).
"""

from __future__ import annotations

import gzip
from functools import cache
from mimetypes import guess_type
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from convviz.ui.internals.server import static_folder
from convviz.web.routes import start_of

KEPT = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
PAYS = 0.9  # of a file's size: what hardly shrinks, such as a font, is sent as it is
_packed: dict[Path, tuple[bytes, bool]] = {}  # the files that somebody has asked for


class Files:
    """Answers what asks for one of the files, before Streamlit does."""

    def __init__(self, app: ASGIApp, folder: str = ""):
        """``folder`` is that of the server below which the app stands."""
        self.app, self.start = app, f"{start_of(folder)}/static/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        app = self.app
        if scope["type"] == "http" and scope["path"].startswith(self.start):
            path = _files().get(scope["path"].removeprefix(self.start))
            app = app if path is None else await _answer(path, Request(scope))
        await app(scope, receive, send)


async def _answer(path: Path, request: Request) -> Response:
    kept = _packed.get(path)
    content, is_packed = kept if kept else await run_in_threadpool(_pack, path)
    headers = dict(KEPT)
    if is_packed and "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    elif is_packed:
        content = gzip.decompress(content)
    return Response(content, media_type=guess_type(path.name)[0], headers=headers)


@cache
def _files() -> dict[str, Path]:
    """Every file, by its address below ``static/``."""
    folder = static_folder()
    return {
        path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()
    }


def _pack(path: Path) -> tuple[bytes, bool]:
    """What a file holds, and whether that is packed."""
    content = path.read_bytes()
    packed = gzip.compress(content, 6)
    pays = len(packed) < PAYS * len(content)
    _packed[path] = (packed if pays else content), pays
    return _packed[path]
