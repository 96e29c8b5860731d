"""Numbers on their way to the browser, in an element of their own that shows nothing.

Streamlit sends an element again only when it changes: so moving the region on a photo sends no pixels.
A part names the numbers it shows by their marks, and waits until they are there.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.browser.mount import fingerprint, mount

__all__ = ["bring", "mark_of"]

_component = mount("cells")


def mark_of(cells: npt.NDArray[np.generic]) -> str:
    """The mark by which the browser knows these numbers."""
    return fingerprint(cells.shape, cells.dtype, arrays=[cells])


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
    _component(key=key, data={"cells": cells.ravel(), "mark": mark})
    return mark
