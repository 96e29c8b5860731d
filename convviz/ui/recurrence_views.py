"""The recurrence of the Receptive field page: as a table beside its growth, and as a loop one layer at a time."""

from __future__ import annotations

import streamlit as st

from convviz.export.code import ReceptiveField
from convviz.figures.receptive import growth_figure
from convviz.i18n import N_, _
from convviz.ops.receptive import LayerField
from convviz.ops.receptive.recurrence import unstrided
from convviz.trace.receptive import receptive_scene
from convviz.ui import link, stack_state
from convviz.ui.field_picture import offer_recurrence_picture
from convviz.ui.receptive_controls import ReceptiveSettings
from convviz.ui.recurrence_table import recurrence_table
from convviz.ui.step_view import step_view as stepped
from convviz.ui.theme import is_dark

AXES = (N_("Height"), N_("Width"))
TABLE_HEIGHT, CHART_HEIGHT = 300, 290


def table_view(settings: ReceptiveSettings, records: list[LayerField]) -> None:
    """The recurrence with its numbers filled in, and the growth of the field beneath."""
    picked = recurrence_table(settings.layers, records, settings.index, TABLE_HEIGHT)
    if picked is not None:
        stack_state.choose(picked)
        st.rerun()
    labels = {
        "depth": _("Depth (layers)"),
        "field": _("Field (pixels)"),
        "strided": _("With these strides"),
        "unstrided": _("If every stride were 1"),
    }
    offer_recurrence_picture(settings, records, labels)
    figure = growth_figure(
        [layer.name for layer in settings.layers],
        [max(record.receptive_field) for record in records],
        [max(record.receptive_field) for record in unstrided(settings.layers)],
        settings.index,
        labels,
        is_dark(),
        CHART_HEIGHT,
    )
    st.plotly_chart(figure, key="growth", theme=None, config={"displayModeBar": False})


def step_view(records: list[LayerField], code: ReceptiveField) -> None:
    """The recurrence as a loop, one layer at a time; the axis is asked for where the two differ."""
    steps = [record.step for record in records]
    differ = any(
        each.extent[0] != each.extent[1] or each.stride[0] != each.stride[1] for each in steps
    )
    axis = AXES.index(link.choice(_("Axis"), "axis", AXES)) if differ else 0
    scene = receptive_scene(
        [each.extent[axis] for each in steps], [each.stride[axis] for each in steps]
    )
    stepped(scene, "receptive-field", lambda: code)
