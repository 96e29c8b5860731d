"""The person's own photos in the browser: thumbnails, a store that outlives the session, pasted images.

The bytes travel as the component's own data, in both directions. A route beside it would need a token for each
session, limits of its own and the server's folder in its address; a component already has the session's.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import streamlit as st

from convviz.browser.mount import mount

_component = mount("tray")


@dataclass(frozen=True)
class Thumbnail:
    """A picture that can be chosen."""

    value: str  # its name in the session
    name: str  # its name as people see it
    picture: str  # what is drawn, as an address that begins with ``data:``
    # Mark of an own photo or of own numbers; "" for a sample, which nobody can remove.
    digest: str = ""


@dataclass(frozen=True)
class Told:
    """Whom the tray calls, in a callback of Streamlit."""

    chosen: Callable[[str], None]  # gets the name of the thumbnail that was pressed
    removed: Callable[[str], None]  # gets the mark of what to remove
    # All own photos are to go; the browser has forgotten them already.
    forgotten: Callable[[], None]
    given: Callable[[list[tuple[bytes, str]]], object]  # gets the bytes and names of pasted images
    # Gets the bytes and names of all photos that the browser kept and this session does not have.
    returned: Callable[[list[tuple[bytes, str]]], None]
    # Gets the marks of what did not reach the browser's store.
    lacking: Callable[[list[str]], None]


def tray(
    thumbnails: Sequence[Thumbnail],
    chosen: Sequence[str],
    told: Told,
    *,
    session: str,
    to_keep: Mapping[str, bytes],
    to_forget: Sequence[str],
    asks: bool,
    several: bool,
    words: Mapping[str, str],
) -> None:
    """Show the tray, and keep in the browser what the session has.

    Parameters
    ----------
    thumbnails
        In order.
    chosen
        Names of those that the page shows.
    told
        Whom it calls.
    session
        A word that no other session has: the browser tells each once what it kept.
    to_keep
        Files by the digests of their photos, which the browser is to keep.
    to_forget
        Digests of what it is to keep no longer.
    asks
        Whether the browser should answer even if it kept nothing: a link names a photo.
    several
        Whether the page shows more than one.
    words
        On its buttons, in the language in use.
    """
    key = "tray"

    def value(event: str) -> Any:
        return st.session_state[key][event]

    pngs = {f"png {digest}": np.frombuffer(data, np.uint8) for digest, data in to_keep.items()}
    _component(
        key=key,
        data={
            "thumbnails": [asdict(each) for each in thumbnails],
            "chosen": list(chosen),
            "session": session,
            "asks": asks,
            "several": several,
            "forget": list(to_forget),
            "words": dict(words),
            **pngs,
        },
        on_chosen_change=lambda: told.chosen(str(value("chosen"))),
        on_removed_change=lambda: told.removed(str(value("removed"))),
        on_forgotten_change=told.forgotten,
        on_pasted_change=lambda: told.given(_files(value("pasted"))),
        on_kept_change=lambda: told.returned(_files(value("kept"))),
        on_lacking_change=lambda: told.lacking([str(each) for each in value("lacking")]),
    )


def _files(sent: list[dict[str, str]]) -> list[tuple[bytes, str]]:
    return [
        (base64.b64decode(each["url"].partition(",")[2]), str(each["name"]) or "image")
        for each in sent
    ]
