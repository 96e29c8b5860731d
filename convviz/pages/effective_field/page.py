"""The Effective field page: how much each pixel really counts for a unit, against what it could see."""

from __future__ import annotations

import streamlit as st

from convviz.browser.picture import Lattice, show_map, show_photo
from convviz.ops.errors import SpecError
from convviz.pages.effective_field.controls import EffectiveSettings, effective_controls
from convviz.pages.effective_field.exports import offer_effective
from convviz.pages.effective_field.picture import offer_growth_picture, offer_photo_picture
from convviz.pages.effective_field.views import (
    Measured,
    effective_sentence,
    frame_of_field,
    measure,
    network_sentence,
    photo_overlay,
    widths,
)
from convviz.pictures.receptive import effective_growth_chart, profile_chart
from convviz.text.i18n import N_, _, explain
from convviz.ui.cache_receptive import field_growth
from convviz.ui.parts import show_notes
from convviz.ui.state import link
from convviz.ui.view import ChartPart

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
        st.error(explain(error))
        return
    measured = measure(settings)
    view_column, said = st.columns([4, 7], vertical_alignment="center")
    with view_column:
        view = link.choice(_("View"), "view", [PHOTO, GROWTH], show_label=False)
    show_notes()
    said.markdown(effective_sentence(measured))
    if sentence := network_sentence(settings):
        st.caption(sentence)
    offer_effective(settings, measured)
    if view == PHOTO:
        _photo_view(settings, measured)
    else:
        _growth_view(settings, measured)


def _photo_view(settings: EffectiveSettings, measured: Measured) -> None:
    """The photo lit as strongly as each pixel counts, beside the profile with its Gaussian."""
    detail = _("lit as each pixel counts. Boxes: theoretical field, and ±2σ")
    profile = None
    if measured.fit:
        field = (measured.field.unclipped[1], measured.field.unclipped[3])
        chart = profile_chart(measured.columns, measured.fit, field)
        profile = ChartPart(chart, "profile", CHART_HEIGHT)
    offer_photo_picture(settings, measured, detail, profile)
    left, right = st.columns(2)
    with left:
        show_photo(
            settings.pixels,
            key="effective photo",
            title=_(settings.photo.name),
            detail=detail,
            lattice=LATTICE,
            box=None,
            padding=frame_of_field(measured),
            group=GROUP,
            overlay=photo_overlay(measured),
            below=BELOW,
        )
    if profile:
        with right:
            profile.show()


def _growth_view(settings: EffectiveSettings, measured: Measured) -> None:
    """The gradient itself, beside the growth of both fields with depth."""
    left, right = st.columns(2)
    with left:
        show_map(
            measured.influence.astype("float32"),
            key="effective map",
            title=_("Mean absolute gradient"),
            detail=f"{settings.side}×{settings.side}",
            lattice=LATTICE,
            box=None,
            group=GROUP,
            below=BELOW + CAPTION * bool(settings.subject),
        )
    # How equal means grow with depth says nothing of a trained network.
    growth = None
    if not settings.subject:
        rows, here = field_growth(settings.kernel), widths(settings, measured)
        chart = effective_growth_chart(rows, here, settings.kernel)
        growth = ChartPart(chart, "root growth", CHART_HEIGHT)
    offer_growth_picture(settings, measured, growth)
    if growth:
        with right:
            growth.show()
