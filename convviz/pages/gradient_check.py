"""The Gradient check page: every element of every gradient against centred differences."""

from __future__ import annotations

import streamlit as st

from convviz.i18n import N_, _
from convviz.lessons.check import worst
from convviz.ui import link
from convviz.ui.cache_check import checked_case, judged_case
from convviz.ui.check_controls import check_controls
from convviz.ui.check_views import curve_view, elements_view, offer_check
from convviz.ui.check_words import verdict_text
from convviz.ui.parts import show_notes

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
    offer_check(case, checked)
    if view == ELEMENTS:
        elements_view(case, checked, said)
    else:
        curve_view(case)
