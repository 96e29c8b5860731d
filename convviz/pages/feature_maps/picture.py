"""The views of the Feature maps page as pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.browser.mapgrid import Content, GridOptions, ShownFilter, ShownMap
from convviz.export import Tile
from convviz.ops.types import Box, Floats
from convviz.pages.feature_maps.settings import MapSettings
from convviz.pages.feature_maps.stage_controls import stage_title
from convviz.pictures.paper.grid import TileGrid
from convviz.pictures.paper.grounds import gray_pixels, signed_pixels
from convviz.pictures.paper.raster import Raster, photo
from convviz.pipeline import Pool, Relu
from convviz.text.i18n import _
from convviz.text.prose import number
from convviz.text.windows import window_line
from convviz.ui.giving.slides import map_tile, offer_slide, photo_tile
from convviz.ui.inputs.photos import photo_detail

NAME = "feature-map"
SIDES, ROOM = (120, 220), 1700  # screen pixels: of a map in the grid, and of the grid's width
KERNEL = 40  # screen pixels: height of a kernel


def offer_maps_picture(
    settings: MapSettings, content: Content, options: GridOptions, note: str
) -> None:
    """Offer the grid of all maps.

    Parameters
    ----------
    settings
        The pipeline.
    content, options
        What the page shows, and how.
    note
        What is said of the course's maps; "" for nothing.
    """

    def rows() -> list[list[Tile]]:
        side = max(SIDES[0], min(SIDES[1], ROOM // (len(content.filters) + 1)))
        heads = [None, *(_head(each, side) for each in content.filters)]
        lines = [
            [
                Tile("", photo(image.pixels, side=side), image.caption, side),
                *(_map(each, side, options.gray) for each in image.maps),
            ]
            for image in content.images
        ]
        return [[Tile("", TileGrid([heads, *lines]))]]

    view = [_("Feature maps"), _("All maps")]
    offer_slide(view, [pipeline_line(settings), note, options.note], rows, NAME)


def offer_map_picture(
    settings: MapSettings, cell: tuple[int, int, int, int], box: Box, limit: float | None, said: str
) -> None:
    """Offer a photo and one of its maps, with the cell looked at and its window.

    Parameters
    ----------
    settings
        The pipeline.
    cell
        (n, f, row, column).
    box
        Of the cell's window on the photo.
    limit
        Where the map's colour scale ends.
    said
        What the page says of the cell.
    """
    n, f, row, column = cell
    shown, values = settings.photos[n], settings.maps(n)[f]

    def rows() -> list[list[Tile]]:
        seen = box if box[0] < box[2] and box[1] < box[3] else None
        title = f"{settings.filters[f]}  {values.shape[0]}×{values.shape[1]}"
        at = (row, column, row + 1, column + 1)
        left = photo_tile(f"{settings.images[n]}  {photo_detail(shown)}", shown.pixels, seen)
        return [[left, map_tile(title, values, box=at, limit=limit)]]

    offer_slide([_("Feature maps"), _("One map")], [pipeline_line(settings), said], rows, NAME)


def offer_difference_picture(
    settings: MapSettings, maps: Sequence[tuple[str, Floats, float | None]], said: str
) -> None:
    """Offer two maps and their difference: title, values and end of the scale of each."""

    def rows() -> list[list[Tile]]:
        return [[map_tile(title, values, limit=limit) for title, values, limit in maps]]

    view = [_("Feature maps"), _("Difference")]
    offer_slide(view, [pipeline_line(settings), said], rows, f"{NAME}-difference")


def pipeline_line(settings: MapSettings) -> str:
    """The stages up to the one shown, in one line."""
    stages = settings.pipeline.stages[: settings.stage + 1]
    titles = [
        stage_title(stage)
        if isinstance(stage, Relu)
        else f"{stage_title(stage)} ({window_line(stage.window, pooling=isinstance(stage, Pool))})"
        for stage in stages
    ]
    return " → ".join(titles)


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
