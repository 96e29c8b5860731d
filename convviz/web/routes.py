"""The routes of the app beside Streamlit's own. Streamlit asks these first.

A new route goes into `routes`, and a middleware into ``app.py``: every way to start the app then serves it.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from convviz.browser.cells.exact import tile
from convviz.browser.mount import address_of, script_of
from convviz.pages.table import PAGES
from convviz.ui.internals.server import streamlit_document, streamlit_scripts
from convviz.ui.state.follow import answer
from convviz.ui.state.register import renamed
from convviz.ui.state.visit import is_known
from convviz.web.headers import policy
from convviz.web.room import room_routes

HERE = Path(__file__).parent
# A page's folder typed after the server's address leads to the page, where its address has another name.
OTHER_NAMES = {
    name: page.address for page in PAGES if (name := page.folder.replace("_", "-")) != page.address
}

# Parts that the page shows that opens first.
FIRST_PARTS = ("frame", "tray", "cells", "kernel", "picture", "lens", "live")
# Streamlit's elements on it, whose scripts it would find only when the first data has come.
FIRST_ELEMENTS = (
    "BidiComponent",
    "Selectbox",
    "Multiselect",
    "FileUploader",
    "Checkbox",
    "ButtonGroup",
    "NumberInput",
    "Slider",
    "Button",
)

FOLDERS = {page.address: page.folder for page in PAGES}


class Address(Convertor[str]):
    """One part of a path, without a dot: the address of a page. A file of Streamlit's has a dot."""

    regex = "[^/.]*"

    def convert(self, value: str) -> str:
        """Leave the part as it is."""
        return value

    def to_string(self, value: str) -> str:
        """Leave the part as it is."""
        return value


register_url_convertor("address", Address())


def document(request: Request) -> Response:
    """Streamlit's document with convviz's head in it, so that the browser lays the page out only once.

    A link in which a setting has the name it had before leads to one with the name it has now. An address without
    a page gets the document as well: Streamlit then says that there is no such page, and shows the first.
    """
    query = renamed(FOLDERS.get(request.url.path.rpartition("/")[2], ""), request.url.query)
    if parse_qsl(query) != parse_qsl(request.url.query):
        return RedirectResponse(f"{request.url.path}?{query}")
    script, style = ((HERE / name).read_text("utf-8") for name in ("head.js", "page.css"))
    head = f"<script>\n{script}</script>\n{_preloads()}<style>\n{style}</style>\n</head>"
    styled = streamlit_document().replace("</head>", head)
    headers = {"Cache-Control": "no-cache", "Content-Security-Policy": policy(styled)}
    return HTMLResponse(styled, headers=headers)


@cache
def _preloads() -> str:
    """Let the browser fetch at once what it would find one after the other: the scripts of the first page."""
    addresses = [
        *map(address_of, FIRST_PARTS),
        *streamlit_scripts(*FIRST_ELEMENTS),
    ]
    return "".join(f'<link rel="modulepreload" href="./{address}">\n' for address in addresses)


def part(request: Request) -> Response:
    """The script of a part that runs in the browser."""
    name = request.path_params["name"]
    if not (HERE.parent / "browser" / name / f"{name}.js").is_file():
        return Response(status_code=404)
    # Its address has a mark of its content in it.
    kept = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(script_of(name), media_type="text/javascript", headers=kept)


def cells(request: Request) -> Response:
    """A tile of a map's exact numbers, for the browser that was told the key of the map.

    Where the map has been forgotten meanwhile the answer is empty: a browser writes a 404 to its console.
    """
    asked = request.path_params
    numbers = tile(asked["key"], asked["row"], asked["column"])
    if numbers is None:
        return Response(status_code=204)
    kept = {"Cache-Control": "private, max-age=3600, immutable"}
    return Response(numbers, media_type="application/octet-stream", headers=kept)


def visit(request: Request) -> Response:
    """Whether the visit with a key goes on here, for a browser whose connection was lost."""
    known = is_known(request.path_params["key"])
    return JSONResponse(known, headers={"Cache-Control": "no-store"})


def follow(request: Request) -> Response:
    """What the page shows while a slider is dragged, for the browser that was told the key."""
    try:
        values = {key: int(value) for key, value in request.query_params.items()}
        seen = values.pop("seen")
    except (ValueError, KeyError):
        return Response(status_code=400)
    made = answer(request.path_params["key"], values, seen)
    if made is None:
        return Response(status_code=204)
    kept = {"Cache-Control": "no-store", "Content-Encoding": "identity"}  # deflating takes longer
    return Response(made, media_type="application/octet-stream", headers=kept)


def redirect(request: Request) -> Response:
    """Lead from a page's other name to its address, with the same query.

    The first page keeps its name in the fragment: without it a first visit begins with the lessons.
    """
    name = request.url.path.rpartition("/")[2]
    address = OTHER_NAMES[name]
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{address}{query}{'' if address else f'#{name}'}")


def start_of(folder: str) -> str:
    """How the addresses of an app begin that stands below a folder of its server.

    Examples
    --------
    >>> start_of(""), start_of("/notes/")
    ('', '/notes')
    """
    return f"/{folder.strip('/')}".rstrip("/")


def routes(folder: str = "") -> list[Route]:
    """Every route, in the order in which they are tried.

    Parameters
    ----------
    folder
        The folder of the server below which the app stands: Streamlit's option ``server.baseUrlPath``.

    Examples
    --------
    >>> routes()[-1].path, routes("notes")[-1].path
    ('/{address:address}', '/notes/{address:address}')
    """
    start = start_of(folder)
    return [
        Route(f"{start}/parts/{{name:address}}.js", part),
        Route(f"{start}/cells/{{key}}/{{row:int}}/{{column:int}}", cells),
        Route(f"{start}/visits/{{key}}", visit),
        Route(f"{start}/follow/{{key}}", follow),
        *(Route(f"{start}/{name}", redirect) for name in OTHER_NAMES),
        *room_routes(start),
        Route(f"{start}/{{address:address}}", document),
    ]
