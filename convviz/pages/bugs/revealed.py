"""The case that reveals a bug, as grids of numbers with the wrong cells marked."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.lessons.lesson import Lesson
from convviz.ops.types import Array
from convviz.pictures.cells import number_cells
from convviz.text.i18n import _, ngettext
from convviz.text.prose import number
from convviz.ui.view import CellsPart

HEIGHT = 160  # screen pixels of all rows of a grid


def revealed_arrays(lesson: Lesson) -> dict[str, Array]:
    """The input that reveals the bug, and the gradient of both functions, each of one plane."""
    right, buggy = lesson.gradients()
    return {"x": lesson.revealing()[1][0], "dx_right": right, "dx_buggy": buggy}


def wrong_cells(lesson: Lesson) -> npt.NDArray[np.bool_] | None:
    """Which cells of the buggy gradient are wrong; None where a wrong slice has left nothing to compare."""
    right, buggy = lesson.gradients()
    return (right != buggy)[0, 0] if right.shape == buggy.shape else None


def failure(lesson: Lesson) -> str:
    """How the buggy function fails in that case."""
    wrong = wrong_cells(lesson)
    if wrong is None:
        return _("The buggy dx is empty.")
    return ngettext(
        "The buggy dx has {count} wrong cell.",
        "The buggy dx has {count} wrong cells.",
        int(wrong.sum()),
    )


def revealed_cells(lesson: Lesson) -> list[CellsPart]:
    """The input, dx of both functions, and their difference where there is one."""
    x, right, buggy = revealed_arrays(lesson).values()
    limit, wrong = float(np.abs(right).max()), wrong_cells(lesson)
    grids = [
        _grid(_("x"), x, float(np.abs(x).max())),
        _grid(_("dx, buggy"), buggy, limit, wrong),
        _grid(_("dx, right"), right, limit),
    ]
    if wrong is not None:
        grids.append(_grid(_("Buggy − right"), buggy - right, limit, wrong))
    return grids


def _grid(
    title: str, values: Array, limit: float, marked: npt.NDArray[np.bool_] | None = None
) -> CellsPart:
    """One plane with its size and sum."""
    rows, columns = values.shape[2:]
    said = _("{rows}×{columns}, sum {total}").format(
        rows=rows, columns=columns, total=number(values.sum())
    )
    empty = _("Empty: no gradient reaches x.")
    cells = number_cells(values[0, 0], limit=limit, marked=marked)
    return CellsPart(cells, title, f"**{title}** {said}", HEIGHT, empty=empty)
