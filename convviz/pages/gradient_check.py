"""The Gradient check page: every element of every gradient against centred differences."""

from __future__ import annotations

import streamlit as st

from convviz.i18n import N_, _
from convviz.lessons.check import verdict, worst
from convviz.ui import link
from convviz.ui.cache_check import checked_case
from convviz.ui.check_controls import check_controls
from convviz.ui.check_views import curve_view, elements_view
from convviz.ui.check_words import kinks_sentence, reason
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
        st.markdown(f"**{_(verdict(largest))}** {kinks_sentence(case) or reason(case, largest)}")
        st.markdown(
            _(
                "{elements} elements, each moved by ±h: (f(x + h) − f(x − h)) / 2h against the backward pass. "
                "Relative error |a − n| / max(1e-8, |a| + |n|)."
            ).format(elements=sum(one.errors.size for one in checked))
        )
    if view == ELEMENTS:
        elements_view(checked)
    else:
        curve_view(case)
