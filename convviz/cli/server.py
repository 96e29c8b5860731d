"""The app under uvicorn, in one process.

``streamlit run`` binds its socket such that small answers wait for one another (about 40 ms an image);
a socket that says it speaks TCP does not.
"""

from __future__ import annotations

import os
import socket
import sys
import threading
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from streamlit.starlette import App

PACKAGE = Path(__file__).resolve().parents[1]
LAST_PORT = 65535
ADDRESSES = {
    "bugs": "classic_bugs",
    "sharing": "sparse_shared",
}  # of pages whose folder has another name


def app_script() -> Path:
    """The app's main script: beside the package in a checkout, inside it when installed."""
    checkout = PACKAGE.parent / "app.py"
    return checkout if checkout.is_file() else PACKAGE / "app" / "app.py"


def create_app() -> App:
    """The app for any ASGI server: ``uvicorn --factory convviz.cli.server:create_app``.

    Streamlit finds ``.streamlit/config.toml`` beside the main script, from any working directory.
    """
    from starlette.routing import Route
    from streamlit.starlette import App

    if str(PACKAGE.parent) not in sys.path:
        sys.path.insert(0, str(PACKAGE.parent))
    return App(app_script(), routes=[Route(path, _opened) for path in ["/", *_page_paths()]])


def _page_paths() -> list[str]:
    """Where the pages stand, each by the name of its module."""
    modules = iter_modules([str(PACKAGE / "pages")])
    names = [ADDRESSES.get(module.name, module.name) for module in modules]
    return [f"/{name.replace('_', '-')}" for name in names]


def _opened(_request: Request) -> Response:
    """Streamlit's document with the style of convviz in it: the page is laid out once.

    The style that the script sends, for ``streamlit run``, comes when the browser has already drawn.
    """
    from starlette.responses import HTMLResponse
    from streamlit import file_util

    document = (Path(file_util.get_static_dir()) / "index.html").read_text("utf-8")
    style = (PACKAGE / "ui" / "page.css").read_text("utf-8")
    styled = document.replace("</head>", f"<style>\n{style}</style>\n</head>")
    return HTMLResponse(styled, headers={"Cache-Control": "no-cache"})


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one.

    Raises
    ------
    OSError
        Where the port is taken, not allowed, or the host is not an address of this machine.
    """
    family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    # Only where the protocol is named does asyncio switch off Nagle's algorithm (TCP_NODELAY).
    listener = socket.socket(family, kind, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError:
        listener.close()
        raise
    return listener


def next_free(host: str, port: int) -> int | None:
    """The first free port above one that is taken, or None."""
    for candidate in range(port + 1, min(port + 1000, LAST_PORT) + 1):
        try:
            listen(host, candidate).close()
        except OSError:
            continue
        return candidate
    return None


def serve(listener: socket.socket, on_ready: Callable[[], None]) -> None:
    """Serve the app on a listening socket until stopped; `on_ready` is called once it answers."""
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                on_ready()
                threading.Thread(target=_warm_up, daemon=True).start()

    settings = uvicorn.Config(
        create_app(),
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=1,
        # A map is a megabyte of floats that hardly shrink: compressing it costs 80 ms a change.
        ws_per_message_deflate=False,
    )
    Server(settings).run(sockets=[listener])


def _warm_up() -> None:
    """Import what the first visitor's page needs while the browser is still loading its own part."""
    for page in iter_modules([str(PACKAGE / "pages")], "convviz.pages."):
        import_module(f"{page.name}.page")
