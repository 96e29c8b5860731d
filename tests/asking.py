"""A request to an ASGI app, without a server."""

from __future__ import annotations

from typing import Any

from starlette.types import ASGIApp

from tests.apart import run_apart


def ask_app(
    app: ASGIApp, path: str, query: str = "", **asked: str
) -> tuple[int, dict[str, str], bytes]:
    """Status, headers and content of its answer; `asked` are headers of the request, with _ for -."""
    sent: list[Any] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in asked.items()]
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode()}
    scope |= {"headers": given, "server": ("127.0.0.1", 8501), "scheme": "http", "root_path": ""}
    run_apart(app(scope, receive, send))  # type: ignore[arg-type]
    headers = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], headers, b"".join(part["body"] for part in sent[1:])
