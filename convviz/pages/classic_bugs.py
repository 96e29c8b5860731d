"""The Classic bugs page: three lines that pass the course's checks and are wrong."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.figures.numbers import numbers_figure
from convviz.i18n import _
from convviz.lessons.lesson import LESSONS, Lesson
from convviz.ui import link
from convviz.ui.exports import offer_arrays
from convviz.ui.parts import page_style, show_notes
from convviz.ui.theme import is_dark

NAMES = [lesson.name for lesson in LESSONS]
HEIGHT = 250  # pixels of a grid


def render() -> None:
    """Draw the page."""
    page_style()
    link.read_link()
    name = link.choice(_("Bug"), "bug", NAMES, show_label=False)
    lesson = LESSONS[NAMES.index(name)]
    show_notes()
    st.markdown(_(lesson.why))
    passed = _errors(lesson.name)
    code = lesson.excerpts()
    for column, k, title in zip(st.columns(2), (1, 0), (_("Buggy"), _("Right")), strict=True):
        with column:
            _function(title, code[k], passed[k])
    _revealed(lesson)


@st.cache_data(show_spinner=False)
def _errors(name: str) -> tuple[dict[str, float], dict[str, float]]:
    """Relative errors of the right and of the buggy function, in the course's own check."""
    lesson = LESSONS[NAMES.index(name)]
    return lesson.course_check(lesson.right), lesson.course_check(lesson.buggy)


def _function(title: str, code: str, errors: dict[str, float]) -> None:
    """A function's lines, and how it does in the notebook's check."""
    said = ", ".join(f"{name} {error:.2e}" for name, error in errors.items())
    st.markdown(
        _("**{title}** passes the course's own check, relative errors {errors}").format(
            title=title, errors=said
        )
    )
    st.code(code, language="python", wrap_lines=True)


def _revealed(lesson: Lesson) -> None:
    """Dx of both in the case that reveals the bug, and their difference."""
    right, buggy = lesson.gradients()
    offer_arrays(lambda: {"dx_right": right, "dx_buggy": buggy}, "classic-bug")
    st.markdown(
        "**{title}** {case}".format(title=_("The case that reveals it:"), case=_(lesson.case))
    )
    left, middle, last = st.columns(3)
    limit = float(np.abs(right).max())
    with left:
        _grid(_("dx, buggy"), buggy, limit, "buggy")
    with middle:
        _grid(_("dx, right"), right, limit, "right")
    with last:
        if right.shape == buggy.shape:
            _grid(_("Buggy − right"), buggy - right, limit, "difference")


def _grid(title: str, dx: npt.NDArray[np.float64], limit: float, key: str) -> None:
    """One plane of a gradient with its shape; an empty one has nothing to draw."""
    total = f"{dx.sum():g}".replace("-", "−")
    shape = _("shape {shape}, sum {total}").format(shape=dx.shape, total=total)
    st.markdown(f"**{title}** {shape}")
    if dx.size == 0:
        st.error(_("Empty: no gradient reaches x at all."))
        return
    figure = numbers_figure(dx[0, 0], dark=is_dark(), limit=limit, most=HEIGHT)
    st.plotly_chart(figure, key=key, theme=None, config={"displayModeBar": False})
