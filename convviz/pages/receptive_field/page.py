"""The Receptive field page: a stack of layers, and what each unit of each of its maps sees of the photo."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from convviz.export.code import ReceptiveField
from convviz.ops.errors import SpecError
from convviz.ops.receptive import receptive_field
from convviz.pages.receptive_field import stack_state
from convviz.pages.receptive_field.controls import ReceptiveSettings, receptive_controls
from convviz.pages.receptive_field.field_view import (
    GROUP,
    field_lattice,
    frame_of,
    layer_maps,
    seen,
)
from convviz.pages.receptive_field.picked import PIXEL, UNIT, check_picks, pick, picked_unit
from convviz.pages.receptive_field.recurrence import field_arrays, recurrence_steps, table_view
from convviz.pages.receptive_field.words import maps_sentence
from convviz.pictures.overlay import Overlay
from convviz.pictures.paper.raster import SIDE
from convviz.text.i18n import N_, _, explain
from convviz.ui.parts import show_notes
from convviz.ui.shown import Shown
from convviz.ui.state import link
from convviz.ui.view import LayersPart, PhotoPart, View

FIELD, TABLE, STEPS = N_("Field on the photo"), N_("Table and growth"), N_("Layer by layer")
NAME = "receptive-field"
BELOW = 395  # screen pixels around the photo: navigation and sentences above, the row of maps below


def render() -> None:
    """Draw the page."""
    link.read_link()
    settings = receptive_controls()
    view_column, said = st.columns([4, 5], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [FIELD, TABLE, STEPS], show_label=False)
    show_notes()
    try:
        records = receptive_field(settings.layers, settings.size)
    except SpecError as error:
        st.error(explain(error))
        records = receptive_field(settings.layers)
        return table_view(settings, records)
    shown = Shown(settings.size, settings.layers, records, settings.index)
    check_picks(shown.layers[shown.index].name, shown.map_size, shown.size)
    code = ReceptiveField(shown.layers, shown.size, shown.index, picked_unit(shown.map_size))
    if view == STEPS:
        return recurrence_steps(settings.pixels, shown, code)
    if view == TABLE:
        return table_view(settings, records, code)
    sentence, overlays = seen(shown, settings.neighbour)
    said.markdown(sentence)
    return _field_view(settings, shown, code, sentence, overlays)


def _field_view(
    settings: ReceptiveSettings,
    shown: Shown,
    code: ReceptiveField,
    sentence: str,
    overlays: list[Overlay],
) -> None:
    """The photo beside the chosen layer's map, and the maps of all layers beneath."""
    maps = layer_maps(settings, shown, overlays[1:])
    photo = PhotoPart(
        settings.pixels,
        "field photo",
        _(settings.photo.name),
        field_lattice(shown, shown.index),
        padding=frame_of(shown),
        overlay=overlays[0],
        group=GROUP,
        below=BELOW,
    )
    units = replace(maps[shown.index], key="field units", below=BELOW, side=SIDE)
    layers = LayersPart(maps, shown.index, "field layers", GROUP)
    said = [settings.line, sentence, maps_sentence()]
    arrays = field_arrays(shown.records)
    pixel, unit, anywhere = View(
        [_("Receptive field"), _(FIELD)],
        NAME,
        [[photo, units], [layers]],
        said,
        arrays,
        lambda: code,
    ).show()
    if anywhere:
        stack_state.choose(anywhere[0])
        pick(UNIT, anywhere[1:])
    if unit:
        pick(UNIT, unit)
    if pixel:
        pick(PIXEL, pixel)
    st.caption(maps_sentence())
