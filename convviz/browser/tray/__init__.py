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
    """A picture that can be chosen.

    Parameters
    ----------
    value
        Its name in the session.
    name
        Its name as people see it.
    picture
        What is drawn, as an address that begins with ``data:``.
    digest
        Of an own photo; "" for a sample, which nobody can remove.
    """

    value: str
    name: str
    picture: str
    digest: str = ""


@dataclass(frozen=True)
class Told:
    """Whom the tray calls, in a callback of Streamlit.

    Parameters
    ----------
    chosen
        Gets the name of the thumbnail that was pressed.
    removed
        Gets the digest of the photo to remove.
    forgotten
        All own photos are to go; the browser has forgotten them already.
    given
        Gets the bytes and names of pasted images.
    returned
        Gets the bytes and names of all photos that the browser kept and this session does not have.
    lacking
        Gets the digests of photos that did not reach the browser's store.
    """

    chosen: Callable[[str], None]
    removed: Callable[[str], None]
    forgotten: Callable[[], None]
    given: Callable[[list[tuple[bytes, str]]], None]
    returned: Callable[[list[tuple[bytes, str]]], None]
    lacking: Callable[[list[str]], None]


def tray(
    thumbnails: Sequence[Thumbnail],
    chosen: Sequence[str],
    told: Told,
    *,
    session: str,
    to_keep: Mapping[str, bytes],
    asks: bool,
    several: bool,
    words: Mapping[str, str],
) -> None:
    """Show the tray; where nobody has brought a photo, it shows nothing, listens and keeps.

    Parameters
    ----------
    thumbnails
        In order; none where there is no own photo.
    chosen
        Names of those that the page shows.
    told
        Whom it calls.
    session
        A word that no other session has: the browser tells each once what it kept.
    to_keep
        PNGs by the digests of their photos, which the browser is to keep.
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
