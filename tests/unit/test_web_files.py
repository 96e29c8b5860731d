"""Streamlit's own files are sent packed, each read once, and are the same byte by byte."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from starlette.responses import PlainTextResponse

from convviz.ui.internals.server import static_folder
from convviz.web import files
from tests.asking import ask_app

FOLDER = static_folder()


def one(pattern: str) -> Path:
    """The largest of the files with names of this form, below ``static/``."""
    return max(FOLDER.glob(pattern), key=lambda path: path.stat().st_size).relative_to(FOLDER)


def asked(path: str, accepted: str = "gzip", folder: str = "") -> tuple[dict[str, str], bytes]:
    """Headers and content; what is left to Streamlit is answered by its name."""
    app = files.Files(PlainTextResponse("Streamlit"), folder)
    status, headers, content = ask_app(app, path, accept_encoding=accepted)
    assert status == 200
    return headers, content


@pytest.mark.parametrize(
    ("pattern", "kind", "shrinks"),
    [
        ("js/index.*.js", "javascript", True),
        ("css/index.*.css", "text/css", True),
        ("media/SourceSansVF-Upright*.woff2", "font/woff2", False),
    ],
)
def test_a_file_is_the_same_packed_and_plain(pattern: str, kind: str, shrinks: bool) -> None:
    path = one(pattern)
    whole = (FOLDER / path).read_bytes()
    for accepted, is_packed in (("gzip, br", shrinks), ("identity", False)):
        headers, content = asked(f"/static/{path.as_posix()}", accepted)
        assert (gzip.decompress(content) if is_packed else content) == whole
        assert headers.get("content-encoding") == ("gzip" if is_packed else None)
        assert int(headers["content-length"]) == len(content)
        assert len(content) < len(whole) / 2 or not is_packed
        assert kind in headers["content-type"]
        assert "immutable" in headers["cache-control"]
        assert headers["vary"] == "Accept-Encoding"


def test_a_file_is_read_and_packed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    packed: list[int] = []

    def compress(content: bytes, *how: Any) -> bytes:
        packed.append(len(content))
        return usual(content, *how)

    usual, path = gzip.compress, one("js/Slider.*.js")
    monkeypatch.setattr(gzip, "compress", compress)
    monkeypatch.setattr(files, "_packed", {})
    for _again in range(3):
        asked(f"/static/{path.as_posix()}")
    assert packed == [(FOLDER / path).stat().st_size]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/pooling",
        "/static/none.js",
        "/static/",
        "/static/js/../../index.html",
        "/statics/index.js",
    ],
)
def test_all_else_is_left_to_streamlit(path: str) -> None:
    assert asked(path)[1] == b"Streamlit"


def test_the_app_may_stand_below_a_folder() -> None:
    name = one("js/index.*.js").as_posix()
    assert "content-encoding" in asked(f"/notes/static/{name}", folder="/notes/")[0]
    assert asked(f"/static/{name}", folder="/notes/")[1] == b"Streamlit"
