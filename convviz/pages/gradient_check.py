"""The Gradient check page: every element of every gradient against centred differences."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
import streamlit as st

from convviz.figures.errors import errors_figure
from convviz.i18n import _, ngettext
from convviz.lessons.check import Checked, check, near_kinks, tiled, verdict
from convviz.lessons.layers import Case
from convviz.ui import link
from convviz.ui.check_controls import check_controls
from convviz.ui.exports import offer_arrays
from convviz.ui.parts import page_style, show_notes
from convviz.ui.theme import is_dark

MIN_WIDTH = 8  # columns of numbers that a heading is wide


def render() -> None:
    """Draw the page."""
    page_style()
    link.read_link()
    case = check_controls()
    show_notes()
    checked = _checked(case)
    worst = max(float(one.errors.max()) for one in checked)
    elements = sum(one.errors.size for one in checked)
    summary, explanation = st.columns([2, 3])
    with summary:
        st.metric(_("Largest relative error"), f"{worst:.2e}")
    with explanation:
        st.markdown(f"**{_(verdict(worst))}**")
        st.markdown(
            _(
                "{elements} elements, each moved by ±h: (f(x + h) − f(x − h)) / 2h against the backward pass. "
                "Relative error |a − n| / max(1e-8, |a| + |n|)."
            ).format(elements=elements)
        )
        if reason := _reason(case, worst):
            st.caption(reason)
    offer_arrays(lambda: _arrays(checked), "gradient-check")
    widths = [max(MIN_WIDTH, tiled(one.errors).shape[1]) for one in checked]
    for column, one in zip(st.columns(widths), checked, strict=True):
        with column:
            _gradient(one)


@st.cache_data(max_entries=32, show_spinner=False)
def _checked(case: Case) -> list[Checked]:
    return check(case)


def _arrays(checked: list[Checked]) -> dict[str, npt.NDArray[Any]]:
    """Both gradients of each input, and the relative errors."""
    return {
        f"d{one.name}_{kind}": getattr(one, kind)
        for one in checked
        for kind in ("analytic", "numeric", "errors")
    }


def _reason(case: Case, worst: float) -> str:
    """What, besides a wrong gradient, makes the error as large as it is."""
    if count := near_kinks(case):
        return ngettext(
            "{count} place lies within h of a kink: the difference quotient straddles it.",
            "{count} places lie within h of a kink: the difference quotient straddles it.",
            count,
        )
    if worst <= 1e-7:
        return ""
    if case.dtype == "float32":
        return _(
            "float32 keeps about 7 digits, and a difference of two close numbers loses most of them."
        )
    if case.step >= 1e-3:
        return _("h is large: the error of a centred difference grows with h².")
    if case.step <= 1e-8:
        return _(
            "h is small: f(x + h) and f(x − h) agree in nearly all digits, and rounding is what is left."
        )
    return ""


def _gradient(one: Checked) -> None:
    """One gradient as a heat map of errors."""
    st.markdown(
        _("**d{name}** shape {shape}, largest error {error:.2e}").format(
            name=one.name, shape=one.analytic.shape, error=one.errors.max()
        )
    )
    labels = {"analytic": _("analytic"), "numeric": _("numeric"), "error": _("relative error")}
    figure = errors_figure(
        tiled(one.errors), tiled(one.analytic), tiled(one.numeric), labels, dark=is_dark()
    )
    st.plotly_chart(figure, key=f"d{one.name}", theme=None, config={"displayModeBar": False})
