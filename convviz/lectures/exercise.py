"""What an exercise is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from convviz.ops.types import Array
from convviz.text.i18n import Sentence

Random = np.random.Generator
Slip = tuple[float, Sentence]


@dataclass(frozen=True, eq=False)
class Exercise:
    """A question with one number as its answer."""

    ask: Sentence  # the question
    answer: float  # the number
    why: Sentence  # how it comes about
    slips: Mapping[float, Sentence]  # what a common slip leads to, and what to say then
    # Grids of numbers that belong to the question, by their names.
    arrays: Mapping[str, Array] = field(default_factory=dict)


def exercise(
    ask: Sentence,
    answer: float,
    why: Sentence,
    slips: Iterable[Slip],
    arrays: Mapping[str, Array] | None = None,
) -> Exercise:
    """An exercise whose slips are those that lead to another number; of two with the same, the first."""
    kept: dict[float, Sentence] = {}
    for value, said in slips:
        if value != answer:
            kept.setdefault(float(value), said)
    return Exercise(ask, float(answer), why, kept, arrays or {})
