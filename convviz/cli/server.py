"""The app under uvicorn, in one process.

``streamlit run`` binds its socket such that small answers wait for one another (about 40 ms an image);
a socket that says it speaks TCP does not.
"""

from __future__ import annotations

import os
import runpy
import socket
import ssl
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from starlette.types import ASGIApp

PACKAGE = Path(__file__).resolve().parents[1]
LAST_PORT = 65535


def app_file() -> Path:
    """The file that holds the app: inside the package when installed, beside it in a checkout."""
    installed = PACKAGE / "app" / "app.py"
    return installed if installed.is_file() else PACKAGE.parent / "app.py"


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


def can_certify() -> bool:
    """Whether the package is installed that makes certificates."""
    return find_spec("trustme") is not None


def certified(names: Sequence[str]) -> ssl.SSLContext:
    """What a server needs to speak https under these names, with a certificate that it makes itself."""
    import trustme

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA(organization_name="convviz").issue_cert(*names).configure_cert(context)
    return context


def serve(
    listener: socket.socket,
    on_ready: Callable[[], None],
    app: ASGIApp | None = None,
    names: Sequence[str] = (),
) -> None:
    """Serve an app, convviz's own by default, on a listening socket until stopped.

    `on_ready` is called once it answers. By https where it has names.
    """
    import uvicorn

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets=sockets)
            if self.started:
                on_ready()

    secured: dict[str, Any] = {}
    if names:
        secured["ssl_context_factory"] = lambda _config, _usual: certified(names)
    settings = uvicorn.Config(
        app or runpy.run_path(str(app_file()))["app"],
        log_level="warning",
        access_log=False,
        ws="websockets-sansio",
        timeout_graceful_shutdown=1,
        # A map is a megabyte of floats that hardly shrink: compressing it costs 80 ms a change.
        ws_per_message_deflate=False,
        **secured,
    )
    Server(settings).run(sockets=[listener])
