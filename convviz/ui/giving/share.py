"""The bar at the top of the sidebar: language, link, scene file, and what the page offers to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field

import streamlit as st

from convviz.browser.frame import frame
from convviz.browser.tools import tools
from convviz.text.i18n import _, tag_in_use
from convviz.text.joined import sentences
from convviz.ui.giving.links import offer_link, offer_whole_page
from convviz.ui.giving.room import begin_room, end_room, is_open, offer_room
from convviz.ui.giving.scene_file import (
    address_to_open,
    receive_view,
    scene_file_controls,
)
from convviz.ui.inputs.own_images import LONGEST_NAME
from convviz.ui.internals.elements import DeltaGenerator
from convviz.ui.state import link
from convviz.ui.state.language import language_switch
from convviz.ui.state.reduced import begin_controls, is_reduced, kept_and_hidden
from convviz.ui.state.shown import page_shown
from convviz.ui.state.visit import visit_key
from convviz.ui.training import jobs


@dataclass(frozen=True)
class File:
    """A file that is made when it is asked for."""

    label: str  # what its button says, in the language in use
    make: Callable[[], str | bytes]  # makes its content
    name: str  # its name, with ending
    kind: str  # its media type
    help: str | None = None  # what it is good for


@dataclass
class _Offers:
    files: list[File] = field(default_factory=list)
    groups: list[Callable[[], None]] = field(default_factory=list)


_offers: ContextVar[_Offers | None] = ContextVar("offers", default=None)


def begin_bar() -> DeltaGenerator:
    """Make a place for the bar and the room at the top of the sidebar. Call before the page is drawn."""
    receive_view()
    begin_room()
    begin_controls()
    heard = frame(
        language=tag_in_use(),
        page=page_shown() or "",
        visit=visit_key(),
        address=address_to_open(),
        busy=jobs.is_busy(),
        kept=jobs.current() is not None,
        on_reload=jobs.take_over,
        reduced=kept_and_hidden(),
    )
    if heard.lost:
        _say_what_is_gone(heard.lost)
    for name, why in heard.refused:
        link.add_note(_not_arrived(why).format(name=name[-LONGEST_NAME:]))
    _offers.set(_Offers())
    return st.sidebar.container()


def _say_what_is_gone(lost: str) -> None:
    """Say what a server did not keep, after a long break or because it began anew."""
    training = _("Your training is gone.") if lost == "training" else ""
    back = _(
        "The server has forgotten your visit. This view comes from its link, your photos from this browser."
    )
    hint = _("A scene file that you saved opens below “Share and export”.")
    link.add_note(sentences([back, training, hint]))


def _not_arrived(why: str) -> str:
    """Why a file did not arrive."""
    if why in ("large", "413"):
        return _("{name} is larger than this server accepts: scale it down, or save it as a JPEG.")
    if why == "403":
        return _(
            "This server does not accept {name} from here: open the page in a tab of its own, or load it again."
        )
    return _("{name} did not arrive: choose it again, or a smaller file.")


def offer_file(file: File) -> None:
    """Let a file be taken away from the page."""
    if offers := _offers.get():
        offers.files.append(file)


def offer_group(draw: Callable[[], None]) -> None:
    """Let something with settings of its own be taken away; `draw` draws its controls."""
    if offers := _offers.get():
        offers.groups.append(draw)


def offered() -> list[File]:
    """The files that the page has let be taken away so far."""
    offers = _offers.get()
    return list(offers.files) if offers else []


def end_bar(place: DeltaGenerator, page: str, pages: Sequence[str], address: str) -> None:
    """Fill the bar. Call when the page has been drawn: what it offers is known then."""
    offers = _offers.get() or _Offers()
    _offers.set(None)  # a live run offers nothing
    with place, st.container(key="bar", horizontal=True, vertical_alignment="center"):
        popover = st.popover(_("Share and export"), key="share", on_change="rerun")
        language_switch()
        tools()
    with place:
        end_room(address)
    if is_reduced():
        offer_whole_page(page)
    if not popover.open:
        return
    with popover, st.container(key="sharing"):
        offer_link(page)
        columns = st.columns(2)
        for k, file in enumerate(offers.files):
            with columns[k % 2]:
                download(file)
        for draw in offers.groups:
            draw()
        scene_file_controls(page, pages)
        if not is_open():
            offer_room()


def download(file: File, *, disabled: bool = False) -> None:
    """A button whose file is made when it is pressed, in the language of this run."""
    context = copy_context()
    st.download_button(
        file.label,
        lambda: context.copy().run(file.make),
        file.name,
        file.kind,
        help=file.help,
        on_click="ignore",
        width="stretch",
        disabled=disabled,
    )
