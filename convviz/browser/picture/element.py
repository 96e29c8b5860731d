"""The two elements of a picture: the one that is seen, and the one that brings its numbers."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.bundle import fingerprint, join_modules, read
from convviz.browser.picture.lattice import Lattice
from convviz.ops.types import Pair
from convviz.text.words import PICTURE, translated

PARTS = "store lattice canvas pixels legend marks light pointer readout view picture"
MODULES = (
    "browser/shared/format.js",
    "browser/shared/colour.js",
    *(f"browser/picture/{part}.js" for part in PARTS.split()),
)
LARGEST_PIXEL = 64  # screen pixels for one pixel of a tiny image

_component = st.components.v2.component(
    "convviz.browser.picture",
    html=read("browser/picture/picture.html"),
    css=read("browser/picture/picture.css"),
    js=join_modules(*MODULES),
)

_cells = st.components.v2.component(
    "convviz.browser.picture.cells",
    js=join_modules("browser/picture/store.js", "browser/picture/cells.js"),
)


def mark_of(cells: npt.NDArray[np.generic]) -> str:
    """By what the browser knows these numbers."""
    return fingerprint(cells.shape, arrays=[cells])


def bring(cells: npt.NDArray[np.generic], key: str) -> str:
    """Send numbers in an element of their own; return what the browser knows them by."""
    mark = mark_of(cells)
    _cells(key=key, data={"cells": cells.ravel(), "fingerprint": mark})
    return mark


def show(
    cells: npt.NDArray[np.generic],
    data: dict[str, object],
    key: str,
    title: str,
    detail: str,
    lattice: Lattice,
    group: str,
) -> Pair | None:
    """Send the numbers and what both kinds have in common; return the cell picked."""
    words = translated(PICTURE)
    described = "description" if data["box"] else "unitDescription"
    data |= {
        "rows": cells.shape[0],
        "columns": cells.shape[1],
        "title": title,
        "detail": detail,
        "description": words[described].format(title=title, detail=detail.rstrip(".")),
        "lattice": asdict(lattice),
        "group": group,
        "words": words,
        "largest": LARGEST_PIXEL,
    }
    with st.container(gap=None):
        data["fingerprint"] = bring(cells, f"{key} cells")
        picked = _component(key=key, data=data, on_picked_change=lambda: None).picked
    return None if picked is None else (int(picked["row"]), int(picked["column"]))
