"""A question asked of a room, and how the answers to it are counted."""

from __future__ import annotations

import csv
import io
import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from convviz.text.i18n import N_
from convviz.web.room.errors import RoomError

MOST_CHOICES, LARGEST_ANSWER = 6, 1e12
MOST_BARS = 12  # of a histogram; where more different numbers are given, they are put into classes
ENDS = 0.05  # of the numbers lie below the classes, and as many above: one wild guess does not squeeze the others
FINEST = 1e-9  # of the numbers: classes are no narrower
NICE = (1, 2, 5, 10)  # widths of a class, but for a power of ten
HEADER = ("question", "asked", "answer", "right", "count")


@dataclass(frozen=True)
class Bar:
    """How many answers lie from `low` to `high`; `None` for no end on that side.

    A class holds its low end, not its high one. Where both are the same, it is that number.
    """

    low: float | None
    high: float | None
    count: int
    right: bool


@dataclass(frozen=True)
class Question:
    """What is asked.

    Parameters
    ----------
    id
        Another for each time something is asked.
    ask
        The text.
    choices
        The answers to choose from, numbered from 1 on; none where a number is asked for.
    answer
        The right answer as text, once it is shown to everyone.
    number, allowed
        The same as a number, and by how much an answer may be off.
    """

    id: str
    ask: str
    choices: tuple[str, ...] = ()
    answer: str = ""
    number: float | None = None
    allowed: float = 0.0

    @classmethod
    def read(cls, given: Any) -> Question | None:
        """The question that the lecturer's browser sends; None for none.

        Raises
        ------
        RoomError
            If it is none that can be asked.
        """
        if given is None:
            return None
        try:
            choices = tuple(str(each) for each in given.get("choices") or ())
            question = cls(
                str(given["id"]),
                str(given["ask"]),
                choices,
                str(given.get("answer") or ""),
                _finite(given.get("number")),
                _finite(given.get("allowed")) or 0.0,
            )
        except (AttributeError, KeyError, TypeError, OverflowError):
            raise RoomError(400, N_("This is not a question.")) from None
        if len(choices) > MOST_CHOICES:
            raise RoomError(400, N_("A question has at most {most} choices."), most=MOST_CHOICES)
        return question

    def value(self, given: Any) -> float:
        """An answer to it.

        Raises
        ------
        RoomError
            If it is none, or the right one has been shown.
        """
        if self.answer:
            raise RoomError(409, N_("The answer has been shown already."))
        if not isinstance(given, int | float) or isinstance(given, bool):
            raise RoomError(400, N_("An answer is a number."))
        if not abs(given) <= LARGEST_ANSWER:
            raise RoomError(400, N_("This number is too large."))
        if self.choices and given not in range(1, len(self.choices) + 1):
            raise RoomError(400, N_("Choose one of the answers."))
        return float(given)

    def bars(self, values: Iterable[float]) -> list[Bar]:
        """The histogram of the answers, from the least to the largest."""
        counted = Counter(values)
        if self.choices:
            counted.update({float(k + 1): 0 for k in range(len(self.choices))})
        elif len(counted) > MOST_BARS:
            return self._classes(counted)
        if self.number is not None and not any(map(self._is_right, counted)):
            counted[self.number] = 0
        return [Bar(each, each, counted[each], self._is_right(each)) for each in sorted(counted)]

    def _is_right(self, value: float) -> bool:
        return self.number is not None and abs(value - self.number) <= self.allowed

    def _classes(self, counted: Counter[float]) -> list[Bar]:
        """Classes of one width, and one without an end on each side where something lies beyond them."""
        values = sorted(counted.elements())
        outside = int(ENDS * len(values))
        low, high = values[outside], values[-1 - outside]
        if low == high:
            low, high = values[0], values[-1]
        width = _nice(max((high - low) / (MOST_BARS - 3), FINEST * max(-low, high)))
        first, last = math.floor(low / width), math.floor(high / width)
        edges = [_plain(k * width) for k in range(first, last + 2)]
        bars = []
        for start, end in pairwise([None, *edges, None]):
            inside = _holder(start, end)
            count = sum(map(inside, values))
            right = self.number is not None and inside(self.number)
            if count or right or (start is not None and end is not None):
                bars.append(Bar(start, end, count, right))
        return bars


@dataclass(frozen=True)
class Result:
    """What a room answered when it was asked something."""

    question: Question
    bars: tuple[Bar, ...]


def table(results: Sequence[Result]) -> str:
    """The results as CSV: a line for each answer or class of answers, question after question."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for number, (question, bars) in enumerate(((each.question, each.bars) for each in results), 1):
        for bar in bars:
            given = _name(question, bar)
            writer.writerow([number, question.ask, given, question.answer, bar.count])
    return text.getvalue()


def as_json(bars: Iterable[Bar]) -> list[dict[str, Any]]:
    """The bars of a histogram for the lecturer's browser."""
    return [asdict(each) for each in bars]


def _name(question: Question, bar: Bar) -> str:
    if question.choices and bar.low is not None:
        return question.choices[int(bar.low) - 1]
    low, high = ("" if end is None else f"{end:.12g}" for end in (bar.low, bar.high))
    if low == high:
        return low
    return f"[{low}, {high})" if low and high else f"< {high}" if high else f">= {low}"


def _holder(start: float | None, end: float | None) -> Callable[[float], bool]:
    low, high = -math.inf if start is None else start, math.inf if end is None else end
    return lambda value: low <= value < high


def _nice(width: float) -> float:
    """The least width of 1, 2 or 5 times a power of ten that is at least as large."""
    power = 10.0 ** math.floor(math.log10(width))
    return next(each * power for each in NICE if each * power >= width)


def _plain(edge: float) -> float:
    """An edge without what multiplying has added at its far end."""
    return float(f"{edge:.12g}")


def _finite(given: Any) -> float | None:
    number = isinstance(given, int | float) and not isinstance(given, bool)
    return float(given) if number and math.isfinite(given) else None
