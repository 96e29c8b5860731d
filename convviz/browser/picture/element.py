"""How any kind of picture gets to the browser."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.cells import bring
from convviz.browser.mount import mount
from convviz.browser.picture.lattice import Lattice
from convviz.ops.types import Pair
from convviz.text.words import PICTURE, translated

LARGEST_PIXEL = 64  # screen pixels for one pixel of a tiny image

_component = mount("picture")


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
        data["numbers"] = {"cells": bring(cells, key=f"{key} cells")}
        picked = _component(key=key, data=data, on_picked_change=lambda: None).picked
    return None if picked is None else (int(picked["row"]), int(picked["column"]))
