"""The Effective field page: how much each pixel really counts for a unit, against what it could see."""

from __future__ import annotations

import streamlit as st

from convviz.browser.picture import Lattice
from convviz.ops.errors import SpecError
from convviz.pages.effective_field.controls import EffectiveSettings, effective_controls
from convviz.pages.effective_field.measured import (
    Measured,
    effective_code,
    effective_sentence,
    frame_of_field,
    measure,
    network_sentence,
    photo_overlay,
    stack_line,
    widths,
)
from convviz.pictures.receptive import effective_growth_chart, profile_chart
from convviz.text.i18n import N_, _
from convviz.ui.cache_receptive import field_growth
from convviz.ui.parts import show_notes
from convviz.ui.saying import say_error
from convviz.ui.state import link
from convviz.ui.view import ChartPart, MapPart, Part, PhotoPart, View

LATTICE = Lattice((0, 0), (1, 1), (1, 1))
GROUP = "effective field"
PHOTO, GROWTH = N_("On the photo"), N_("Gradient and growth")
BELOW, CHART_HEIGHT = 230, 480
CAPTION = 62  # screen pixels of the sentence on a trained network


def render() -> None:
    """Draw the page."""
    link.read_link()
    try:
        settings = effective_controls()
    except SpecError as error:
        say_error(error)
        return
    measured = measure(settings)
    view_column, said = st.columns([4, 7], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [PHOTO, GROWTH], show_label=False)
    show_notes()
    said.markdown(effective_sentence(measured))
    if sentence := network_sentence(settings):
        st.caption(sentence)
    parts = (_photo_view if view == PHOTO else _growth_view)(settings, measured)
    arrays = {"influence": measured.influence, "columns": measured.columns}
    View(
        [_("Effective field"), _(view)],
        "effective-field",
        [parts],
        [stack_line(settings), effective_sentence(measured)],
        lambda: arrays,
        lambda: effective_code(settings),
    ).show([1, 1])


def _photo_view(settings: EffectiveSettings, measured: Measured) -> list[Part]:
    """The photo lit as strongly as each pixel counts, beside the profile with its Gaussian."""
    photo = PhotoPart(
        settings.pixels,
        "effective photo",
        _(settings.photo.name),
        LATTICE,
        _("brighter where a pixel counts more. Boxes: theoretical field and ±2σ"),
        padding=frame_of_field(measured),
        group=GROUP,
        overlay=photo_overlay(measured),
        below=BELOW,
    )
    if not measured.fit:
        return [photo]
    field = (measured.field.unclipped[1], measured.field.unclipped[3])
    chart = profile_chart(measured.columns, measured.fit, field)
    return [photo, ChartPart(chart, "profile", CHART_HEIGHT)]


def _growth_view(settings: EffectiveSettings, measured: Measured) -> list[Part]:
    """The gradient itself, beside the growth of both fields with depth."""
    gradient = MapPart(
        measured.influence,
        "effective map",
        _("Mean absolute gradient"),
        LATTICE,
        group=GROUP,
        below=BELOW + CAPTION * bool(settings.subject),
    )
    if settings.subject:  # how equal means grow with depth says nothing of a trained network
        return [gradient]
    rows, here = field_growth(settings.kernel), widths(settings, measured)
    chart = effective_growth_chart(rows, here, settings.kernel)
    return [gradient, ChartPart(chart, "root growth", CHART_HEIGHT)]
