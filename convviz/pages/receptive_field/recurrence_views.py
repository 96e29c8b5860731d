"""The recurrence of the Receptive field page as a table, and its growth beneath."""

from __future__ import annotations

import streamlit as st

from convviz.ops.receptive import LayerField
from convviz.ops.receptive.recurrence import unstrided
from convviz.pages.receptive_field import stack_state
from convviz.pages.receptive_field.controls import ReceptiveSettings
from convviz.pages.receptive_field.picture import offer_recurrence_picture
from convviz.pages.receptive_field.recurrence_table import extent_sentence, recurrence_table
from convviz.pictures.receptive import field_growth_chart
from convviz.ui.view import ChartPart

TABLE_HEIGHT, CHART_HEIGHT, CHART_SIZE = 290, 270, (860, 380)


def table_view(settings: ReceptiveSettings, records: list[LayerField]) -> None:
    """The recurrence with its numbers filled in, and the growth of the field beneath."""
    picked = recurrence_table(settings.layers, records, settings.index, TABLE_HEIGHT)
    if picked is not None:
        stack_state.choose(picked)
        st.rerun()
    st.caption(extent_sentence())
    chart = field_growth_chart(
        [layer.name for layer in settings.layers],
        [max(record.receptive_field) for record in records],
        [max(record.receptive_field) for record in unstrided(settings.layers)],
        settings.index,
    )
    growth = ChartPart(chart, "growth", CHART_HEIGHT, CHART_SIZE)
    offer_recurrence_picture(settings, records, growth)
    growth.show()
