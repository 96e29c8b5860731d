"""Tiles of a slide that show a photo or a map, with its padding, boxes on it and its colour scale."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from convviz.ops.types import Box, Pixels, Sides
from convviz.pictures.cells import ColourScale
from convviz.pictures.overlay import Outline
from convviz.pictures.palette import RGB
from convviz.pictures.paper import colours
from convviz.pictures.paper.grounds import in_gray, signed_pixels
from convviz.pictures.paper.pen import Pen, Place
from convviz.pictures.paper.scale import ScaleTile
from convviz.pictures.paper.slide import Tile
from convviz.text.i18n import _
from convviz.text.prose import number
from convviz.text.words import PICTURE

SIDE = 440  # screen pixels of the longer side
LINE, RIM, LEAST = 3, 2, 10  # screen pixels: of an outline, of its pale rim, and its least side
ABOVE_BAR = 8  # screen pixels between the picture and its colour scale
SECOND: RGB = (31, 95, 180)


@dataclass(frozen=True, eq=False)
class Raster:
    """A photo or a map."""

    pixels: Pixels  # uint8 of shape (H, W, 3)
    marks: tuple[Outline, ...] = ()  # boxes on it, in its pixels; they may reach into the padding
    # ((top, bottom), (left, right)) in its pixels, drawn as a pale frame.
    padding: Sides = ((0, 0), (0, 0))
    side: int = SIDE  # screen pixels of the longer side, padding included
    # Of the signed colour scale drawn beneath, from ``-limit`` to ``limit``; None draws none.
    limit: float | None = None
    # Whether there are numbers below and above the scale's ends.
    beyond: tuple[bool, bool] = (False, False)
    edged: bool = True  # whether a thin line runs around it

    @property
    def zoom(self) -> float:
        """Screen pixels for each of its own."""
        return self.side / max(self._padded)

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        height, width = (round(length * self.zoom) for length in self._padded)
        if self.limit is None:
            return width, height
        return max(width, self._bar.size[0]), height + ABOVE_BAR + self._bar.size[1]

    def place(self, box: Box, x: float, y: float) -> Place:
        """Where a box of its pixels lies, if its top left corner is there."""
        top, left = self.padding[0][0], self.padding[1][0]
        across = (x + (box[1] + left) * self.zoom, x + (box[3] + left) * self.zoom)
        down = (y + (box[0] + top) * self.zoom, y + (box[2] + top) * self.zoom)
        return across[0], down[0], across[1], down[1]

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        height, width = self.pixels.shape[:2]
        (above, below), (before, after) = self.padding
        whole = (-above, -before, height + below, width + after)
        pen.box(self.place(whole, x, y), fill=colours.BLANK, line=colours.LINE)
        left, top, right, bottom = (
            round(side * pen.scale) for side in self.place((0, 0, height, width), x, y)
        )
        edge = 1 / pen.scale
        around = (left * edge - edge, top * edge - edge, right * edge + edge, bottom * edge + edge)
        if self.edged:
            pen.box(around, line=colours.LINE, width=edge)
        picture = Image.fromarray(self.pixels)
        method = Image.Resampling.NEAREST if right - left > width else Image.Resampling.LANCZOS
        size = (max(1, right - left), max(1, bottom - top))
        pen.paste(picture.resize(size, method), (left / pen.scale, top / pen.scale))
        for mark in self.marks:
            self._mark(pen, mark, self.place(mark.box, x, y))
        if self.limit is not None:
            self._bar.draw(pen, x, y + round(self._padded[0] * self.zoom) + ABOVE_BAR)

    @property
    def _padded(self) -> tuple[int, int]:
        height, width = self.pixels.shape[:2]
        return height + sum(self.padding[0]), width + sum(self.padding[1])

    def _mark(self, pen: Pen, mark: Outline, place: Place) -> None:
        if mark.colour in ("shared", "leftover"):
            pen.tint(place, SECOND if mark.colour == "shared" else colours.MARK, 0.45)
            return
        left, top, right, bottom = place
        across, down = (max(0, LEAST - side) / 2 for side in (right - left, bottom - top))
        for rim, colour in (
            (RIM, colours.PAGE),
            (0, colours.MARK if mark.colour == "first" else SECOND),
        ):
            out = LINE + 1 + rim
            around = (
                left - across - out,
                top - down - out,
                right + across + out,
                bottom + down + out,
            )
            pen.box(around, line=colour, width=LINE + (rim + 1 if rim else 0))

    @property
    def _bar(self) -> ScaleTile:
        """The colour scale with its ends and 0."""
        low, high = number(-(self.limit or 0), 4), number(self.limit or 0, 4)
        low, high = f"≤ {low}" if self.beyond[0] else low, f"≥ {high}" if self.beyond[1] else high
        wide = max(132, min(280, round(self._padded[1] * self.zoom)))
        return ScaleTile(ColourScale("signed", ((0, low), (0.5, "0"), (1, high))), width=wide)


def photo(
    pixels: npt.NDArray[Any],
    marks: tuple[Outline, ...] = (),
    *,
    padding: Sides = ((0, 0), (0, 0)),
    side: int = SIDE,
) -> Raster:
    """A photo, (H, W, 3), or a gray one, (H, W), of numbers from 0 to 255.

    Examples
    --------
    >>> photo(np.zeros((20, 40, 3), np.uint8)).size
    (440, 220)
    """
    shades = np.rint(pixels).clip(0, 255).astype(np.uint8)
    return Raster(shades if shades.ndim == 3 else in_gray(shades), marks, padding, side)


def signed_map(
    values: npt.NDArray[Any],
    marks: tuple[Outline, ...] = (),
    *,
    limit: float | None = None,
    side: int = SIDE,
) -> Raster:
    """A map, (H, W), on the signed colour scale, which is drawn beneath and by default ends at its largest size.

    Examples
    --------
    >>> signed_map(np.array([[-3.0, 1.0]])).limit
    3.0
    """
    finite = values[np.isfinite(values)]
    limit = float(np.abs(finite).max(initial=0)) if limit is None else limit
    beyond = bool((finite < -limit).any()), bool((finite > limit).any())
    return Raster(signed_pixels(values, limit), marks, side=side, limit=limit, beyond=beyond)


def map_tile(
    title: str,
    values: npt.NDArray[Any],
    marks: tuple[Outline, ...] = (),
    *,
    limit: float | None = None,
    side: int = SIDE,
) -> Tile:
    """A map on the signed colour scale as `signed_map` draws it, above its range."""
    return Tile(title, signed_map(values, marks, limit=limit, side=side), range_text(values))


def range_text(values: npt.NDArray[Any]) -> str:
    """The raw range of a map, as the page writes it."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return _(PICTURE["missing"]).format(count=values.size)
    low, high = number(float(finite.min())), number(float(finite.max()))
    return _(PICTURE["range"]).format(minimum=low, maximum=high)
