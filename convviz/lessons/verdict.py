"""The result of a gradient check: the gradient is right, or it is wrong, or the check itself cannot tell."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.lessons.case import Case
from convviz.lessons.check import Checked
from convviz.lessons.expected import Expected, expected
from convviz.text.i18n import N_

HAPPY = 1e-7
WRONG = "the gradient"
SENTENCES = (
    (HAPPY, N_("Happy: at most 1e-7.")),
    (1e-4, N_("At most 1e-4: fine for a function with kinks, too high for one without.")),
    (1e-2, N_("Between 1e-4 and 1e-2: be uncomfortable.")),
    (np.inf, N_("Above 1e-2: the gradient is probably wrong.")),
)


@dataclass(frozen=True)
class Verdict:
    """What a check came to."""

    # What explains the largest error: "rounding", "truncation" or "kinks", which spoil
    # the check, or `WRONG`; "" where there is no error to speak of.
    cause: str
    # name, index: the gradient and the element it was seen at
    name: str
    index: tuple[int, ...]
    seen: float  # the relative error there
    explained: float  # the largest relative error there that a right gradient could show


def judge(case: Case, checked: list[Checked]) -> Verdict:
    """Blame the gradient only for an error that rounding, truncation and kinks cannot explain.

    Examples
    --------
    >>> from convviz.lessons.check import check
    >>> for case in (Case("Affine"), Case("Affine", dtype="float32"), Case("Batch norm", step=0.1)):
    ...     judge(case, check(case)).cause
    ''
    'rounding'
    'truncation'
    >>> case = Case("Convolution", padding=0, code="pad:-pad")
    >>> judge(case, check(case)).cause
    'the gradient'
    """
    found = [_of_one(one, expected(case, one)) for one in checked]
    return max(found, key=lambda verdict: (verdict.cause == WRONG, verdict.seen))


def _of_one(one: Checked, errors: Expected) -> Verdict:
    """The verdict on one gradient: at the largest error without an explanation, else at the largest."""
    explained = errors.most / one.scale
    wrong = (one.errors > HAPPY) & (one.errors > explained)
    place = np.argmax(np.where(wrong, one.errors, 0) if wrong.any() else one.errors)
    index = tuple(int(k) for k in np.unravel_index(place, wrong.shape))
    seen, most = float(one.errors[index]), min(1.0, float(explained[index]))
    if wrong.any():
        return Verdict(WRONG, one.name, index, seen, most)
    return Verdict(errors.cause(index) if seen > HAPPY else "", one.name, index, seen, most)


def rule(error: float) -> str:
    """The course's rule of thumb for the largest relative error of a check that is not spoiled.

    Examples
    --------
    >>> rule(3e-9)
    'Happy: at most 1e-7.'
    """
    return next(sentence for limit, sentence in SENTENCES if error <= limit)
