"""The Bugs page: three lines that pass the course's checks and are wrong."""

from __future__ import annotations

import streamlit as st

from convviz.export.code import ClassicBug
from convviz.lessons.lesson import LESSONS, Lesson
from convviz.pages.bugs.revealed import failure, revealed_arrays, revealed_cells
from convviz.text.i18n import _
from convviz.ui.cache import once
from convviz.ui.parts import show_notes
from convviz.ui.state import link
from convviz.ui.view import CodePart, View

NAMES = [lesson.name for lesson in LESSONS]
PASSED, FAILED = ":green[✓]", ":red[✗]"


def render() -> None:
    """Draw the page."""
    link.read_link()
    name = link.choice(_("Bug"), "bug", NAMES, show_label=False)
    lesson = LESSONS[NAMES.index(name)]
    show_notes()
    excerpt, (right_errors, buggy_errors) = lesson.excerpt(), _errors(name)
    common = CodePart(excerpt.common)
    buggy = CodePart(excerpt.buggy, _heading(_("Buggy"), lesson, buggy_errors))
    right = CodePart(excerpt.right, _heading(_("Right"), lesson, right_errors))
    cells, why = revealed_cells(lesson), _(lesson.why)
    revealing = f"{_('The case that reveals it:')} {_(lesson.case)}. {failure(lesson)}"
    View(
        [_("Bugs"), _(name)],
        "classic-bug",
        [[common], [buggy, right], cells],
        [why, revealing],
        lambda: revealed_arrays(lesson),
        lambda: ClassicBug(lesson),
    ).offer()
    st.markdown(why)
    common.show()
    for part, column, key in zip((buggy, right), st.columns(2), ("buggy", "right"), strict=True):
        with column.container(key=key):  # the style marks the line that differs
            part.show()
    title, case = _("The case that reveals it:"), _(lesson.case)
    st.markdown(f"**{title}** {case}. {FAILED} **{failure(lesson)}**")
    for grid, column in zip(cells, st.columns(4), strict=False):
        with column:
            grid.show()
    with st.expander(_("Both functions as a whole")):
        for source, column in zip(lesson.sources()[::-1], st.columns(2), strict=True):
            with column:
                CodePart(source).show()


@once()
def _errors(name: str) -> tuple[dict[str, float], dict[str, float]]:
    """Relative errors of the right and of the buggy function, in the course's own check."""
    lesson = LESSONS[NAMES.index(name)]
    return lesson.course_check(lesson.right), lesson.course_check(lesson.buggy)


def _heading(title: str, lesson: Lesson, errors: dict[str, float]) -> str:
    """Which function it is, and whether these relative errors pass the course's check."""
    passes = lesson.passes(errors)
    template = _("passes the course's check: {errors}")
    if not passes:
        template = _("fails the course's check: {errors}")
    said = ", ".join(f"{name} {error:.2e}" for name, error in errors.items())
    sentence = template.format(errors=said)
    return f"**{title}** {PASSED if passes else FAILED} :small[{sentence}]"
