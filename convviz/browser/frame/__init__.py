"""The page around what Streamlit shows: its language, another address to go to, Streamlit's own words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from convviz.browser.mount import mount
from convviz.text.i18n import N_, _

_component = mount("frame")

# Words that Streamlit writes into its own widgets, in English whatever the language of the page.
STREAMLITS = (
    N_("Upload"),
    N_("Add files"),
    N_("Drag and drop a file here"),
    N_("Drag and drop files here"),
    N_("Take Photo"),
    N_("Clear photo"),
    N_("This app would like to use your camera."),
    N_("Learn how to allow access."),
    N_("Uploading..."),
)


@dataclass(frozen=True)
class Heard:
    """What the browser says in one run, and in no other."""

    # What this server has lost, where a browser comes back to one that does not know its visit: "view", or
    # "training" where something was going on.
    lost: str | None
    # Files that did not arrive, each with the status that the server answered, such as "413"; "large" where the
    # browser did not send it, "" without an answer.
    refused: list[tuple[str, str]]


def frame(
    *,
    language: str,
    page: str,
    visit: str,
    address: str | None = None,
    busy: bool = False,
    kept: bool = False,
    on_reload: Callable[[str], None] = lambda _key: None,
    reduced: tuple[list[str], list[str]] | None = None,
) -> Heard:
    """Set the language of the page and of Streamlit's own words, and send the browser to another address.

    Parameters
    ----------
    language
        As HTML names it, such as ``"zh-CN"``.
    page
        The page shown. When it is another, a narrow window closes its sidebar.
    visit
        The key of the session.
    address
        A link relative to the page's, or None to stay.
    busy
        Whether something is going on that would be lost: the browser then asks before it leaves or reloads.
    kept
        Whether this visit has something that the visit after a reload is to take over.
    on_reload
        Gets the key of the visit before, which had such a thing, when the tab was loaded again.
    reduced
        The classes of the controls that stay, and of those that are hidden; None for the whole page.
    """
    failed = _("This file could not be made. Other settings may work.")
    own = {
        "words": {word: _(word) for word in STREAMLITS},
        "perFile": _("{size} per file"),
        "more": _("{count} more"),
    }
    shown = _component(
        key="frame",
        data={
            "language": language,
            "page": page,
            "visit": visit,
            "address": address,
            "failed": failed,
            "own": own,
            "busy": busy,
            "kept": kept,
            "reduced": reduced,
        },
        on_lost_change=lambda: None,
        on_refused_change=lambda: None,
        on_before_change=lambda: on_reload(str(st.session_state["frame"]["before"])),
    )
    return Heard(
        shown.lost, [(str(each["name"]), str(each["why"])) for each in shown.refused or ()]
    )
