"""The room that a lecturer has opened: the phones in it show what the page shows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import segno
import streamlit as st

from convviz.browser.mount import fingerprint
from convviz.browser.room import ForPhones
from convviz.browser.room import room as room_part
from convviz.text.i18n import _, in_use
from convviz.ui.cache import once
from convviz.ui.internals.link import whole_link

_WANTED, _CODE, _SHARING = "room wanted", "room code", "share"


@dataclass
class _Told:
    said: Mapping[str, str] | None = None
    question: Mapping[str, Any] | None = None
    page: Callable[[], str] | None = None


_told: ContextVar[_Told | None] = ContextVar("told to the room", default=None)


def is_open() -> bool:
    """Whether a room is open, or just being opened."""
    return bool(st.session_state.get(_WANTED, False))


def begin_room() -> None:
    """Begin to collect what the phones are told. Call before the page is drawn."""
    _told.set(_Told())


def tell_lesson(said: Mapping[str, str], question: Mapping[str, Any] | None) -> None:
    """Let the phones show a lesson's words, and its question."""
    if told := _told.get():
        told.said, told.question = said, question


def tell_loop(page: Callable[[], str]) -> None:
    """Let the phones step through a loop; `page` makes its page, as HTML, if a room is open."""
    if told := _told.get():
        told.page = page


def offer_room() -> None:
    """A button that opens a room."""
    st.button(
        _("Open a room"),
        key="open room",
        icon=":material/groups:",
        help=_("Phones follow your steps and answer the lesson's questions."),
        on_click=_begin_opening,
        width="stretch",
    )


def end_room(page_address: str) -> None:
    """Draw the room, if one is open, and tell the phones what the page shows.

    Parameters
    ----------
    page_address
        What comes after the app's own address in that of the page.
    """
    if not is_open():
        return
    told, code = _told.get() or _Told(), st.session_state.get(_CODE, "")
    page = told.page() if told.page and code else ""
    query = whole_link()
    address = (st.context.url or "").rstrip("/")
    root = address.removesuffix(page_address).rstrip("/")
    shown = ForPhones(
        told.said,
        told.question,
        f"{address if page_address else address + '/'}?{urlencode(query, doseq=True)}",
        fingerprint(page) if page else "",
        page,
    )
    picture = _qr(f"{root}/room/{code}?lang={in_use()}") if code else ""
    room_part(code, picture, shown, _opened, lambda: _want(False))


@once(16)
def _qr(address: str) -> str:
    """A picture of an address for a phone's camera, as an address that begins with ``data:``."""
    return str(segno.make(address, error="m").svg_data_uri(border=2))


def _begin_opening() -> None:
    """Open a room, which stands where the box with the button would cover it."""
    st.session_state[_SHARING] = False
    _want(True)


def _want(wanted: bool) -> None:
    st.session_state[_WANTED] = wanted
    st.session_state[_CODE] = ""


def _opened(code: str) -> None:
    st.session_state[_CODE] = code
