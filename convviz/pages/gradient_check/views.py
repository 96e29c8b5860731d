"""The views of the Gradient check page: each element's error, and the largest for every step."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.export.code import GradientCheck
from convviz.lessons.case import Case
from convviz.lessons.check import Checked, worst
from convviz.ops.types import Array
from convviz.pages.gradient_check.cached import error_curve
from convviz.pages.gradient_check.controls import STEPS
from convviz.pages.gradient_check.words import case_line, curve_sentence
from convviz.pictures.errors import error_cells, error_curves, error_scale
from convviz.text.i18n import _
from convviz.ui.view import CellsPart, ChartPart, Part, ScalePart, View

ROWS, CELL, WRITTEN = 336, 33, 27  # screen pixels: of all rows, of one, and of one with numbers
MIN_WIDTH = 8  # columns of numbers that a heading is wide
DTYPES = ("float64", "float32")


def elements_view(case: Case, checked: list[Checked], said: str) -> None:
    """A heat map for each gradient, below the scale with the rule of thumb; `said` is the verdict."""
    bands = (_("happy"), _("fine\nwith kinks"), _("doubtful"), _("wrong, or\nunreliable"))
    note = _(
        "{elements} cells with the power of ten of |a − n| / max(1e-8, |a| + |n|), n = (f(x + h) − f(x − h)) "
        "/ 2h; = where a and n are equal."
    ).format(elements=sum(one.errors.size for one in checked))
    error = f"{_('Largest relative error')}: {worst(checked):.2e}"
    gradients = [_gradient(one) for one in checked]
    scale = ScalePart(error_scale(worst(checked), bands), "scale")
    widths = [max(MIN_WIDTH, part.cells.values.shape[1]) for part in gradients]
    view = _view(_("Each element"), case, checked, [[scale], gradients], [error, said, note])
    view.show([1], widths)
    st.caption(note)


def curve_view(case: Case, checked: list[Checked]) -> None:
    """The largest error for every step, in both precisions."""
    curves = {dtype: error_curve(case, dtype, STEPS) for dtype in DTYPES}
    chart = error_curves(STEPS, curves, (case.dtype, case.step))
    said = curve_sentence(case)
    part = ChartPart(chart, "curve", height=410, size=(860, 480))
    _view(_("Error against h"), case, checked, [[part]], [said]).show()
    st.caption(said)


def _view(
    title: str, case: Case, checked: list[Checked], rows: Sequence[Sequence[Part]], said: list[str]
) -> View:
    """A view with what both have in common: both gradients of each input as arrays, and the check as code."""

    def arrays() -> dict[str, Array]:
        return {
            f"d{one.name}_{kind}": getattr(one, kind)
            for one in checked
            for kind in ("analytic", "numeric", "errors")
        }

    names = [_("Gradient check"), title]
    said = [case_line(case), *said]
    return View(names, "gradient-check", rows, said, arrays, lambda: GradientCheck(case))


def _gradient(one: Checked) -> CellsPart:
    """One gradient as a heat map of errors."""
    name, title = f"d{one.name}", _("**d{name}** {shape}, at most {error:.2e}")
    parts = {
        _("analytic"): one.analytic,
        _("numeric"): one.numeric,
        _("relative error"): one.errors,
    }
    said = title.format(name=one.name, shape=one.errors.shape, error=one.errors.max())
    return CellsPart(error_cells(name, parts), name, said, ROWS, CELL, WRITTEN)
