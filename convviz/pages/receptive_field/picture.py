"""The views of the Receptive field page as pictures."""

from __future__ import annotations

from collections.abc import Sequence

from convviz.browser.layer_maps import LayerMap
from convviz.export import Tile
from convviz.ops.receptive import LayerField
from convviz.pages.receptive_field.controls import ReceptiveSettings
from convviz.pages.receptive_field.field_view import frame_of
from convviz.pages.receptive_field.recurrence_table import HEADS, extent_sentence, recurrence_rows
from convviz.pages.receptive_field.words import maps_sentence
from convviz.pictures.overlay import Overlay
from convviz.pictures.paper.raster import SIDE
from convviz.pictures.paper.tables import Table
from convviz.text.i18n import _
from convviz.ui.giving.slides import MAP_VEIL, lit_photo, offer_slide
from convviz.ui.shown import Shown
from convviz.ui.view import ChartPart

NAME = "receptive-field"
SMALL = 118  # screen pixels of a layer's map in the row beneath


def offer_field_picture(
    settings: ReceptiveSettings,
    shown: Shown,
    maps: Sequence[LayerMap],
    photo: Overlay,
    sentence: str,
) -> None:
    """Offer the photo beside the chosen layer's map, and the maps of all layers beneath."""

    def rows() -> list[list[Tile]]:
        height, width = shown.size
        whole = lit_photo(settings.pixels, photo, padding=frame_of(shown))
        row = [Tile(f"{_(settings.photo.name)}  {height}×{width}", whole)]
        row.append(_layer(maps[shown.index], SIDE))
        return [row, [_layer(each, SMALL) for each in maps]]

    view = [_("Receptive field"), _("Field on the photo")]
    offer_slide(view, [stack_line(settings), sentence, maps_sentence()], rows, NAME)


def offer_recurrence_picture(
    settings: ReceptiveSettings, records: Sequence[LayerField], growth: ChartPart
) -> None:
    """Offer the recurrence with its numbers, and the growth of the field."""

    def rows() -> list[list[Tile]]:
        lines = recurrence_rows(settings.layers, records)
        table = Table(
            [_(head) for head in HEADS.values()],
            [list(line.values()) for line in lines],
            settings.index,
        )
        return [[Tile("", table)], growth.tiles()]

    said = [stack_line(settings), extent_sentence()]
    offer_slide([_("Receptive field"), _("Table and growth")], said, rows, NAME)


def stack_line(settings: ReceptiveSettings) -> str:
    """The stack and its input in one line."""
    layers = ", ".join(layer.name for layer in settings.layers)
    return f"{'×'.join(map(str, settings.size))}: {layers}"


def _layer(each: LayerMap, side: int) -> Tile:
    body = lit_photo(each.values, each.overlay, side=side, veil=MAP_VEIL)
    return Tile(f"{each.title}  {each.detail}", body)
