"""A grid of feature maps in the browser: rows are images, columns are filters.

Of large maps only one row and column in so many is sent and drawn, and the page says so. What is drawn are the
map's own numbers, never averages, so the number said of a cell is that cell's. Numbers and photos travel in
elements of their own: changing the scale, or the filters of the same photos, sends only what is new.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from convviz.browser.cells import bring
from convviz.browser.mapgrid.content import Content, ShownFilter, ShownImage, ShownMap
from convviz.browser.mount import mount, together
from convviz.browser.picture.lattice import Lattice
from convviz.text.i18n import N_
from convviz.text.words import translated

__all__ = [
    "Content",
    "MapGrid",
    "ShownFilter",
    "ShownImage",
    "ShownMap",
    "picked_cell",
]

BELOW = 190  # screen pixels of the window's height kept for what stands above and below

WORDS = {
    "grid": N_("Feature maps: rows are images, columns are filters"),
    "hint": N_("Point at a map to see its numbers. Click it to enlarge it."),
    "pointed": N_("Value under the pointer"),
    "cell": N_(
        "{image}, {filter}: out[{n}, {f}, {row}, {column}] = {value}, "
        "from rows {top} to {bottom} and columns {left} to {right} of the photo."
    ),
    "paddingCell": N_("{image}, {filter}: out[{n}, {f}, {row}, {column}] = {value}, from padding."),
    "map": N_("{image}, {filter}: minimum {minimum}, maximum {maximum}"),
    "range": N_("{minimum} … {maximum}"),
    "low": N_("negative"),
    "high": N_("positive"),
}

_component = mount("mapgrid")


@dataclass(frozen=True, eq=False)
class MapGrid:
    """The grid: a row for each image, a column for each filter."""

    content: Content
    lattice: Lattice  # how the maps lie on the photos
    note: str  # what is said of it below
    key: str  # Streamlit key of the component
    # Called before the next run when a person chooses a cell: see `picked_cell`.
    on_pick: Callable[[], None]
    # True to draw each map from black, its least number, to white; else on the signed scale.
    gray: bool = False
    below: int = BELOW  # screen pixels of the window's height kept for what stands above and below

    def show(self) -> None:
        """Draw it."""
        cells, pixels, data = self.content.sent()
        data |= {
            "lattice": self.lattice.data,
            "note": self.note,
            "gray": self.gray,
            "below": self.below,
            "words": translated(WORDS),
        }
        with together():
            data["numbers"] = {
                "cells": bring(cells, key=f"{self.key} cells"),
                "pixels": bring(pixels, key=f"{self.key} pixels"),
            }
            _component(key=self.key, data=data, on_picked_change=self.on_pick)


def picked_cell(key: str) -> tuple[int, int, int, int] | None:
    """(n, f, row, column) of the cell just chosen in a grid, whole maps counted; None in every other run."""
    picked = st.session_state[key].picked
    if picked is None:
        return None
    return int(picked["n"]), int(picked["f"]), int(picked["row"]), int(picked["column"])
