"""Numbers on their way to the browser, in an element of their own that shows nothing.

Streamlit sends an element again only when it changes: so moving the region on a photo sends no pixels.
A part names the numbers it shows by their marks, and waits until they are there.
"""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
import streamlit as st

from convviz.browser.mount import fingerprint, mount, now_gathering
from convviz.pictures.kept import kept_with_array

__all__ = ["bring", "forget_numbers", "mark_of"]

_HERE = "numbers in the browser"
_component = mount("cells")


def forget_numbers() -> None:
    """Forget which numbers were sent: the page is drawn anew."""
    st.session_state[_HERE] = {}


@kept_with_array
def mark_of(cells: npt.NDArray[Any]) -> str:
    """The mark by which the browser knows these numbers; read once where nobody can change them."""
    return fingerprint(cells.shape, cells.dtype, arrays=[cells])


def bring(cells: npt.NDArray[Any], *, key: str) -> str:
    """Send numbers, and return their mark.

    Parameters
    ----------
    cells
        Of any shape; they arrive in one row.
    key
        Streamlit key of the element.
    """
    mark = mark_of(cells)
    here: dict[str, str] = st.session_state.setdefault(_HERE, {})
    if gathered := now_gathering():
        if here.get(key) != mark and mark not in gathered.known:
            gathered.numbers[mark] = cells
        return mark
    here[key] = mark
    _component(key=key, data={"cells": cells.ravel(), "mark": mark})
    return mark
