"""Headers of every answer, and who may show the app in a frame."""

from __future__ import annotations

import os
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

FRAMES = (
    "CONVVIZ_FRAME_ANCESTORS"  # hosts whose pages may show the app in a frame, such as an LMS's
)
USUAL = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}


def policy() -> str:
    """The content-security policy of the document: no plug-ins, no other base address, and who may frame it.

    Examples
    --------
    >>> policy()
    "object-src 'none'; base-uri 'self'; frame-ancestors 'self'"
    """
    return f"object-src 'none'; base-uri 'self'; frame-ancestors {ancestors()}"


def ancestors() -> str:
    """Who may show the app in a frame: its own pages, and the hosts that the environment names."""
    named = re.findall(r"[\w.:/*-]+", os.environ.get(FRAMES, ""))
    return " ".join(["'self'", *named])


class Headers:
    """Adds the headers to every answer of the app that does not have them."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in USUAL.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)
