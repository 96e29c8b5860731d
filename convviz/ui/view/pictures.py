"""Parts that show a photo or a map: the browser draws them on the page, Pillow on a slide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from convviz.browser.layer_maps import LayerMaps
from convviz.browser.picture import (
    NO_PADDING,
    MapPicture,
    NoPicture,
    PhotoPicture,
    Picture,
    PooledPicture,
    UnitsPicture,
)
from convviz.browser.pictures import Pictures
from convviz.export import Tile
from convviz.ops.types import Box, Pair, Sides
from convviz.pictures.overlay import Outline
from convviz.pictures.paper.grid import TileGrid
from convviz.pictures.paper.grounds import VEIL, in_gray, veiled
from convviz.pictures.paper.raster import SIDE, map_tile, photo

MAP_VEIL = 0.5  # of a map's cells that are not lit, as on the screen


@dataclass(frozen=True, eq=False)
class PhotoPart(PhotoPicture):
    """A photo; `side` is the screen pixels of its longer side on a slide."""

    side: int = SIDE

    def tiles(self) -> list[Tile]:
        """The photo with its padding, boxes and light, below its title."""
        return _lit(self, self.side, self._leftover(), self.padding)

    def _leftover(self) -> tuple[Outline, ...]:
        """What of the padded photo no window reaches, at its bottom and right."""
        (top, bottom), (left, right) = self.padding
        rows, columns = self.leftover
        low, far = self.values.shape[0] + bottom, self.values.shape[1] + right
        boxes = [(low - rows, -left, low, far)] if rows else []
        boxes += [(-top, far - columns, low - rows, far)] if columns else []
        return tuple(Outline(box, "leftover") for box in boxes)


@dataclass(frozen=True, eq=False)
class PooledPart(PooledPicture):
    """A pooled photo."""

    side: int = SIDE

    def tiles(self) -> list[Tile]:
        """The photo with its box, below its title."""
        return _lit(self, self.side)


@dataclass(frozen=True)
class NoPart(NoPicture):
    """The place of a picture that is not shown at present."""

    def tiles(self) -> list[Tile]:
        """Nothing."""
        return []


@dataclass(frozen=True, eq=False)
class UnitsPart(UnitsPicture):
    """The units of a layer, in gray."""

    side: int = SIDE

    def tiles(self) -> list[Tile]:
        """The units with their boxes and their light, below their title."""
        return _lit(self, self.side, veil=MAP_VEIL)


@dataclass(frozen=True, eq=False)
class LayersPart(LayerMaps):
    """The maps of all layers of a stack side by side."""

    maps: Sequence[UnitsPart]

    def tiles(self) -> list[Tile]:
        """The maps in a row."""
        return [tile for each in self.maps for tile in each.tiles()]


@dataclass(frozen=True, eq=False)
class MapPart(MapPicture):
    """A map on the signed colour scale, with its range."""

    side: int = SIDE

    def picked_cell(self) -> Pair | None:
        """The cell itself that was just picked, once it is shown."""
        picked = st.session_state[self.key].picked
        return None if picked is None else (int(picked["row"]), int(picked["column"]))

    def tiles(self) -> list[Tile]:
        """The map with its boxes, its scale and its range, below its title."""
        marks = (*_boxed(self.box), *self.overlay.outlines)
        said = self.size_text if self.small else self.detail or self.size_text
        title = f"{self.title}  {said}"
        return [map_tile(title, self.values, marks, limit=self.limit, side=self.side)]


@dataclass(frozen=True, eq=False)
class InputPart(MapPart):
    """A channel of an input of numbers, on which a map's windows lie as on a photo."""

    follows: bool = False  # true if all of it moves with the box while that is dragged

    def _of_its_kind(self) -> dict[str, Any]:
        return super()._of_its_kind() | {"side": "photo", "follows": self.follows}

    def _place(self, row: int, column: int) -> Pair:
        return row, column


@dataclass(frozen=True, eq=False)
class PicturesPart(Pictures):
    """Small pictures with captions."""

    title: str = ""  # what stands above them on a slide; the label if ""
    side: int = 120  # screen pixels of the longer side of each on a slide
    across: int = 3  # so many stand side by side there

    def tiles(self) -> list[Tile]:
        """The pictures in rows that line up, each above its caption."""
        found: list[Tile | None] = [
            Tile("", photo(pixels, side=self.side), caption, self.side)
            for pixels, caption in zip(self.pictures, self.captions, strict=True)
        ]
        across = min(self.across, len(found))
        found += [None] * (-len(found) % across)
        grid = TileGrid([found[k : k + across] for k in range(0, len(found), across)])
        return [Tile(self.title or self.label, grid)]


def _lit(
    shown: Picture,
    side: int,
    marks: tuple[Outline, ...] = (),
    padding: Sides = NO_PADDING,
    veil: float = VEIL,
) -> list[Tile]:
    """A photo or units, with what is drawn over it: boxes, and cells that are lit while all others step back."""
    pixels = shown.values if shown.values.ndim == 3 else in_gray(shown.values)
    over = shown.overlay
    if over.light:
        pixels = veiled(pixels, over.light, over.strength, dark=veil)
    boxes = (*_boxed(shown.box), *marks, *over.outlines)
    title = f"{shown.title}  {shown.detail or shown.size_text} {shown.note}".rstrip()
    return [Tile(title, photo(pixels, boxes, padding=padding, side=side))]


def _boxed(box: Box | None) -> tuple[Outline, ...]:
    return (Outline(box),) if box else ()
