"""The bar at the top of the sidebar: language, link, scene file, and what the page offers to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from convviz.frame import frame
from convviz.i18n import HTML_NAMES, _, in_use
from convviz.ui.language import language_switch
from convviz.ui.photos import own_photo
from convviz.ui.scene_file import address_to_open, receive_photos, scene_file_controls

_offers: ContextVar[list[Callable[[], None]] | None] = ContextVar("offers", default=None)


def begin_bar() -> DeltaGenerator:
    """Make room for the bar at the top of the sidebar. Call before the page is drawn."""
    receive_photos()
    _offers.set([])
    return st.sidebar.container(key="bar", horizontal=True, vertical_alignment="center")


def offer(draw: Callable[[], None]) -> None:
    """Add something to take away to the bar; `draw` draws its controls when the bar is open."""
    offers = _offers.get()
    if offers is not None:
        offers.append(draw)


def end_bar(room: DeltaGenerator, page: str, pages: Sequence[str]) -> None:
    """Fill the bar. Call when the page has been drawn: what it offers is known then."""
    frame(language=HTML_NAMES[in_use()], address=address_to_open())
    with room:
        popover = st.popover(_("Share and export"), key="share", on_change="rerun")
        language_switch()
    if not popover.open:
        return
    with popover:
        _link()
        scene_file_controls(page, pages)
        for draw in _offers.get() or []:
            draw()


def _link() -> None:
    st.markdown(f"**{_('Link to this view')}**")
    query = {key: st.query_params.get_all(key) for key in st.query_params}
    address = f"{(st.context.url or '').rstrip('/')}/"
    st.code(f"{address}?{urlencode(query, doseq=True)}", language=None, wrap_lines=True)
    if own_photo():
        st.caption(_("A link cannot hold your photo. A scene file holds everything."))
