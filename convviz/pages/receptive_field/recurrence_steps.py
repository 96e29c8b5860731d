"""The recurrence of the Receptive field page as a loop over layers, and the field that grows on the photo."""

from __future__ import annotations

from convviz.export.code import ReceptiveField
from convviz.ops.receptive import field_of
from convviz.ops.receptive.nested import nested_units
from convviz.ops.types import Pair, Pixels
from convviz.text.i18n import N_, _
from convviz.trace import ScenePhoto
from convviz.trace.receptive import FIELD, receptive_scene
from convviz.ui.shown import Shown
from convviz.ui.state import link
from convviz.ui.step_view import step_view

AXES = (N_("Height"), N_("Width"))


def recurrence_steps(pixels: Pixels, shown: Shown, code: ReceptiveField) -> None:
    """Step through the layers; the axis is asked for where the two differ.

    Parameters
    ----------
    pixels
        The photo, (H, W, 3).
    shown
        The stack.
    code
        What the scripts compute: the chosen layer's unit among it.
    """
    steps = [record.step for record in shown.records]
    differ = any(
        each.extent[0] != each.extent[1] or each.stride[0] != each.stride[1] for each in steps
    )
    axis = AXES.index(link.choice(_("Axis"), "axis", AXES)) if differ else 0
    scene = receptive_scene(
        [each.extent[axis] for each in steps],
        [each.stride[axis] for each in steps],
        growing_photo(pixels, shown, code.unit),
    )
    step_view(scene, "receptive-field", lambda: code)


def growing_photo(pixels: Pixels, shown: Shown, unit: Pair) -> ScenePhoto:
    """The photo with the field of one unit of each layer, each inside the next."""
    (row, column), *units = nested_units(shown.layers, unit, shown.index, shown.size)
    boxes = [(row, column, row + 1, column + 1)]
    captions = [_("Pixel [{row}, {column}]: r = 1, j = 1").format(row=row, column=column)]
    for level, (place, record) in enumerate(zip(units, shown.records, strict=True)):
        assert record.start is not None, "the input's size is given"
        field = field_of(shown.layers, *place, layer=level, input_size=shown.size)
        boxes.append(field.unclipped)
        captions.append(
            _(
                "{layer}, unit [{row}, {column}]: r = {field}, j = {jump}, first centre {start}"
            ).format(
                layer=shown.layers[level].name,
                row=place[0],
                column=place[1],
                field=_both(record.receptive_field),
                jump=_both(record.jump),
                start=_both(record.start),
            )
        )
    return ScenePhoto(pixels, tuple(boxes), tuple(captions), FIELD)


def _both(pair: tuple[float, float]) -> str:
    """One number where both are equal."""
    down, across = (f"{value:g}" for value in pair)
    return down if down == across else f"{down}×{across}"
