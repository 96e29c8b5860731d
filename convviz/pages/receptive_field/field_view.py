"""A unit's field, or the units that see a pixel, as overlays on the photo and on every map."""

from __future__ import annotations

from collections.abc import Sequence

from convviz.browser.picture import Lattice, LatticeLayer
from convviz.ops.receptive import Box, Cells, Field, fields_through, units_through
from convviz.ops.receptive.notation import write_stack
from convviz.ops.types import Pair
from convviz.ops.window import Window2d
from convviz.pages.receptive_field.controls import ReceptiveSettings
from convviz.pages.receptive_field.picked import picked_pixel, picked_unit
from convviz.pages.receptive_field.words import field_sentence, overlap_sentence, readers_sentence
from convviz.pictures.overlay import Outline, Overlay
from convviz.text.joined import sentences
from convviz.ui.cache_receptive import averaged_maps
from convviz.ui.shown import Shown, known
from convviz.ui.view import UnitsPart

GROUP = "receptive field"
SMALL = 118  # screen pixels of a layer's map on a slide


def frame_of(shown: Shown) -> tuple[Pair, Pair]:
    """Padding around the photo in which the fields of the chosen layer's outer units lie."""
    sides = []
    for axis in (0, 1):
        before = known(shown.record.effective_padding)[axis]
        last = (shown.map_size[axis] - 1) * shown.record.jump[axis] - before
        after = last + shown.record.receptive_field[axis] - shown.size[axis]
        sides.append((max(0, before), max(0, after)))
    return sides[0], sides[1]


def seen(shown: Shown, neighbour: Pair | None) -> tuple[str, list[Overlay]]:
    """What to say of the unit or pixel picked, and what to draw on the photo and on each map."""
    pixel = picked_pixel(shown.size)
    if pixel:
        return readers_sentence(shown, pixel), reader_overlays(shown, pixel)
    unit = picked_unit(shown.map_size)
    said, beside = [field_sentence(shown, unit)], None
    if neighbour:
        step = max(neighbour)
        beside = (unit[0] + neighbour[0], unit[1] + neighbour[1])
        if beside[0] < shown.map_size[0] and beside[1] < shown.map_size[1]:
            said.append(overlap_sentence(shown, neighbour.index(step)))
        else:
            beside = None
    overlays = field_overlays(shown, unit, beside)
    return sentences(said), overlays + [Overlay()] * (len(shown.layers) + 1 - len(overlays))


def layer_maps(
    settings: ReceptiveSettings, shown: Shown, overlays: Sequence[Overlay]
) -> list[UnitsPart]:
    """The photo as each layer passes it on, with what is drawn on it."""
    values = averaged_maps(settings.pixels, write_stack(settings.layers))
    return [
        UnitsPart(
            each,
            f"layer {index}",
            layer.name,
            field_lattice(shown, index),
            group=GROUP,
            overlay=overlay,
            side=SMALL,
        )
        for index, (layer, each, overlay) in enumerate(
            zip(shown.layers, values, overlays, strict=True)
        )
    ]


def field_lattice(shown: Shown, index: int) -> Lattice:
    """How the units of a layer lie on the photo."""
    record = shown.records[index]
    top, left = known(record.effective_padding)
    return Lattice(
        (-top, -left), record.jump, record.receptive_field, layers=_layers_between(shown, index)
    )


def _layers_between(shown: Shown, index: int) -> tuple[LatticeLayer, ...]:
    """Each layer up to this one, where any of them leaves out cells; else a field has no holes."""
    sizes = [shown.size, *(known(record.output_size) for record in shown.records)]
    windows = [
        layer.at(size) for layer, size in zip(shown.layers[: index + 1], sizes, strict=False)
    ]
    if not any(_leaves_out(window) for window in windows):
        return ()
    return tuple(
        LatticeLayer(
            (-window.padding[0][0], -window.padding[1][0]),
            window.stride,
            window.extent,
            window.dilation,
            size,
        )
        for window, size in zip(windows, sizes, strict=False)
    )


def _leaves_out(window: Window2d) -> bool:
    """Whether there are cells between its taps, or between one window and the next."""
    return any(
        window.dilation[axis] > 1 or window.stride[axis] > window.kernel[axis] for axis in (0, 1)
    )


def field_overlays(shown: Shown, unit: Pair, neighbour: Pair | None) -> list[Overlay]:
    """For the photo and each map up to the chosen layer: the unit's field lit, and its neighbour's outlined."""
    fields = fields_through(shown.layers, *unit, layer=shown.index, input_size=shown.size)
    beside: list[Field] = []
    if neighbour:
        beside = fields_through(shown.layers, *neighbour, layer=shown.index, input_size=shown.size)
    whole = [other.unclipped for other in beside[:1]] + [other.box for other in beside[1:]]
    others: list[Box | None] = [*whole] or [None] * len(fields)
    boxes = [fields[0].unclipped, *(field.box for field in fields[1:])]
    return [_overlay(*each) for each in zip(fields, boxes, others, strict=True)]


def reader_overlays(shown: Shown, pixel: Pair) -> list[Overlay]:
    """For the photo and each map: the pixel, and all units that see it, lit."""
    found = units_through(shown.layers, *pixel, input_size=shown.size)
    photo = Overlay((Outline(found[0].box),))
    return [photo, *(_overlay(cells, cells.box if cells.count else None) for cells in found[1:])]


def _overlay(cells: Cells, box: Box | None, other: Box | None = None) -> Overlay:
    outlines = [Outline(box)] if box else []
    if box and other:
        shared = (
            max(box[0], other[0]),
            max(box[1], other[1]),
            min(box[2], other[2]),
            min(box[3], other[3]),
        )
        outlines = [Outline(other, "second"), *outlines]
        if shared[0] < shared[2] and shared[1] < shared[3]:
            outlines.append(Outline(shared, "shared"))
    strength = None if cells.live.all() else cells.live
    return Overlay(tuple(outlines), light=cells.box, strength=strength)
