"""Pictures taken by the camera."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import streamlit as st

from convviz.text.i18n import _


def camera(take: Callable[[bytes], object]) -> None:
    """A switch for the camera, and the camera; where the browser lends none, what would help.

    Parameters
    ----------
    take
        Gets the bytes of each picture, in a callback.
    """
    works = camera_works(st.context.url or "")
    if not works:
        st.caption(
            _(
                "Browsers lend the camera only to addresses that begin with https, and on this machine to "
                "localhost: start the server by convviz run --https."
            )
        )
    if st.toggle(_("Use the camera"), key="camera on", disabled=not works) and works:

        def pictured() -> None:
            if (file := st.session_state["camera"]) is not None:
                take(file.getvalue())

        # Without a resolution Streamlit asks for the camera a second time, a second after the first, for a
        # film as wide as the box. The film breaks off meanwhile, and a press takes no picture.
        st.camera_input(_("Take a picture"), key="camera", on_change=pictured, resolution="720p")


def camera_works(url: str) -> bool:
    """Whether a browser lends the camera to a page at this address.

    Examples
    --------
    >>> camera_works("https://a.example/pooling"), camera_works("http://127.0.0.1:8501/")
    (True, True)
    >>> camera_works("http://192.168.0.7:8501/"), camera_works("http://127.0.0.1.example/")
    (False, False)
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    own = host == "::1" or host.endswith(".localhost") or re.fullmatch(r"127(\.\d+){3}", host)
    return parts.scheme != "http" or host == "localhost" or bool(own)
