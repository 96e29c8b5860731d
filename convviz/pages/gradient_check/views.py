"""The views of the Gradient check page: each element's error, and the largest for every step."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
import streamlit as st

from convviz.export.code import GradientCheck
from convviz.lessons.case import Case
from convviz.lessons.check import Checked, worst
from convviz.pages.gradient_check.cached import error_curve
from convviz.pages.gradient_check.controls import STEPS
from convviz.pages.gradient_check.picture import offer_curve_picture, offer_elements_picture
from convviz.pages.gradient_check.words import curve_sentence
from convviz.pictures.screen.error_curve import curve_figure
from convviz.pictures.screen.error_scale import scale_figure
from convviz.pictures.screen.errors import errors_figure, tiled
from convviz.text.i18n import _
from convviz.ui.giving.exports import offer_arrays, offer_code
from convviz.ui.theme import is_dark

NAME = "gradient-check"
MIN_WIDTH = 8  # columns of numbers that a heading is wide
DTYPES = ("float64", "float32")
PLAIN = {"displayModeBar": False}


def offer_check(case: Case, checked: list[Checked]) -> None:
    """Both gradients of each input as arrays, and as code."""
    offer_arrays(lambda: _arrays(checked), NAME)
    offer_code(lambda: GradientCheck(case), NAME)


def elements_view(case: Case, checked: list[Checked], said: str) -> None:
    """A heat map for each gradient, below the scale with the rule of thumb; `said` is the verdict."""
    bands = (_("happy"), _("fine<br>with kinks"), _("doubtful"), _("wrong, or<br>unreliable"))
    note = _(
        "{elements} cells with the power of ten of |a − n| / max(1e-8, |a| + |n|), n = (f(x + h) − f(x − h)) "
        "/ 2h; = where a and n are equal."
    ).format(elements=sum(one.errors.size for one in checked))
    offer_elements_picture(
        case, checked, [band.replace("<br>", " ") for band in bands], [said, note]
    )
    scale = scale_figure(worst(checked), bands, dark=is_dark())
    st.plotly_chart(scale, key="scale", theme=None, config=PLAIN | {"staticPlot": True})
    widths = [max(MIN_WIDTH, tiled(one.errors).shape[1]) for one in checked]
    for column, one in zip(st.columns(widths), checked, strict=True):
        with column:
            _gradient(one)
    st.caption(note)


def curve_view(case: Case) -> None:
    """The largest error for every step, in both precisions."""
    curves = {dtype: error_curve(case, dtype, STEPS) for dtype in DTYPES}
    offer_curve_picture(case, STEPS, curves)
    labels = _("step h"), _("largest relative error")
    figure = curve_figure(STEPS, curves, (case.dtype, case.step), labels, dark=is_dark())
    st.plotly_chart(figure, key="curve", theme=None, config=PLAIN)
    st.caption(curve_sentence(case))


def _gradient(one: Checked) -> None:
    """One gradient as a heat map of errors."""
    st.markdown(
        _("**d{name}** {shape}, at most {error:.2e}").format(
            name=one.name, shape=one.analytic.shape, error=one.errors.max()
        )
    )
    parts = {
        _("analytic"): one.analytic,
        _("numeric"): one.numeric,
        _("relative error"): one.errors,
    }
    figure = errors_figure(f"d{one.name}", parts, dark=is_dark())
    st.plotly_chart(figure, key=f"d{one.name}", theme=None, config=PLAIN)


def _arrays(checked: list[Checked]) -> dict[str, npt.NDArray[Any]]:
    """Both gradients of each input, and the relative errors."""
    return {
        f"d{one.name}_{kind}": getattr(one, kind)
        for one in checked
        for kind in ("analytic", "numeric", "errors")
    }
