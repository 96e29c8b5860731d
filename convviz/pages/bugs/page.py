"""The Classic bugs page: three lines that pass the course's checks and are wrong."""

from __future__ import annotations

import streamlit as st

from convviz.lessons.lesson import LESSONS, Lesson
from convviz.pages.bugs.grids import FAILED, PASSED, show_revealed
from convviz.pages.bugs.picture import check_sentence, offer_bug_picture
from convviz.text.i18n import _
from convviz.ui.cache import once
from convviz.ui.parts import show_notes
from convviz.ui.state import link

NAMES = [lesson.name for lesson in LESSONS]


def render() -> None:
    """Draw the page."""
    link.read_link()
    name = link.choice(_("Bug"), "bug", NAMES, show_label=False)
    lesson = LESSONS[NAMES.index(name)]
    show_notes()
    st.markdown(_(lesson.why))
    excerpt = lesson.excerpt()
    st.code(excerpt.common, language="python", wrap_lines=True)
    right_errors, buggy_errors = _errors(lesson.name)
    buggy, right = st.columns(2)
    with buggy.container(key="buggy"):
        _function(_("Buggy"), excerpt.buggy, lesson, buggy_errors)
    with right.container(key="right"):
        _function(_("Right"), excerpt.right, lesson, right_errors)
    show_revealed(lesson)
    offer_bug_picture(lesson, right_errors, buggy_errors)
    with st.expander(_("Both functions as a whole")):
        sources = zip(st.columns(2), lesson.sources()[::-1], strict=True)
        for column, source in sources:
            column.code(source, language="python", wrap_lines=True)


@once()
def _errors(name: str) -> tuple[dict[str, float], dict[str, float]]:
    """Relative errors of the right and of the buggy function, in the course's own check."""
    lesson = LESSONS[NAMES.index(name)]
    return lesson.course_check(lesson.right), lesson.course_check(lesson.buggy)


def _function(title: str, code: str, lesson: Lesson, errors: dict[str, float]) -> None:
    """The line of a function that differs, the style marks it; and how it does in the notebook's check."""
    mark = PASSED if lesson.passes(errors) else FAILED
    st.markdown(f"**{title}** {mark} :small[{check_sentence(lesson, errors)}]")
    st.code(code, language="python", wrap_lines=True)
