"""Lessons from YAML files. A file that cannot be used is refused with a sentence that names the place."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

import yaml

from convviz.lectures.lesson import OTHERWISE, Lesson, LessonStep, Question, Text
from convviz.lectures.plain_yaml import TooMuch, plain_yaml
from convviz.text.i18n import languages, shortened
from convviz.text.limits import LONGEST_VALUE

OWN_FOLDER = "CONVVIZ_LESSONS"  # in the environment: the folder of a lecturer's own lessons
SHIPPED = Path(__file__).with_name("lessons")
LARGEST_FILE, LONGEST_TEXT = 200_000, 1_200
FEWEST_STEPS, MOST_STEPS, MOST_CHOICES = 2, 20, 6
_NAME = re.compile(r"[a-z0-9-]{1,40}")
_VIEW = re.compile(r"[a-z0-9-]*(\?[^\s#]*)?")
_BETWEEN_CHINESE = re.compile(
    r"(?<=[\u3001-\u9fff\uff00-\uffef]) | (?=[\u3001-\u9fff\uff00-\uffef])"
)
_OF_LESSON = {"title", "about", "minutes", "steps"}
_OF_STEP = {"view", "title", "text", "try", "done", "ask", "choices", "answer", "right", "wrong"}


class LessonError(ValueError):
    """A file that is not a lesson; its text says where and why."""


def read_folder(folder: Path, addresses: Collection[str]) -> list[Lesson]:
    """The lessons of a folder, in the order of their files' names.

    Raises
    ------
    LessonError
        With a line for each file that cannot be used, or if there is none.
    """
    lessons, faults = [], []
    for path in sorted(folder.glob("*.yaml")):
        try:
            lessons.append(read_lesson(path, addresses))
        except LessonError as error:
            faults.append(str(error))
    if not lessons and not faults:
        raise LessonError(f"{folder} holds no lesson: a file whose name ends in .yaml")
    if faults:
        raise LessonError("\n".join(faults))
    return lessons


def read_lesson(path: Path, addresses: Collection[str]) -> Lesson:
    """The lesson in a file.

    Parameters
    ----------
    path
        Its name gives the lesson's: ``3-padding.yaml`` is "padding".
    addresses
        Of the pages that a view can name.

    Raises
    ------
    LessonError
        If the file cannot be read, lacks something, or holds what a lesson does not have.
    """
    return _Reader(path, addresses).lesson()


class _Reader:
    """Reads one file; every fault is said with the place in it."""

    def __init__(self, path: Path, addresses: Collection[str]) -> None:
        self.path, self.addresses, self.place = path, addresses, ""

    def fail(self, why: str) -> NoReturn:
        """Refuse the file."""
        where = f"{self.path.name}, {self.place}" if self.place else self.path.name
        said = " ".join(f"{where}: {why}".split())
        shown = "".join(each if each.isprintable() else "�" for each in said)
        raise LessonError(shown)

    def lesson(self) -> Lesson:
        content = self.mapping(self.content(), _OF_LESSON, "the file")
        name = re.sub(r"^\d+-", "", self.path.stem)
        if not _NAME.fullmatch(name):
            self.fail("name the file with small letters, digits and hyphens")
        minutes = content.get("minutes")
        if type(minutes) is not int or not 1 <= minutes <= 180:
            self.fail(f"minutes is {_quoted(minutes)}; give a whole number from 1 to 180")
        title, about = self.text(content, "title"), self.text(content, "about")
        steps = content.get("steps")
        if not isinstance(steps, list) or not FEWEST_STEPS <= len(steps) <= MOST_STEPS:
            self.fail(f"give a list of {FEWEST_STEPS} to {MOST_STEPS} steps")
        return Lesson(
            name, title, about, minutes, tuple(self.step(k, each) for k, each in enumerate(steps))
        )

    def content(self) -> Any:
        try:
            return plain_yaml(self.written())
        except TooMuch as error:
            self.fail(str(error))
        except (yaml.YAMLError, ValueError) as error:
            self.fail(f"it is not YAML ({shortened(str(error))})")

    def written(self) -> str:
        try:
            if not self.path.is_file():
                self.fail("it is not a file")
            if self.path.stat().st_size > LARGEST_FILE:
                self.fail(f"it has more than {LARGEST_FILE} bytes; make two lessons of it")
            return self.path.read_text("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self.fail(f"it cannot be read ({error}); save it as UTF-8 text")

    def step(self, k: int, given: Any) -> LessonStep:
        self.place = f"step {k + 1}"
        content = self.mapping(given, _OF_STEP, "a step")
        view = content.get("view")
        if not isinstance(view, str) or len(view) > LONGEST_VALUE or not _VIEW.fullmatch(view):
            self.fail(
                f"view is {_quoted(view)}; give a page with its settings, such as pooling?pool=Average"
            )
        if view.partition("?")[0] not in self.addresses:
            pages = ", ".join(sorted(filter(None, self.addresses)))
            self.fail(f"there is no page {_quoted(view.partition('?')[0])}; the pages are {pages}")
        if ("try" in content) != ("done" in content):
            self.fail("give try and done together: what to do, and what the link says then")
        return LessonStep(
            view,
            self.text(content, "title"),
            self.text(content, "text"),
            self.text(content, "try") if "try" in content else {},
            self.done(content.get("done", {})),
            self.question(content) if "ask" in content else None,
        )

    def done(self, given: Any) -> dict[str, tuple[str, ...]]:
        wanted = self.mapping(given, None, "done")
        listed = {key: each if isinstance(each, list) else [each] for key, each in wanted.items()}
        for key, values in listed.items():
            if not isinstance(key, str):
                self.fail(f"done: {_quoted(key)} is not the name of a setting")
            if not values or not all(isinstance(each, str | int | float) for each in values):
                self.fail(f"done: {shortened(key)} is not a value or a list of values")
        return {key: tuple(map(_as_in_link, values)) for key, values in listed.items()}

    def question(self, content: Mapping[str, Any]) -> Question:
        choices = content.get("choices", [])
        if not isinstance(choices, list) or len(choices) == 1 or len(choices) > MOST_CHOICES:
            self.fail(f"choices is a list of 2 to {MOST_CHOICES} answers")
        answer = content.get("answer")
        if isinstance(answer, bool) or not isinstance(answer, int | float) or not isfinite(answer):
            self.fail(
                f"answer is {_quoted(answer)}; give a number, or the number of the right choice"
            )
        if choices and answer not in range(1, len(choices) + 1):
            self.fail(
                f"answer is {answer}; give the number of the right choice, 1 to {len(choices)}"
            )
        wrong = self.mapping(content.get("wrong", {}), None, "wrong")
        if OTHERWISE not in wrong:
            self.fail(f"wrong lacks {OTHERWISE!r}: what to say after any other answer")
        return Question(
            self.text(content, "ask"),
            float(answer),
            self.text(content, "right"),
            {str(key): self.text(wrong, key) for key in wrong},
            tuple(self.text({"choices": each}, "choices") for each in choices),
        )

    def mapping(self, given: Any, known: Collection[str] | None, what: str) -> dict[Any, Any]:
        if not isinstance(given, dict):
            self.fail(f"{what} is not a list of names with values")
        if known is not None and (unknown := [key for key in given if key not in known]):
            self.fail(f"{what} has no {_quoted(unknown[0])}; it has {', '.join(sorted(known))}")
        return given

    def text(self, content: Mapping[Any, Any], key: Any) -> Text:
        """A text in one language, or in several by their short names."""
        given, name = content.get(key), shortened(str(key))
        spoken = {"en": given} if isinstance(given, str) else given
        if not isinstance(spoken, dict) or not spoken:
            self.fail(f"{name} is missing; give a text, or one for each language")
        for language, text in spoken.items():
            if language not in languages():
                self.fail(
                    f"{name}: there is no language {_quoted(language)}; use {', '.join(languages())}"
                )
            if not isinstance(text, str) or not 0 < len(text) <= LONGEST_TEXT:
                self.fail(f"{name} is not a text of 1 to {LONGEST_TEXT} characters")
        return {language: _unwrapped(text) for language, text in spoken.items()}


def _quoted(value: Any) -> str:
    """What a file says, as a sentence can repeat it."""
    return shortened(repr(value))


def _unwrapped(text: str) -> str:
    """On one line. Chinese has no spaces between words, so a line of it ends without one."""
    return _BETWEEN_CHINESE.sub("", " ".join(text.split()))


def _as_in_link(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
