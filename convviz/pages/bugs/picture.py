"""A bug, its right counterpart and the case that reveals it, as a picture."""

from __future__ import annotations

from collections.abc import Mapping

from convviz.export import Tile
from convviz.lessons.lesson import Lesson
from convviz.pages.bugs.grids import BugGrid, failure, revealed
from convviz.pictures.paper.cells import numbers
from convviz.pictures.paper.tables import CodeTile, Table
from convviz.text.i18n import _
from convviz.ui.giving.slides import offer_slide

Errors = Mapping[str, float]


def check_sentence(lesson: Lesson, errors: Errors) -> str:
    """Whether these relative errors pass the course's check."""
    said = ", ".join(f"{name} {error:.2e}" for name, error in errors.items())
    template = (
        _("passes the course's check: {errors}")
        if lesson.passes(dict(errors))
        else _("fails the course's check: {errors}")
    )
    return template.format(errors=said)


def offer_bug_picture(lesson: Lesson, right_errors: Errors, buggy_errors: Errors) -> None:
    """Offer what the page shows of a bug.

    Parameters
    ----------
    lesson
        The bug.
    right_errors, buggy_errors
        Relative errors of both functions in the course's check.
    """

    def rows() -> list[list[Tile]]:
        excerpt = lesson.excerpt()
        buggy = f"{_('Buggy')}: {check_sentence(lesson, buggy_errors)}"
        right = f"{_('Right')}: {check_sentence(lesson, right_errors)}"
        return [
            [Tile("", CodeTile(excerpt.common))],
            [Tile(buggy, CodeTile(excerpt.buggy)), Tile(right, CodeTile(excerpt.right))],
            [_grid(grid) for grid in revealed(lesson)],
        ]

    case = f"{_('The case that reveals it:')} {_(lesson.case)}. {failure(lesson)}"
    offer_slide([_("Bugs"), _(lesson.name)], [_(lesson.why), case], rows, "classic-bug")


def _grid(grid: BugGrid) -> Tile:
    title = f"{grid.title}  {grid.said}"
    if grid.values.size == 0:
        return Tile(title, Table((), [(_("Empty: no gradient reaches x."),)]))
    return Tile(title, numbers(grid.values[0, 0], limit=grid.limit, marked=grid.marked))
