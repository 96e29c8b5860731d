"""The routes of the app beside Streamlit's own. Streamlit asks these first.

A new route goes into `routes`, and a middleware into ``app.py``: every way to start the app then serves it.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import parse_qsl

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from convviz.pages.table import PAGES
from convviz.ui.internals import streamlit_document
from convviz.ui.state.register import renamed
from convviz.web.room import room_routes

HERE = Path(__file__).parent
# A page's folder typed after the server's address leads to the page, where its address has another name.
OTHER_NAMES = {
    name: page.address for page in PAGES if (name := page.folder.replace("_", "-")) != page.address
}

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
    head = f"<script>\n{script}</script>\n<style>\n{style}</style>\n</head>"
    styled = streamlit_document().replace("</head>", head)
    headers = {"Cache-Control": "no-cache"}
    return HTMLResponse(styled, headers=headers)


def redirect(request: Request) -> Response:
    """Lead from a page's other name to its address, with the same query."""
    address = OTHER_NAMES[request.url.path.rpartition("/")[2]]
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"./{address}{query}")


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
    start = f"/{folder.strip('/')}".rstrip("/")
    return [
        *(Route(f"{start}/{name}", redirect) for name in OTHER_NAMES),
        *room_routes(start),
        Route(f"{start}/{{address:address}}", document),
    ]
