"""The Bugs page: lines that pass the course's checks and are wrong."""

from __future__ import annotations

import streamlit as st

from convviz.export.code import ClassicBug
from convviz.lessons.lesson import LESSONS, Lesson
from convviz.pages.bugs.revealed import (
    failure,
    first_wrong_step,
    revealed_arrays,
    revealed_cells,
    revealed_loop,
)
from convviz.text.i18n import N_, _
from convviz.text.joined import listed
from convviz.trace import Scene
from convviz.ui.cache import once
from convviz.ui.parts import show_notes
from convviz.ui.state import link
from convviz.ui.step_view import step_view
from convviz.ui.view import CodePart, View

NAMES = [lesson.name for lesson in LESSONS]
FOUND, LOOP = N_("Both functions"), N_("Step through the right loop")
PASSED, FAILED = ":green[✓]", ":red[×]"


def render() -> None:
    """Draw the page."""
    link.read_link()
    bug, view = st.columns(2, vertical_alignment="center")
    with bug:
        name = link.select(_("Bug"), "bug", NAMES, show_label=False)
    lesson = LESSONS[NAMES.index(name)]
    scene = revealed_loop(lesson)
    with view:
        shown = link.choice(_("View"), "view", [FOUND, LOOP], show_label=False)
    show_notes()
    if shown == LOOP:
        return _loop(lesson, scene)
    return _both(lesson)


def _loop(lesson: Lesson, scene: Scene) -> None:
    """The right loop in the case that reveals the bug, from the step that the buggy line gets wrong."""
    st.markdown(_revealing(lesson))
    code = ClassicBug(lesson)
    start = first_wrong_step(scene, lesson)
    about = [f"{_('Bugs')} · {_(lesson.name)}", f"{_(lesson.case)}: {failure(lesson)}"]
    step_view(scene, f"classic-bug {lesson.name}", lambda: code, about, start=start)


def _both(lesson: Lesson) -> None:
    """Both functions side by side, and what each gives in the case that reveals the bug."""
    name = lesson.name
    excerpt, (right_errors, buggy_errors) = lesson.excerpt(), _errors(name)
    common = CodePart(excerpt.common)
    buggy = CodePart(excerpt.buggy, _heading(_("Buggy"), lesson, buggy_errors))
    right = CodePart(excerpt.right, _heading(_("Right"), lesson, right_errors))
    cells, why = revealed_cells(lesson), _(lesson.why)
    View(
        [_("Bugs"), _(name)],
        "classic-bug",
        [[common], [buggy, right], cells],
        [why, _revealing(lesson)],
        lambda: revealed_arrays(lesson),
        lambda: ClassicBug(lesson),
    ).offer()
    st.markdown(why)
    common.show()
    for part, column, key in zip((buggy, right), st.columns(2), ("buggy", "right"), strict=True):
        with column.container(key=key):  # the style marks the line that differs
            part.show()
    st.markdown(_revealing(lesson))
    for grid, column in zip(cells, st.columns(4), strict=False):
        with column:
            grid.show()
    with st.expander(_("Both functions as a whole")):
        for source, column in zip(lesson.sources()[::-1], st.columns(2), strict=True):
            with column:
                CodePart(source).show()


def _revealing(lesson: Lesson) -> str:
    """The case that reveals the bug, and how it does."""
    title, case = _("The case that reveals it:"), _("{case}.").format(case=_(lesson.case))
    return f"**{title}** {case} {FAILED} **{failure(lesson)}**"


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
    said = listed(f"{name} {error:.2e}" for name, error in errors.items())
    sentence = template.format(errors=said)
    return f"**{title}** {PASSED if passes else FAILED} :small[{sentence}]"
