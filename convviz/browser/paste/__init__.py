"""An image pasted into the page: a component that shows nothing and listens."""

from __future__ import annotations

import base64

import streamlit as st

from convviz.browser.bundle import join_modules

_component = st.components.v2.component(
    "convviz.browser.paste", js=join_modules("browser/paste/paste.js")
)


def pasted_image(*, key: str) -> tuple[bytes, str] | None:
    """Return the bytes and name of an image pasted just now; None in every other run.

    Parameters
    ----------
    key
        Streamlit key of the component.
    """
    pasted = _component(key=key, on_image_change=lambda: None).image
    if pasted is None:
        return None
    return base64.b64decode(pasted["url"].partition(",")[2]), str(pasted["name"])
