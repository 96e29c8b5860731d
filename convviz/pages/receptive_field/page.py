"""The Receptive field page: a stack of layers, and what each unit of each of its maps sees of the photo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial

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
from convviz.pages.receptive_field.recurrence import (
    begin_at_step,
    field_arrays,
    recurrence_steps,
    table_view,
)
from convviz.pages.receptive_field.words import maps_sentence
from convviz.photos.images import Photo
from convviz.pictures.paper.raster import SIDE
from convviz.text.i18n import N_, _
from convviz.ui.inputs.photos import one_image
from convviz.ui.parts import show_notes
from convviz.ui.saying import say_error
from convviz.ui.shown import Shown
from convviz.ui.state import link, live
from convviz.ui.view import LayersPart, PhotoPart, View

FIELD, TABLE, STEPS = N_("Field on the photo"), N_("Table and growth"), N_("Layer by layer")
NAME = "receptive-field"
BELOW = 395  # screen pixels around the photo: navigation and sentences above, the row of maps below


@dataclass(frozen=True)
class Chosen:
    """What the page shows."""

    settings: ReceptiveSettings
    shown: Shown | None  # None where the photo is too small for the stack
    refused: SpecError | None = None  # why it is


def render() -> None:
    """Draw the page."""
    link.read_link()
    with st.sidebar:
        photo = one_image()
    view_column, said = st.columns([4, 5], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [FIELD, TABLE, STEPS], show_label=False)
    show_notes()
    if view == STEPS:
        begin_at_step()
    if view == FIELD:
        live.show(partial(_choose, photo), _field, _say, said)
    else:
        _table_or_steps(_choose(photo), view)


def _choose(photo: Photo) -> Chosen:
    """Draw the controls; return what was chosen, and what it makes of the photo."""
    settings = receptive_controls(photo)
    try:
        records = receptive_field(settings.layers, settings.size)
    except SpecError as error:
        live.move_control()  # what says so is not drawn by a live run
        return Chosen(settings, None, error)
    shown = Shown(settings.size, settings.layers, records, settings.index)
    check_picks(shown.layers[shown.index].name, shown.map_size, shown.size)
    return Chosen(settings, shown)


def _table_or_steps(chosen: Chosen, view: str) -> None:
    """The recurrence: its table, which also tells what is wrong where the photo is too small, or its loop."""
    settings, shown = chosen.settings, chosen.shown
    code = _code(shown) if shown else None
    if chosen.refused:
        say_error(chosen.refused)
    if view == STEPS and shown and code:
        return recurrence_steps(settings.pixels, shown, code)
    records = shown.records if shown else receptive_field(settings.layers)
    return table_view(settings, records, code)


def _code(shown: Shown) -> ReceptiveField:
    return ReceptiveField(shown.layers, shown.size, shown.index, picked_unit(shown.map_size))


def _say(chosen: Chosen) -> list[str]:
    """What the unit or the pixel picked sees, or who sees it."""
    shown = chosen.shown
    return [seen(shown, chosen.settings.neighbour)[0]] if shown else []


def _field(chosen: Chosen) -> None:
    """The field on the photo; where the photo is too small, why."""
    if chosen.shown is None:
        return _table_or_steps(chosen, TABLE)
    _field_view(chosen.settings, chosen.shown)
    if not live.reads():
        st.caption(maps_sentence())
    return None


def _field_view(
    settings: ReceptiveSettings,
    shown: Shown,
) -> None:
    """The photo beside the chosen layer's map, and the maps of all layers beneath."""
    sentence, overlays = seen(shown, settings.neighbour)
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
        lambda: _code(shown),
    ).show()
    if anywhere:
        stack_state.choose(anywhere[0])
        pick(UNIT, anywhere[1:])
    if unit:
        pick(UNIT, unit)
    if pixel:
        pick(PIXEL, pixel)
