"""The Gradient check page: every element of every gradient against centred differences."""

from __future__ import annotations

import streamlit as st

from convviz.lessons.check import worst
from convviz.pages.gradient_check.cached import checked_case, judged_case
from convviz.pages.gradient_check.controls import check_controls
from convviz.pages.gradient_check.views import curve_view, elements_view
from convviz.pages.gradient_check.words import verdict_text
from convviz.text.i18n import N_, _
from convviz.ui.parts import show_notes
from convviz.ui.state import link

ELEMENTS, CURVE = N_("Each element"), N_("Error against h")


def render() -> None:
    """Draw the page."""
    link.read_link()
    case = check_controls()
    checked = checked_case(case)
    largest = worst(checked)
    summary, explanation = st.columns([4, 5])
    with summary:
        view = link.choice(_("View"), "view", [ELEMENTS, CURVE], show_label=False)
        st.metric(_("Largest relative error"), f"{largest:.2e}")
    show_notes()
    with explanation:
        said = verdict_text(case, judged_case(case))
        st.markdown(said)
    if view == ELEMENTS:
        elements_view(case, checked, said)
    else:
        curve_view(case, checked)
