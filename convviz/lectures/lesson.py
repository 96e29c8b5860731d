"""What a lesson holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from convviz.text.i18n import in_use

Text = Mapping[str, str]  # by language, a key of `languages`
OTHERWISE = "otherwise"
_PART = re.compile(r"\]\(part:(.+?)\)")


def say(text: Text) -> str:
    """A text in the language in use, or in the first language it has.

    Examples
    --------
    >>> say({"en": "stride", "zh": "步幅"}), say({"fr": "pas"}), say({})
    ('stride', 'pas', '')
    """
    return text.get(in_use()) or next(iter(text.values()), "")


@dataclass(frozen=True)
class Question:
    """Something to predict before the page shows it."""

    ask: Text  # the question
    # The right number; or, where there are choices, the number of the right one, from 1 on.
    answer: float
    right: Text  # what is said after the right answer
    # What is said after a wrong answer, by the answer as text; `OTHERWISE` for every other one.
    wrong: Mapping[str, Text]
    choices: tuple[Text, ...] = ()  # answers to choose from; none where a number is asked for


@dataclass(frozen=True)
class LessonStep:
    """One view, and what is said about it."""

    view: str  # address of a page with its query, such as ``"pooling?pooling_kernel=3"``
    # title, text: what the step is called and says. ``[words](part:key)`` points at the part of the
    # page with that key.
    title: Text
    text: Text
    task: Text = field(default_factory=dict)  # one thing to try; none if empty
    # By name in the link: the values that show that the task was done. "" stands for the default,
    # "*" for any.
    done: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    question: Question | None = None  # what is asked here

    @property
    def address(self) -> str:
        """The page's address.

        Examples
        --------
        >>> step = LessonStep("pooling?pool=Average", {}, {})
        >>> step.address, step.query
        ('pooling', {'pool': ['Average']})
        """
        return self.view.partition("?")[0]

    @property
    def query(self) -> dict[str, list[str]]:
        """The settings of the view."""
        return parse_qs(self.view.partition("?")[2], keep_blank_values=True)

    @property
    def parts(self) -> frozenset[str]:
        """What its words point at: settings by their names in the link, and other parts of the page by their keys.

        Examples
        --------
        >>> words = "The [map](part:map picture) at this [stride](part:stride)."
        >>> sorted(LessonStep("", {}, {"en": words}).parts)
        ['map picture', 'stride']
        """
        said = [*self.text.values(), *self.task.values()]
        return frozenset(key for text in said for key in _PART.findall(text))


@dataclass(frozen=True)
class Lesson:
    """Steps in order."""

    name: str  # in the link; the file's name without its ending
    # title, about: what it is called, and what one knows after it
    title: Text
    about: Text
    minutes: int  # how long it takes
    steps: tuple[LessonStep, ...]  # from 2 to 20
