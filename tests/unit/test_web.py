"""What the app adds to Streamlit's server: the document, redirects, and the table of pages behind them."""

from __future__ import annotations

import threading
from importlib import import_module
from pathlib import Path
from unittest.mock import Mock

import pytest
from starlette.routing import Router

from convviz.pages import table
from convviz.pages.table import PAGES
from convviz.web import lifespan
from convviz.web.routes import routes
from tests.apart import run_apart
from tests.asking import ask_app

ADDRESSES = ["", *(page.address for page in PAGES), "no-such-page"]


def ask(path: str, query: str = "", folder: str = "") -> tuple[int, dict[str, str], str]:
    """Status, headers and text that the routes answer; 404 where none of them does."""
    status, headers, content = ask_app(Router(routes(folder)), path, query)
    return status, headers, content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_document_holds_the_style_and_says_where_the_server_is(address: str) -> None:
    """At an address without a page too: Streamlit shows the first page there."""
    status, headers, text = ask(f"/{address}")
    head, _, body = text.partition("</head>")
    assert status == 200
    assert headers["cache-control"] == "no-cache"
    assert ".stMainBlockContainer {" in head
    assert 'BACKEND_BASE_URL: new URL("./", window.location.href).href' in head
    assert '<div id="root"></div>' in body


def test_the_browser_reads_where_the_server_is_before_streamlit_looks_for_it() -> None:
    """Streamlit's script is a module, which waits until the document is read; ours does not wait."""
    _, _, text = ask("/pooling")
    assert '<script type="module"' in text
    assert "<script>\n// Runs before Streamlit's script" in text


@pytest.mark.parametrize(
    ("name", "address"),
    [("convolve", ""), ("bugs", "classic-bugs"), ("sharing", "sparse-shared")],
)
def test_another_name_of_a_page_leads_to_its_address_with_the_query(
    name: str, address: str
) -> None:
    """The way is relative, so that it holds below a folder of a proxy too."""
    status, headers, _ = ask(f"/{name}", "bug=pad%3A-pad&x=%20+1")
    assert status == 307
    named = "" if address else f"#{name}"  # or a first visit would begin with the lessons
    assert headers["location"] == f"./{address}?bug=pad%3A-pad&x=%20+1{named}"
    assert ask(f"/{name}")[1]["location"] == f"./{address}{named}"


def test_below_a_folder_of_the_server_the_routes_stand_there_too() -> None:
    assert ".stMainBlockContainer {" in ask("/notes/pooling", folder="notes")[2]
    assert ask("/notes/", folder="/notes/")[0] == 200
    assert ask("/notes/bugs", "x=1", folder="notes")[1]["location"] == "./classic-bugs?x=1"
    assert ask("/pooling", folder="notes")[0] == 404


@pytest.mark.parametrize(
    "path",
    ["/favicon.png", "/manifest.json", "/static/js/index.js", "/_stcore/health", "/media/a.png"],
)
def test_what_streamlit_serves_is_left_to_it(path: str) -> None:
    assert ask(path)[0] == 404


@pytest.mark.parametrize(
    ("path", "query"),
    [("/cells/key/0/0", ""), ("/follow/key", "seen=1")],
)
def test_numbers_that_are_held_no_more_are_answered_by_nothing(path: str, query: str) -> None:
    """A browser that asks a moment too late would write a 404 to its console."""
    assert ask(path, query)[::2] == (204, "")


def test_the_table_has_every_page_once() -> None:
    folders = [path.parent.name for path in Path(table.__file__).parent.glob("*/page.py")]
    assert sorted(page.folder for page in PAGES) == sorted(folders)
    assert all(callable(import_module(page.module).render) for page in PAGES)
    assert (
        len({page.address for page in PAGES}) == len({page.title for page in PAGES}) == len(PAGES)
    )


def test_the_addresses_in_lecture_notes_still_lead_to_their_pages() -> None:
    assert [page.address for page in PAGES] == [
        *(
            "lessons",
            "",
            "pooling",
            "backward",
            "as-matrix",
            "transposed",
            "groups",
            "gradient-check",
        ),
        *("classic-bugs", "feature-maps", "receptive-field", "effective-field"),
        *("sparse-shared", "equivariance", "network"),
    ]


def test_the_pages_are_imported_as_the_server_starts_the_first_one_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The others wait: the first visitor needs the processor."""
    done: list[str] = []
    every = threading.Event()

    def note(module: str) -> Mock:
        done.append(module)
        if module == lifespan.CHARTS:
            every.set()
        return Mock()

    async def start() -> None:
        async with lifespan.preload(None):
            assert every.wait(20)

    monkeypatch.setattr(lifespan, "change_streamlit", lambda: done.append("Streamlit"))
    monkeypatch.setattr(lifespan, "import_module", note)
    monkeypatch.setattr(lifespan, "sleep", lambda _seconds: done.append("a rest"))
    run_apart(start())
    first, second, *others = [page.module for page in PAGES]
    assert done == [
        "Streamlit",
        first,
        second,
        "convviz.ui.state.live",
        "a rest",
        *others,
        "pandas",
        lifespan.CHARTS,
    ]
