"""The lesson's strip: one step's words above the page, its question, and the way to the other steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from convviz.browser.mount import mount
from convviz.lectures import Lesson, LessonStep, say
from convviz.text.i18n import _
from convviz.text.words import QUESTION, translated

_component = mount("lesson")


@dataclass(frozen=True)
class OnStrip:
    """What the strip calls, in a callback of Streamlit."""

    # Gets the number of the step to show, from 0 on. The number of the step shown shows its view
    # again.
    go: Callable[[int], None]
    leave: Callable[[], None]  # the lesson is closed


def show_strip(
    lesson: Lesson,
    at: int,
    next_lesson: Lesson | None,
    told: OnStrip,
    open_next: Callable[[], None],
    parts: Mapping[str, Sequence[str]],
) -> None:
    """Show a step of a lesson.

    Parameters
    ----------
    lesson, at
        The lesson, and the number of its step, from 0 on.
    next_lesson, open_next
        The lesson that follows the last step, and what opens it.
    told
        What the strip calls.
    parts
        The classes in the document of what the step's words point at.
    """
    key = "lesson strip"
    _component(
        key=key,
        data={
            "lesson": lesson.name,
            "title": say(lesson.title),
            "at": at,
            "titles": [say(step.title) for step in lesson.steps],
            "next": say(next_lesson.title) if next_lesson else "",
            "step": _step(lesson.steps[at]),
            "parts": dict(parts),
            "words": _words(),
        },
        on_go_change=lambda: told.go(int(st.session_state[key]["go"])),
        on_leave_change=told.leave,
        on_follow_change=open_next,
    )


def _step(step: LessonStep) -> dict[str, object]:
    question = step.question
    return {
        "page": step.address,
        "text": say(step.text),
        "task": say(step.task),
        "done": {key: list(values) for key, values in step.done.items()},
        "question": question
        and {
            "ask": say(question.ask),
            "answer": question.answer,
            "choices": _all(question.choices),
            "right": say(question.right),
            "wrong": {given: say(text) for given, text in question.wrong.items()},
        },
    }


def _all(texts: Sequence[Mapping[str, str]]) -> list[str]:
    return [say(text) for text in texts]


def _words() -> dict[str, str]:
    return {
        "lesson": _("Lesson"),
        "step": _("Step {number} of {count}"),
        "contents": _("Contents"),
        "back": _("Back"),
        "on": _("Next"),
        "again": _("Show this step's view again"),
        "close": _("Close the lesson"),
        "fold": _("Fold the lesson's text"),
        "unfold": _("Unfold the lesson's text"),
        "try": _("Try it"),
        "done": _("Done"),
        **translated(QUESTION),
        "end": _("The lesson ends here."),
        "follow": _("Next lesson: {title}"),
    }
