"""Headers of every answer: what the browser may load, and who may show the app in a frame."""

from __future__ import annotations

import base64
import hashlib
import os
import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Hosts whose pages may show the app in a frame, such as an LMS's.
FRAMES = "CONVVIZ_FRAME_ANCESTORS"
SPACE = "SPACE_ID"  # Hugging Face names its Spaces so
USUAL = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
}
_INLINE = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.S)
# Streamlit writes style elements, loads the code of components from blobs, and its own charts compile WebAssembly.
SOURCES = {
    "default-src": "'self'",
    "script-src": "'self' blob: 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' data: blob:",
    "connect-src": "'self' ws: wss: data: blob:",
    "worker-src": "'self' blob:",
    "frame-src": "'self' data: blob:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}


def policy(document: str = "") -> str:
    """The content-security policy of a document: its own inline scripts may run, and no others.

    Examples
    --------
    >>> policy().split("; ")[0], "sha256-" in policy("<script>1</script>")
    ("default-src 'self'", True)
    """
    hashes = [
        base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        for script in _INLINE.findall(document)
    ]
    own = "".join(f" 'sha256-{each}'" for each in hashes)
    sources = SOURCES | {"script-src": SOURCES["script-src"] + own}
    said = [f"{name} {value}" for name, value in sources.items()]
    return "; ".join([*said, " ".join(["frame-ancestors 'self'", *other_sites()])])


def other_sites() -> list[str]:
    """Other sites that may show the app in a frame: those that the environment names, and a Space's own."""
    space = ["https://huggingface.co"] if SPACE in os.environ else []
    return [*re.findall(r"[\w.:/*-]+", os.environ.get(FRAMES, "")), *space]


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
                _partition_cookies(message)
            await send(message)

        await self.app(scope, receive, send_with_headers if scope["type"] == "http" else send)


def _partition_cookies(message: Message) -> None:
    """Let a cookie for a foreign frame belong to that site's frame alone: browsers refuse it otherwise."""
    message["headers"] = [
        (
            name,
            value + b"; Partitioned"
            if name == b"set-cookie" and b"SameSite=None" in value
            else value,
        )
        for name, value in message["headers"]
    ]
