"""A photo or a feature map in the browser, exactly as NumPy has it, with the region on it.

No encoded image is sent: a codec may change pixels. A photo's pixels are sent as they are. Of a large map one byte
a cell is sent, its shade; the number of a cell is sent when the cell is pointed at. They travel in an element of
their own, which Streamlit sends again only when it changes: moving the region, or changing the padding of a photo,
sends no pixels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.cells import bring, mark_of
from convviz.browser.cells.exact import hold, stays
from convviz.browser.mount import mount
from convviz.browser.picture.lattice import Lattice, LatticeLayer
from convviz.ops.types import Array, Box, Pair, Sides
from convviz.pictures.kept import kept_with_array
from convviz.pictures.overlay import NOTHING, Overlay
from convviz.pictures.shades import shaded
from convviz.text.words import PICTURE, translated

__all__ = [
    "FRAMELESS",
    "GROUP",
    "Lattice",
    "LatticeLayer",
    "MapPicture",
    "NoPicture",
    "PhotoPicture",
    "Picture",
    "PooledPicture",
    "UnitsPicture",
]

GROUP = "picture"
BELOW = 270  # screen pixels kept for what stands above and below the picture
LARGEST_PIXEL = 64  # screen pixels for one pixel of a tiny image
NO_PADDING: Sides = ((0, 0), (0, 0))
FRAMELESS = {"padding": NO_PADDING, "leftover": [0, 0]}

_SHOWN = "pictures shown"
_component = mount("picture")


@dataclass(frozen=True, eq=False)
class Picture:
    """What every kind of picture has."""

    values: Array  # its numbers, shape (H, W), or (H, W, 3) where it has colours
    key: str  # Streamlit key of the component
    title: str  # what it is called
    lattice: Lattice  # how a map lies on the photo of its group
    # What else to say on the line of the title; the number of rows and columns if "".
    detail: str = ""
    note: str = ""  # sentences that stand below it
    # (top, left, bottom, right) of the region, drawn as an outline; None for none.
    box: Box | None = None
    # The picture and the map that show each other what is pointed at have the same.
    group: str = GROUP
    overlay: Overlay = NOTHING  # boxes drawn on it, and cells lit while the rest steps back
    below: int = BELOW  # screen pixels of the window's height kept for what stands above and below
    # Called with what `show` would return, before the run that a click (no drag) starts.
    on_click: Callable[[Pair], None] | None = None

    @property
    def size_text(self) -> str:
        """Its rows and columns."""
        return f"{self.values.shape[0]}×{self.values.shape[1]}"

    def show(self) -> Pair | None:
        """Draw it; return (row, column) of what was just clicked, dragged to or chosen with Enter.

        A photo returns a pixel, units return a unit. A map returns a pixel of the *photo*: the middle of the
        window of the cell. None in every other run.
        """
        words, detail = translated(PICTURE), self.detail or self.size_text
        described = words["description" if self.box else "unitDescription"]
        data: dict[str, Any] = {
            **FRAMELESS,
            "planes": 1 if self.values.ndim == 2 else self.values.shape[2],
            "rows": self.values.shape[0],
            "columns": self.values.shape[1],
            "title": self.title,
            "detail": detail,
            "note": self.note,
            "description": described.format(title=self.title, detail=detail.rstrip(".")),
            "lattice": self.lattice.data,
            "box": self.box and list(self.box),
            "group": self.group,
            "below": self.below,
            "words": words,
            "largest": LARGEST_PIXEL,
            **self.overlay.data,
            **self._of_its_kind(),
        }
        cells = self.values
        if stays(cells):
            cells, more = self._painted()
            data |= more | {"exact": hold(self.values, mark_of(self.values))}
        data["numbers"] = {"cells": bring(cells, key=f"{self.key} cells")}
        picked = _mounted(self, data)
        if picked is not None and picked["clicked"] and self.on_click is not None:
            return None  # the callback has seen to it
        return None if picked is None else self._place(int(picked["row"]), int(picked["column"]))

    def _picked(self) -> None:
        """Before the run that a pick starts: say so if it was a click."""
        picked = st.session_state[self.key].picked
        if picked is not None and picked["clicked"] and self.on_click is not None:
            self.on_click(self._place(int(picked["row"]), int(picked["column"])))

    def _painted(self) -> tuple[npt.NDArray[np.uint8], dict[str, Any]]:
        """What is painted for numbers from 0 to 255, and what the browser must know of it."""
        return _as_bytes(self.values), {}

    def _of_its_kind(self) -> dict[str, Any]:
        """What the browser must know of its kind."""
        raise NotImplementedError

    def _place(self, row: int, column: int) -> Pair:
        """What a pick of one of its cells stands for."""
        return row, column


@dataclass(frozen=True)
class NoPicture:
    """The place of a picture that is not shown at present; a live run can show one in it."""

    key: str

    def show(self) -> None:
        """Take no room on the page."""
        _mounted(self, {"hidden": True})

    def _picked(self) -> None:
        """Pass over a pick that was on its way when the picture went."""


def _mounted(picture: Picture | NoPicture, data: dict[str, Any]) -> dict[str, Any] | None:
    """Draw the part; what was just picked on it."""
    # A live run gives the part on the page other data, and leaves its callback.
    key, shown = picture.key, st.session_state.setdefault(_SHOWN, {})
    shown[key] = picture
    picked: dict[str, Any] | None = _component(
        key=key, data=data, on_picked_change=lambda: shown[key]._picked()
    ).picked
    return picked


@dataclass(frozen=True, eq=False)
class PhotoPicture(Picture):
    """A photo, its padding as a frame, and what the stride leaves over; its numbers go from 0 to 255."""

    padding: Sides = NO_PADDING  # ((top, bottom), (left, right)) in pixels
    # (rows, columns) of the padded photo that no window reaches, at its bottom and right.
    leftover: Pair = (0, 0)
    follows: bool = False  # true if the whole photo moves with the box while that is dragged

    def _of_its_kind(self) -> dict[str, Any]:
        return {
            "kind": "photo",
            "padding": [list(sides) for sides in self.padding],
            "leftover": list(self.leftover),
            "follows": self.follows,
        }


@dataclass(frozen=True, eq=False)
class PooledPicture(Picture):
    """A pooled photo: a photo again, from 0 to 255, and the map of the photo it comes from."""

    def _of_its_kind(self) -> dict[str, Any]:
        return {"kind": "photo", "side": "map"}

    def _place(self, row: int, column: int) -> Pair:
        return self.lattice.middle(row, column)


@dataclass(frozen=True, eq=False)
class UnitsPicture(Picture):
    """The units of a layer as gray squares, uint8 of shape (OH, OW); their fields lie on the photo."""

    def _of_its_kind(self) -> dict[str, Any]:
        return {"kind": "map", "gray": True}


@dataclass(frozen=True, eq=False)
class MapPicture(Picture):
    """A feature map on a signed colour scale, zero neutral, with its raw minimum and maximum.

    What is not finite is left out of the scale, and counted.

    Raises
    ------
    ValueError
        If the limit is not a positive number.
    """

    # The scale goes from ``-limit`` to ``limit``; by default to the largest absolute value.
    limit: float | None = None
    quiet: bool = False  # true where something else says what is pointed at
    # Without the scale, which another map then shows: `detail`, on a line of its own, has to say
    # the range.
    small: bool = False
    # Whether a button lets the kernel slide over the photo and paint the map behind it.
    slides: bool = False

    def __post_init__(self) -> None:
        if self.limit is not None and not 0 < self.limit < float("inf"):
            raise ValueError(
                f"limit {self.limit}: use a positive number, or None for the largest absolute value"
            )

    def _painted(self) -> tuple[npt.NDArray[np.uint8], dict[str, Any]]:
        shades = shaded(self.values, self.limit)
        return shades.cells, {"limit": shades.limit, "range": shades.range}

    def _of_its_kind(self) -> dict[str, Any]:
        return {
            "kind": "map",
            "limit": self.limit,
            "quiet": self.quiet,
            "small": self.small,
            "slides": self.slides,
        }

    def _place(self, row: int, column: int) -> Pair:
        return self.lattice.middle(row, column)


@kept_with_array
def _as_bytes(values: Array) -> npt.NDArray[np.uint8]:
    """Numbers from 0 to 255, each rounded to a whole one."""
    cells = np.rint(values).clip(0, 255).astype(np.uint8)
    cells.flags.writeable = False
    return cells
