"""The case that reveals a bug, as grids of numbers with the wrong cells marked."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.export.code import ClassicBug
from convviz.lessons.lesson import Lesson
from convviz.ops.types import Array
from convviz.pictures.screen.numbers import numbers_figure
from convviz.text.i18n import _, ngettext
from convviz.text.prose import number
from convviz.ui.giving.exports import offer_arrays, offer_code
from convviz.ui.theme import is_dark

HEIGHT = 214  # pixels of a grid
PASSED, FAILED = ":green[✓]", ":red[✗]"


@dataclass(frozen=True, eq=False)
class BugGrid:
    """An array with one plane, what it is called, and how it is drawn.

    Parameters
    ----------
    title
        In the language in use.
    values
        Shape (1, 1, rows, columns); a wrong slice may have left nothing.
    limit
        Of the signed colour scale.
    marked
        The wrong cells; None for none.
    """

    title: str
    values: Array
    limit: float
    marked: npt.NDArray[np.bool_] | None = None

    @property
    def said(self) -> str:
        """Its size and sum."""
        rows, columns = self.values.shape[2:]
        return _("{rows}×{columns}, sum {total}").format(
            rows=rows, columns=columns, total=number(self.values.sum())
        )


def revealed(lesson: Lesson) -> list[BugGrid]:
    """The input that reveals the bug, dx of both functions, and their difference where there is one."""
    right, buggy = lesson.gradients()
    x = lesson.revealing()[1][0]
    limit = float(np.abs(right).max())
    comparable = right.shape == buggy.shape
    wrong = (right != buggy)[0, 0] if comparable else None
    grids = [
        BugGrid(_("x"), x, float(np.abs(x).max())),
        BugGrid(_("dx, buggy"), buggy, limit, wrong),
        BugGrid(_("dx, right"), right, limit),
    ]
    if comparable:
        grids.append(BugGrid(_("Buggy − right"), buggy - right, limit, wrong))
    return grids


def show_revealed(lesson: Lesson) -> None:
    """Draw the case that reveals the bug."""
    x, buggy, right = (grid.values for grid in revealed(lesson)[:3])
    offer_arrays(lambda: {"x": x, "dx_right": right, "dx_buggy": buggy}, "classic-bug")
    offer_code(lambda: ClassicBug(lesson), "classic-bug")
    title, case = _("The case that reveals it:"), _(lesson.case)
    st.markdown(f"**{title}** {case}. {FAILED} **{failure(lesson)}**")
    for column, grid in zip(st.columns(4), revealed(lesson), strict=False):
        with column:
            _grid(grid)


def failure(lesson: Lesson) -> str:
    """How the buggy function fails in that case."""
    wrong = revealed(lesson)[1].marked
    if wrong is None:
        return _("The buggy version fails: dx is empty.")
    return ngettext(
        "The buggy version fails: {count} cell of dx is wrong.",
        "The buggy version fails: {count} cells of dx are wrong.",
        int(wrong.sum()),
    )


def _grid(grid: BugGrid) -> None:
    """One plane; an empty one has nothing to draw."""
    st.markdown(f"**{grid.title}** {grid.said}")
    if grid.values.size == 0:
        st.error(_("Empty: no gradient reaches x."))
        return
    figure = numbers_figure(
        grid.values[0, 0], dark=is_dark(), limit=grid.limit, most=HEIGHT, marked=grid.marked
    )
    st.plotly_chart(figure, key=grid.title, theme=None, config={"displayModeBar": False})
