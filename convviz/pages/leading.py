"""The lesson that leads through the pages: which one it is, its step, and the strip above the page."""

from __future__ import annotations

import os
from contextvars import ContextVar
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from convviz.browser.lesson import OnStrip, show_strip
from convviz.lectures import OWN_FOLDER, SHIPPED, Lesson, read_folder, say
from convviz.pages.table import PAGES
from convviz.text.i18n import _, shortened
from convviz.text.numbers import whole_in
from convviz.text.prose import number
from convviz.ui.giving.room import tell_lesson
from convviz.ui.internals.link import is_history_navigation
from convviz.ui.state import link
from convviz.ui.state.left_out import speak_of
from convviz.ui.state.opening import close_view, open_here, open_view, view_to_open
from convviz.ui.state.reduced import classes_of

_pages: ContextVar[dict[str, st.Page]] = ContextVar("pages by address")
_LESSON, _STEP = "lesson", "lesson_step"  # in the session, and in the link


@cache
def lessons() -> dict[str, Lesson]:
    """Every lesson by its name: those of convviz, then a lecturer's own.

    Raises
    ------
    LessonError
        If a file of the lecturer's cannot be used.
    """
    addresses = {entry.address for entry in PAGES}
    own = os.environ.get(OWN_FOLDER)
    folders = [SHIPPED, *([Path(own)] if own else [])]
    return {each.name: each for folder in folders for each in read_folder(folder, addresses)}


def begin_lesson(name: str, step: int = 0) -> None:
    """Show a step of a lesson in the run that follows; for a callback."""
    shown = lessons()[name].steps[step]
    st.session_state[_LESSON], st.session_state[_STEP] = name, str(step + 1)
    open_view(shown.address, shown.query)


def leave_lesson() -> None:
    """Close the lesson; the page stays as it is."""
    st.session_state[_LESSON] = st.session_state[_STEP] = ""


def follow_lesson(pages: dict[str, st.Page], shown: st.Page) -> None:
    """Turn to the view that a lesson wants; without one, read from the link which lesson leads.

    `pages` are Streamlit's by their addresses, and `shown` is the one that this run draws.
    """
    _pages.set(pages)
    here = next(address for address, page in pages.items() if page is shown)
    if is_history_navigation():
        close_view()
        for key in (_LESSON, _STEP):
            st.session_state.pop(key, None)
    elif (view := view_to_open()) and _folder(here) not in (view.origin, _folder(view.address)):
        close_view()  # the person has turned to this page meanwhile
    _turn_to_view(here)
    if _read_lesson() and not st.session_state[_STEP]:  # a link to the whole lesson
        begin_lesson(st.session_state[_LESSON])
        _turn_to_view(here)
        _read_lesson()


def _turn_to_view(here: str) -> None:
    """Open the view that is to be opened, if there is one; `here` is the address of the page shown."""
    view = view_to_open()
    if view is None:
        return
    if view.address != here:
        st.switch_page(_pages.get()[view.address], query_params={})
    open_here(_folder(here))


def _read_lesson() -> bool:
    """Read from the link which lesson leads, where the session does not hold it; whether that names a lesson."""
    fresh = _LESSON not in st.session_state
    for key in (_LESSON, _STEP):
        if key not in st.session_state:
            st.session_state[key] = st.query_params.get(key, "")
    return fresh and _named() is not None


def _named() -> Lesson | None:
    """The lesson that leads, if there is one by that name; most visits name none, and read no lesson."""
    asked = st.session_state[_LESSON]
    return lessons().get(asked) if asked else None


def _folder(address: str) -> str:
    return next(entry.folder for entry in PAGES if entry.address == address)


def page_link(address: str, label: str) -> None:
    """A link to a page of this session, with its settings as they were."""
    st.page_link(_pages.get()[address], label=label)


def show_lesson() -> None:
    """Draw the strip of the lesson that leads, if there is one, and keep it in the link."""
    lesson = _named()
    speak_of(lesson.steps[_step_of(lesson)].parts if lesson else frozenset())
    if lesson is None:
        if asked := st.session_state[_LESSON]:
            link.add_note(
                _("There is no lesson {name}. The page Lessons lists them all.").format(
                    name=shortened(asked)
                )
            )
        leave_lesson()
        link.put_all({_LESSON: (), _STEP: ()})
        return
    at = _step_of(lesson)
    st.session_state[_STEP] = str(at + 1)
    link.put_all(_in_link())
    following = _after(lesson)
    tell_lesson(*_for_phones(lesson, at))
    with st.container(key="lesson"):
        show_strip(
            lesson,
            at,
            following,
            OnStrip(lambda step: begin_lesson(lesson.name, step), leave_lesson),
            lambda: begin_lesson(following.name) if following else None,
            {part: classes_of(part) for part in lesson.steps[at].parts},
        )


def _for_phones(lesson: Lesson, at: int) -> tuple[dict[str, str], dict[str, Any] | None]:
    """What the phones of a room show of a step: its words, and its question."""
    step = lesson.steps[at]
    where = _("Step {number} of {count}").format(number=at + 1, count=len(lesson.steps))
    said = {
        "where": f"{say(lesson.title)} · {where}",
        "title": say(step.title),
        "text": say(step.text),
        "task": say(step.task),
    }
    if (question := step.question) is None:
        return said, None
    choices = [say(choice) for choice in question.choices]
    right = choices[int(question.answer) - 1] if choices else number(question.answer)
    return said, {
        "id": f"{lesson.name} {at}",
        "ask": say(question.ask),
        "choices": choices,
        "right": right,
        "number": question.answer,
    }


def _step_of(lesson: Lesson) -> int:
    """The number of its step from 0 on; the first where the link names none that there is."""
    asked = whole_in(st.session_state[_STEP]) or 1
    return asked - 1 if asked <= len(lesson.steps) else 0


def _after(lesson: Lesson) -> Lesson | None:
    every = list(lessons().values())
    rest = every[every.index(lesson) + 1 :]
    return rest[0] if rest else None


def _in_link() -> dict[str, list[str]]:
    return {key: [st.session_state[key]] for key in (_LESSON, _STEP)}
