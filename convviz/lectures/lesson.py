"""What a lesson holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qs

from convviz.text.i18n import in_use

Text = Mapping[str, str]  # by language, a key of `languages`
OTHERWISE = "otherwise"


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
    """Something to predict before the page shows it.

    Parameters
    ----------
    ask
        The question.
    answer
        The right number; or, where there are choices, the number of the right one, from 1 on.
    right
        What is said after the right answer.
    wrong
        What is said after a wrong answer, by the answer as text; `OTHERWISE` for every other one.
    choices
        Answers to choose from; none where a number is asked for.
    """

    ask: Text
    answer: float
    right: Text
    wrong: Mapping[str, Text]
    choices: tuple[Text, ...] = ()


@dataclass(frozen=True)
class LessonStep:
    """One view, and what is said about it.

    Parameters
    ----------
    view
        Address of a page with its query, such as ``"pooling?pooling_kernel=3"``.
    title, text
        What the step is called and says. ``[words](part:key)`` points at the part of the page with that key.
    task
        One thing to try; none if empty.
    done
        By name in the link: the values that show that the task was done. "" stands for the default, "*" for any.
    question
        What is asked here.
    """

    view: str
    title: Text
    text: Text
    task: Text = field(default_factory=dict)
    done: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    question: Question | None = None

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


@dataclass(frozen=True)
class Lesson:
    """Steps in order.

    Parameters
    ----------
    name
        In the link; the file's name without its ending.
    title, about
        What it is called, and what one knows after it.
    minutes
        How long it takes.
    steps
        From 2 to 20.
    """

    name: str
    title: Text
    about: Text
    minutes: int
    steps: tuple[LessonStep, ...]
