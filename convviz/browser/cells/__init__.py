"""Numbers on their way to the browser, in an element of their own that shows nothing.

Streamlit sends an element again only when it changes: so moving the region on a photo sends no pixels.
A part names the numbers it shows by their marks, and waits until they are there.
"""

from __future__ import annotations

import weakref
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.mount import fingerprint, mount, now_gathering

__all__ = ["bring", "forget_numbers", "mark_of"]

_HERE = "numbers in the browser"
_component = mount("cells")
_marks: dict[int, tuple[weakref.ref[Any], str]] = {}  # of arrays that are read-only


def forget_numbers() -> None:
    """Forget which numbers were sent: the page is drawn anew."""
    st.session_state[_HERE] = {}


def mark_of(cells: npt.NDArray[np.generic]) -> str:
    """The mark by which the browser knows these numbers; read once where nobody can change them."""
    known = _marks.get(id(cells))
    if known is not None and known[0]() is cells:
        return known[1]
    mark = fingerprint(cells.shape, cells.dtype, arrays=[cells])
    if not cells.flags.writeable:
        key = id(cells)
        _marks[key] = weakref.ref(cells, lambda _gone: _marks.pop(key, None)), mark
    return mark


def bring(cells: npt.NDArray[np.generic], *, key: str) -> str:
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
