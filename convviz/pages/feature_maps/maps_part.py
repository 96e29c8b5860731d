"""All maps of a stage as one grid, on the page and on a slide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.browser.mapgrid import MapGrid, ShownFilter, ShownMap
from convviz.export import Tile
from convviz.pictures.paper.grid import TileGrid
from convviz.pictures.paper.grounds import gray_pixels, signed_pixels
from convviz.pictures.paper.raster import Raster, photo
from convviz.text.prose import number

SIDES, ROOM = (120, 220), 1700  # screen pixels on a slide: of a map, and of the grid's width
KERNEL = 40  # screen pixels: height of a kernel


@dataclass(frozen=True, eq=False)
class MapsPart(MapGrid):
    """The grid of maps."""

    def tiles(self) -> list[Tile]:
        """Photos and maps in rows that line up, below the filters."""
        side = max(SIDES[0], min(SIDES[1], ROOM // (len(self.content.filters) + 1)))
        heads = [None, *(_head(each, side) for each in self.content.filters)]
        lines = [
            [
                Tile("", photo(image.pixels, side=side), image.caption, side),
                *(_map(each, side, self.gray) for each in image.maps),
            ]
            for image in self.content.images
        ]
        return [Tile("", TileGrid([heads, *lines]))]


def _head(each: ShownFilter, side: int) -> Tile:
    """Name, kernel and end of the scale of a filter."""
    limit = f"±{number(each.limit, 4)}" if each.limit else ""
    planes = [np.pad(plane, ((0, 0), (0, 1)), constant_values=np.nan) for plane in each.planes]
    title = f"{each.number}  {each.name}"
    if not planes:
        return Tile(title, Raster(np.full((1, side, 3), 255, np.uint8), side=side), limit, side)
    joined = np.concatenate(planes, axis=1)[:, :-1]
    pixels = np.where(np.isnan(joined)[..., None], 255, signed_pixels(joined)).astype(np.uint8)
    wide = min(side, KERNEL * max(1, joined.shape[1] / joined.shape[0]))
    return Tile(title, Raster(pixels, side=round(wide)), limit, side)


def _map(each: ShownMap, side: int, gray: bool) -> Tile:
    """One map with its range; its numbers are thinned, the range is the whole map's."""
    values = np.asarray(each.values, dtype=np.float64)
    pixels = gray_pixels(values) if gray else signed_pixels(values, each.limit)
    said = f"{number(each.minimum, 4)} … {number(each.maximum, 4)}"
    return Tile("", Raster(pixels, side=side), said, side)
