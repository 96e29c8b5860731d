"""The case that reveals a bug, as grids of numbers with the wrong cells marked."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.figures.numbers import numbers_figure
from convviz.i18n import _, ngettext
from convviz.lessons.lesson import Lesson
from convviz.prose import number
from convviz.ui.exports import offer_arrays
from convviz.ui.theme import is_dark

HEIGHT = 214  # pixels of a grid
PASSED, FAILED = ":green[✓]", ":red[✗]"

Array = npt.NDArray[Any]


def show_revealed(lesson: Lesson) -> None:
    """The input that reveals the bug, dx of both functions, and their difference."""
    right, buggy = lesson.gradients()
    x = lesson.revealing()[1][0]
    offer_arrays(lambda: {"x": x, "dx_right": right, "dx_buggy": buggy}, "classic-bug")
    limit = float(np.abs(right).max())
    comparable = right.shape == buggy.shape
    wrong = (right != buggy)[0, 0] if comparable else None
    title, case = _("The case that reveals it:"), _(lesson.case)
    st.markdown(f"**{title}** {case}. {FAILED} **{_failure(wrong)}**")
    grids = [
        (_("x"), x, float(np.abs(x).max()), None),
        (_("dx, buggy"), buggy, limit, wrong),
        (_("dx, right"), right, limit, None),
    ]
    if comparable:
        grids.append((_("Buggy − right"), buggy - right, limit, wrong))
    for column, grid in zip(st.columns(4), grids, strict=False):
        with column:
            _grid(*grid)


def _failure(wrong: npt.NDArray[np.bool_] | None) -> str:
    """How the buggy function fails; None where its dx has not even x's shape."""
    if wrong is None:
        return _("Buggy fails: dx is empty.")
    return ngettext(
        "Buggy fails: {count} cell of dx is wrong.",
        "Buggy fails: {count} cells of dx are wrong.",
        int(wrong.sum()),
    )


def _grid(title: str, values: Array, limit: float, marked: npt.NDArray[np.bool_] | None) -> None:
    """One plane with its size and sum; an empty one has nothing to draw."""
    rows, columns = values.shape[2:]
    said = _("{rows}×{columns}, sum {total}").format(
        rows=rows, columns=columns, total=number(values.sum())
    )
    st.markdown(f"**{title}** {said}")
    if values.size == 0:
        st.error(_("Empty: no gradient reaches x at all."))
        return
    figure = numbers_figure(values[0, 0], dark=is_dark(), limit=limit, most=HEIGHT, marked=marked)
    st.plotly_chart(figure, key=title, theme=None, config={"displayModeBar": False})
