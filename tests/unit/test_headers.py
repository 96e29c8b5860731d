"""What every answer says about itself, and how large an upload may be."""

from __future__ import annotations

import base64
import hashlib
import re
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from streamlit import config

from convviz.ui.internals import server
from convviz.web.headers import FRAMES, SPACE, Headers, policy
from convviz.web.uploads import VARIABLE, upload_limit
from tests.apart import run_apart
from tests.unit.test_web import ask


def answered(path: str = "/") -> dict[str, str]:
    """The headers of an app's answer."""
    sent: list[Any] = []

    def own(_: Request) -> Response:
        return PlainTextResponse("", headers={"Referrer-Policy": "no-referrer"})

    def cookies(request: Request) -> Response:
        kind = "Lax" if request.url.path == "/lax" else "None; Secure"
        return PlainTextResponse("", headers={"Set-Cookie": f"own=1; SameSite={kind}"})

    routes = [
        Route("/", lambda _: PlainTextResponse("")),
        *(Route("/own", own), Route("/cookies", cookies), Route("/lax", cookies)),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Headers)])
    scope = {"type": "http", "method": "GET", "path": path, "query_string": b"", "headers": []}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    run_apart(app(scope, receive, send))
    return {name.decode(): value.decode() for name, value in sent[0]["headers"]}


def test_every_answer_says_that_its_kind_is_not_to_be_guessed() -> None:
    assert answered()["x-content-type-options"] == "nosniff"
    assert answered("/nowhere")["x-content-type-options"] == "nosniff"
    assert answered("/own")["referrer-policy"] == "no-referrer"


def test_only_the_inline_scripts_of_the_document_may_run() -> None:
    _, headers, text = ask("/pooling")
    said = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    inline = re.findall(r"<script>(.*?)</script>", text, flags=re.S)
    hashes = [base64.b64encode(hashlib.sha256(each.encode()).digest()).decode() for each in inline]
    assert len(hashes) == 2
    assert all(f"'sha256-{each}'" in said["script-src"] for each in hashes)
    assert "unsafe-inline" not in said["script-src"]
    assert (said["object-src"], said["frame-ancestors"]) == ("'none'", "'self'")


def test_the_hosts_that_may_show_the_app_in_a_frame_are_named_by_the_environment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(FRAMES, "https://lms.example https://*.school.example:8080; script-src *")
    ancestors = policy().rpartition("frame-ancestors ")[2]
    assert ancestors.startswith("'self' https://lms.example https://*.school.example:8080")
    assert ";" not in ancestors


def test_a_space_lets_its_host_show_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SPACE, "school/convviz")
    assert policy().endswith("frame-ancestors 'self' https://huggingface.co")


def test_a_cookie_for_a_foreign_frame_is_kept_for_that_site_alone() -> None:
    assert answered("/cookies")["set-cookie"] == "own=1; SameSite=None; Secure; Partitioned"
    assert answered("/lax")["set-cookie"] == "own=1; SameSite=Lax"


@pytest.mark.parametrize(
    ("host", "said", "most"),
    [
        ("127.0.0.1", None, 100),
        ("localhost", None, 100),
        ("0.0.0.0", None, 25),
        (None, None, 25),
        ("127.0.0.1", "8", 8),
        ("0.0.0.0", "500", 100),
        ("0.0.0.0", "many", 25),
    ],
)
def test_a_server_for_others_accepts_smaller_files(
    host: str | None, said: str | None, most: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    if said is not None:
        monkeypatch.setenv(VARIABLE, said)
    assert upload_limit(host) == most


def test_streamlit_takes_the_limit() -> None:
    before = config.get_option("server.maxUploadSize")
    try:
        server.limit_uploads(7)
        assert config.get_option("server.maxUploadSize") == 7
    finally:
        server.limit_uploads(before)


def test_requests_of_other_sites_stay_forbidden_and_errors_without_details() -> None:
    from tests.unit.test_internals import ROOT

    text = (ROOT / ".streamlit" / "config.toml").read_text()
    assert 'showErrorDetails = "none"' in text
    assert "enableCORS" not in text
    assert "enableXsrfProtection" not in text
