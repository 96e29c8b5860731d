"""Parts that show a photo or a map: the browser draws them on the page, Pillow on a slide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from convviz.browser.picture import (
    BELOW,
    GROUP,
    NO_PADDING,
    Lattice,
    show_map,
    show_photo,
    show_pooled,
    show_units,
)
from convviz.export import Tile
from convviz.ops.types import Array, Box, Pair, Sides
from convviz.pictures.overlay import NOTHING, Outline, Overlay
from convviz.pictures.paper.grounds import VEIL
from convviz.pictures.paper.raster import SIDE, signed_map
from convviz.ui.giving.slides import MAP_VEIL, lit_photo, range_text


@dataclass(frozen=True, eq=False)
class PhotoPart:
    """A photo; also a pooled one, or the units of a layer, which are gray photos of a kind.

    Parameters
    ----------
    pixels
        From 0 to 255, of shape (H, W, 3), or (H, W) for gray.
    key
        Of its element.
    title, detail
        What it is called, and what is said of it beside that.
    lattice
        How the map of its group lies on it; or, of a pooled photo and of units, how they lie on the photo.
    kind
        "photo", "pooled" or "units". A pick on a pooled photo is the pixel of the photo behind it.
    box, padding, leftover, group, overlay, below, follows
        As for `show_photo`.
    side
        Screen pixels of its longer side on a slide.
    """

    pixels: Array
    key: str
    title: str
    detail: str
    lattice: Lattice
    kind: str = "photo"
    box: Box | None = None
    padding: Sides = NO_PADDING
    leftover: Pair = (0, 0)
    group: str = GROUP
    overlay: Overlay = NOTHING
    below: int = BELOW
    follows: bool = False
    side: int = SIDE

    def show(self) -> Pair | None:
        """Draw it here."""
        if self.kind == "pooled":
            return show_pooled(
                self.pixels,
                key=self.key,
                title=self.title,
                detail=self.detail,
                lattice=self.lattice,
                box=self.box,
                below=self.below,
            )
        if self.kind == "units":
            return show_units(
                self.pixels,
                key=self.key,
                title=self.title,
                detail=self.detail,
                lattice=self.lattice,
                overlay=self.overlay,
                group=self.group,
                below=self.below,
            )
        return show_photo(
            self.pixels,
            key=self.key,
            title=self.title,
            detail=self.detail,
            lattice=self.lattice,
            box=self.box,
            padding=self.padding,
            leftover=self.leftover,
            group=self.group,
            overlay=self.overlay,
            below=self.below,
            follows=self.follows,
        )

    def tiles(self) -> list[Tile]:
        """It with its padding, its boxes and its light, below what it is called."""
        body = lit_photo(
            self.pixels,
            self.overlay,
            (*_boxed(self.box), *self._leftover()),
            padding=self.padding,
            side=self.side,
            veil=MAP_VEIL if self.kind == "units" else VEIL,
        )
        return [Tile(f"{self.title}  {self.detail}", body)]

    def _leftover(self) -> tuple[Outline, ...]:
        """What of the padded photo no window reaches, at its bottom and right."""
        (top, bottom), (left, right) = self.padding
        rows, columns = self.leftover
        low, far = self.pixels.shape[0] + bottom, self.pixels.shape[1] + right
        boxes = [(low - rows, -left, low, far)] if rows else []
        boxes += [(-top, far - columns, low - rows, far)] if columns else []
        return tuple(Outline(box, "leftover") for box in boxes)


@dataclass(frozen=True, eq=False)
class MapPart:
    """A map on the signed colour scale, with its range.

    Parameters
    ----------
    values
        Shape (OH, OW).
    key, title, lattice, box, group, overlay, below
        As those of a photo. A pick is the pixel in the middle of the cell's window.
    detail
        What is said of it; its size if "".
    limit, quiet, small
        As for `show_map`.
    side
        Screen pixels of its longer side on a slide.
    """

    values: Array
    key: str
    title: str
    lattice: Lattice
    detail: str = ""
    box: Box | None = None
    limit: float | None = None
    group: str = GROUP
    overlay: Overlay = NOTHING
    below: int = BELOW
    quiet: bool = False
    small: bool = False
    side: int = SIDE

    def show(self) -> Pair | None:
        """Draw it here."""
        with np.errstate(over="ignore"):  # a number too large for float32 is drawn as infinite
            values = self.values.astype(np.float32)
        return show_map(
            values,
            key=self.key,
            title=self.title,
            detail=self.detail or self._size,
            lattice=self.lattice,
            box=self.box,
            limit=self.limit,
            group=self.group,
            overlay=self.overlay,
            below=self.below,
            quiet=self.quiet,
            small=self.small,
        )

    def picked_cell(self) -> Pair | None:
        """The cell itself that was just picked, once it is shown."""
        picked = st.session_state[self.key].picked
        return None if picked is None else (int(picked["row"]), int(picked["column"]))

    def tiles(self) -> list[Tile]:
        """It with its boxes, its scale and its range, below its name and size."""
        marks = (*_boxed(self.box), *self.overlay.outlines)
        body = signed_map(self.values, marks, limit=self.limit, side=self.side)
        return [Tile(f"{self.title}  {self._size}", body, range_text(self.values))]

    @property
    def _size(self) -> str:
        return f"{self.values.shape[0]}×{self.values.shape[1]}"


def _boxed(box: Box | None) -> tuple[Outline, ...]:
    return (Outline(box),) if box else ()
