"""The Receptive field page: a stack of layers, and what each unit of each of its maps sees of the photo."""

from __future__ import annotations

import streamlit as st

from convviz.figures.receptive import growth_figure
from convviz.i18n import N_, _, explain
from convviz.layers import show_layers
from convviz.ops.errors import SpecError
from convviz.ops.receptive import LayerField, receptive_field
from convviz.ops.receptive.recurrence import unstrided
from convviz.picture import Overlay, show_photo, show_units
from convviz.ui import link, stack_state
from convviz.ui.field_view import field_link, frame_of, layer_maps, seen
from convviz.ui.parts import page_style, show_notes
from convviz.ui.picked import PIXEL, UNIT, pick
from convviz.ui.receptive_controls import ReceptiveSettings, receptive_controls
from convviz.ui.recurrence_table import recurrence_table
from convviz.ui.shown import Shown
from convviz.ui.theme import is_dark

FIELD, TABLE = N_("Field on the photo"), N_("Table and growth")
GROUP = "receptive field"
BELOW = 395  # screen pixels around the photo: navigation and sentences above, the row of maps below
TABLE_HEIGHT, CHART_HEIGHT = 300, 290


def render() -> None:
    """Draw the page."""
    page_style()
    link.read_link()
    settings = receptive_controls()
    view_column, said = st.columns([4, 5], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [FIELD, TABLE], show_label=False)
    show_notes()
    try:
        records = receptive_field(settings.layers, settings.size)
    except SpecError as error:
        st.error(explain(error))
        records, view = receptive_field(settings.layers), TABLE
    if view == TABLE:
        _table_view(settings, records)
    else:
        shown = Shown(settings.size, settings.layers, records, settings.index)
        sentence, overlays = seen(shown, settings.neighbour)
        said.markdown(sentence)
        _field_view(settings, shown, overlays)


def _field_view(settings: ReceptiveSettings, shown: Shown, overlays: list[Overlay]) -> None:
    """The photo beside the chosen layer's map, and the maps of all layers beneath."""
    maps = layer_maps(settings, shown, overlays[1:])
    this = maps[shown.index]
    left, right = st.columns(2)
    with left:
        pixel = show_photo(
            settings.pixels,
            key="field photo",
            title=_(settings.photo.name),
            detail=f"{shown.size[0]}×{shown.size[1]}",
            link=field_link(shown.record),
            box=None,
            padding=frame_of(shown),
            group=GROUP,
            overlay=overlays[0],
            below=BELOW,
        )
    with right:
        unit = show_units(
            this.values,
            key="field units",
            title=this.title,
            detail=this.detail,
            link=this.link,
            overlay=this.overlay,
            group=GROUP,
            below=BELOW,
        )
    anywhere = show_layers(maps, shown.index, key="field layers", group=GROUP)
    if anywhere:
        stack_state.choose(anywhere[0])
        pick(UNIT, anywhere[1:])
    if unit:
        pick(UNIT, unit)
    if pixel:
        pick(PIXEL, pixel)


def _table_view(settings: ReceptiveSettings, records: list[LayerField]) -> None:
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
