"""An image pasted into the page: a component that shows nothing and listens."""

from __future__ import annotations

import base64

from convviz.browser.mount import mount

_component = mount("paste")


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
