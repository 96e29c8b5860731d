"""The recurrence: as a table with its numbers filled in, with the growth of the field beneath, and as a loop."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from convviz.export import Tile
from convviz.export.code import ReceptiveField
from convviz.ops.receptive import Layer, LayerField, field_of
from convviz.ops.receptive.nested import nested_units
from convviz.ops.receptive.recurrence import unstrided
from convviz.ops.types import Pair, Pixels
from convviz.pages.receptive_field import stack_state
from convviz.pages.receptive_field.controls import ReceptiveSettings
from convviz.pages.receptive_field.picked import (
    PIXEL,
    UNIT,
    is_picked,
    picked_unit,
    take_unit,
    text_of,
)
from convviz.pictures.paper.tables import Table
from convviz.pictures.receptive import field_growth_chart
from convviz.text.i18n import N_, _
from convviz.text.numbers import whole_in
from convviz.text.windows import pair_text, sides_text
from convviz.trace import ScenePhoto
from convviz.trace.receptive import FIELD, receptive_scene
from convviz.ui.shown import Shown, known
from convviz.ui.state import link
from convviz.ui.step_view import Together, step_view
from convviz.ui.view import ChartPart, View

ONE, AXES = (1, 1), (N_("Height"), N_("Width"))
TABLE_HEIGHT, ROW_HEIGHT, CHART_HEIGHT = 290, 25, 270  # screen pixels
CHART_SIZE = (860, 380)  # on a slide
HEADS = {
    "layer": N_("Layer"),
    "size": N_("Map"),
    "kernel": N_("k"),
    "stride": N_("s"),
    "padding": N_("p"),
    "dilation": N_("d"),
    "field": N_("Field: r + (e − 1)·j"),
    "jump": N_("Jump: j·s"),
    "before": N_("Padding: P + p·j"),
    "start": N_("First centre"),
    "fits": N_("Stride divides"),
}


@dataclass(frozen=True)
class RecurrenceTable:
    """The recurrence with its numbers filled in, a row for each layer, of which one can be picked."""

    settings: ReceptiveSettings
    records: Sequence[LayerField]

    def show(self) -> int | None:
        """Draw it here; return the layer whose row was just picked, None if it is the chosen one."""
        rows, chosen = self._rows, self.settings.index
        picked = st.dataframe(
            dict(zip(self._heads, zip(*rows, strict=True), strict=True)),
            hide_index=True,
            height=min(TABLE_HEIGHT, ROW_HEIGHT * len(rows) + 38),
            row_height=ROW_HEIGHT,
            on_select="rerun",
            selection_mode="single-row-required",
            selection_default={"selection": {"rows": [chosen]}},
            key=f"recurrence {chosen}",
        ).selection.rows
        return picked[0] if picked and picked[0] != chosen else None

    def tiles(self) -> list[Tile]:
        """The table with a frame around the chosen layer."""
        return [Tile("", Table(self._heads, self._rows, self.settings.index))]

    @property
    def _heads(self) -> list[str]:
        return [_(head) for head in HEADS.values()]

    @property
    def _rows(self) -> list[list[str]]:
        """A text for each of `HEADS`, for each layer."""
        layers = self.settings.layers
        rows = [_row(layer, self.records, level) for level, layer in enumerate(layers)]
        return [[row[key] for key in HEADS] for row in rows]


def table_view(
    settings: ReceptiveSettings, records: Sequence[LayerField], code: ReceptiveField | None = None
) -> None:
    """The recurrence with its numbers filled in, and the growth of the field beneath.

    There is no code where the photo is too small for the stack.
    """
    chart = field_growth_chart(
        [layer.name for layer in settings.layers],
        [max(record.receptive_field) for record in records],
        [max(record.receptive_field) for record in unstrided(settings.layers)],
        settings.index,
    )
    table = RecurrenceTable(settings, records)
    growth = ChartPart(chart, "growth", CHART_HEIGHT, CHART_SIZE)
    View(
        [_("Receptive field"), _("Table and growth")],
        "receptive-field",
        [[table], [growth]],
        [settings.line, extent_sentence()],
        field_arrays(records),
        (lambda: code) if code else None,
    ).offer()
    picked = table.show()
    if picked is not None:
        stack_state.choose(picked)
        st.rerun()
    st.caption(extent_sentence())
    growth.show()


def field_arrays(records: Sequence[LayerField]) -> Callable[[], dict[str, list[Pair]]]:
    """What makes the jump and the field of each layer as arrays."""
    return lambda: {
        name: [getattr(record, name) for record in records] for name in ("jump", "receptive_field")
    }


def extent_sentence() -> str:
    """What the heads of the table call e, and where the recurrence begins."""
    return _(
        "e = d(k − 1) + 1: cells from a kernel's first tap to its last. On the photo r = j = 1, P = 0."
    )


def _row(layer: Layer, records: Sequence[LayerField], level: int) -> dict[str, str]:
    now, step = records[level], records[level].step
    before = records[level - 1] if level else None
    field, jump = (before.receptive_field, before.jump) if before else (ONE, ONE)
    padding = before.effective_padding if before else (0, 0)
    known = now.effective_padding is not None and padding is not None and step.before is not None
    return {
        "layer": layer.name,
        "size": "" if now.output_size is None else _joined(now.output_size),
        "kernel": pair_text(layer.window.kernel),
        "stride": pair_text(layer.window.stride),
        "padding": "SAME" if layer.same else sides_text(layer.window.padding),
        "dilation": pair_text(layer.window.dilation),
        "field": _filled(now.receptive_field, "{} + ({} − 1)·{}", field, step.extent, jump),
        "jump": _filled(now.jump, "{}·{}", jump, step.stride),
        "before": _filled(now.effective_padding, "{} + {}·{}", padding, step.before, jump)
        if known
        else "",
        "start": "" if now.start is None else _joined(now.start),
        "fits": "" if now.fits is None else (_("yes") if all(now.fits) else _("no")),
    }


def _filled(result: Pair | None, formula: str, *parts: Pair | None) -> str:
    """A result and the numbers it is made of; for both axes where they differ."""
    columns = [pair or (0, 0) for pair in (result, *parts)]
    down, across = (
        f"{pairs[0]} = {formula.format(*pairs[1:])}" for pairs in zip(*columns, strict=True)
    )
    return down if down == across else f"{down} × {across}"


def _joined(pair: tuple[float, float]) -> str:
    return "×".join(f"{value:g}" for value in pair)


def begin_at_step() -> None:
    """Where the link says no layer, choose that of its step, or the first; not where it names a unit or a pixel.

    Call before the controls are drawn.
    """
    if UNIT in st.query_params or PIXEL in st.query_params:
        return
    step = whole_in(st.query_params.get("step", "")) or 0
    stack_state.begin_at(step // receptive_scene(ONE, ONE).steps_per_visit)


def recurrence_steps(pixels: Pixels, shown: Shown, code: ReceptiveField) -> None:
    """Step through the layers, with the slider for them; the page asks for the axis where the two differ."""
    steps = [record.step for record in shown.records]
    differ = any(
        each.extent[0] != each.extent[1] or each.stride[0] != each.stride[1] for each in steps
    )
    axis = AXES.index(link.choice(_("Axis"), "axis", AXES)) if differ else 0
    nested = _nested(shown)
    scene = receptive_scene(
        [each.extent[axis] for each in steps],
        [each.stride[axis] for each in steps],
        growing_photo(pixels, shown, nested),
    )
    about = [f"{_('Receptive field')} · {_('Layer by layer')}"]
    together = _with_slider(shown.index, nested[1:])
    step_view(scene, "receptive-field", lambda: code, about=about, together=together)


def _with_slider(index: int, units: Sequence[Pair]) -> Together:
    """How the stepper and the slider for the layers move together; a picked unit goes on with them."""
    picked = is_picked(UNIT)

    def choose(visit: int) -> None:
        stack_state.choose(visit)
        if picked:
            take_unit(units[visit])

    layers = [{stack_state.CHOSEN: str(visit + 1)} for visit in range(len(units))]
    said = [{UNIT: text_of(unit)} if picked else {} for unit in units]
    notes = [one | two for one, two in zip(layers, said, strict=True)]
    return Together(index, stack_state.held, choose, notes)


def _nested(shown: Shown) -> list[Pair]:
    """A pixel and a unit of each layer, through the unit picked, or through the middle of the last map."""
    index = shown.index if is_picked(UNIT) else len(shown.layers) - 1
    unit = picked_unit(known(shown.records[index].output_size))
    return nested_units(shown.layers, unit, index, shown.size)


def growing_photo(pixels: Pixels, shown: Shown, nested: Sequence[Pair]) -> ScenePhoto:
    """The photo with the field of one unit of each layer, each inside the next."""
    (row, column), *units = nested
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
    return f"{pair[0]:g}" if pair[0] == pair[1] else _joined(pair)
