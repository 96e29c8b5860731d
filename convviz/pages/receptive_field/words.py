"""What a unit sees, and which units see a pixel, in numbers."""

from __future__ import annotations

from convviz.ops.receptive import fields_through, units_through
from convviz.ops.types import Pair
from convviz.text.i18n import _
from convviz.text.joined import sentences
from convviz.text.prose import signed
from convviz.ui.shown import Shown


def field_sentence(shown: Shown, unit: Pair) -> str:
    """What one unit sees, in numbers."""
    field = fields_through(shown.layers, *unit, layer=shown.index, input_size=shown.size)[0]
    top, left, bottom, right = field.unclipped
    high, wide = bottom - top, right - left
    sentence = _(
        "Unit [{row}, {column}] of {layer} sees rows {top} to {bottom}, columns {left} to {right}: "
        "{high}×{wide} pixels."
    ).format(
        row=unit[0],
        column=unit[1],
        layer=shown.layers[shown.index].name,
        top=signed(top),
        bottom=signed(bottom - 1),
        left=signed(left),
        right=signed(right - 1),
        high=high,
        wide=wide,
    )
    inside = (field.box[2] - field.box[0]) * (field.box[3] - field.box[1])
    parts = [sentence]
    if inside < high * wide:
        parts.append(
            _("{share:.0%} of them lie in the padding.").format(share=1 - inside / (high * wide))
        )
    if field.count < inside:
        parts.append(
            _("Only {live} of the {inside} pixels on the photo reach it.").format(
                inside=inside, live=field.count
            )
        )
    return sentences(parts)


def overlap_sentence(shown: Shown, axis: int) -> str:
    """How much of its field a unit shares with its neighbour below (axis 0) or to the right (1)."""
    field, jump = shown.record.receptive_field[axis], shown.record.jump[axis]
    shared = max(0, field - jump)
    template = (
        _(
            "The field of the next unit down begins {jump} rows later: the two share {shared} of "
            "{field} rows."
        )
        if axis == 0
        else _(
            "The field of the next unit to the right begins {jump} columns later: the two share "
            "{shared} of {field} columns."
        )
    )
    return template.format(jump=jump, shared=shared, field=field)


def readers_sentence(shown: Shown, pixel: Pair) -> str:
    """How many units see one pixel."""
    cells = units_through(shown.layers, *pixel, layer=shown.index, input_size=shown.size)[-1]
    name = shown.layers[shown.index].name
    if not cells.count:
        return _("Pixel [{row}, {column}]: no unit of {layer} sees it.").format(
            row=pixel[0], column=pixel[1], layer=name
        )
    (top, left), (bottom, right) = cells.positions.min(axis=0), cells.positions.max(axis=0)
    return _(
        "Pixel [{row}, {column}] is seen by {count} of {all} units of {layer}, "
        "in rows {top} to {bottom}, columns {left} to {right}."
    ).format(
        row=pixel[0],
        column=pixel[1],
        count=cells.count,
        all=shown.map_size[0] * shown.map_size[1],
        layer=name,
        top=top,
        bottom=bottom,
        left=left,
        right=right,
    )


def maps_sentence() -> str:
    """What the maps of the layers are."""
    return _(
        "Each map averages the photo with equal weights. It shows where each unit looks, not "
        "what a trained network finds there."
    )
