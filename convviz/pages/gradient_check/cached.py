"""What the Gradient check page computes once for a case."""

from __future__ import annotations

from dataclasses import replace

from convviz.lessons.case import Case
from convviz.lessons.check import Checked, check, worst_by_step
from convviz.lessons.verdict import Verdict, judge
from convviz.ui.cache import once


@once()
def checked_case(case: Case) -> list[Checked]:
    """Every gradient of the case's layer, analytic and numeric."""
    return check(case)


@once()
def judged_case(case: Case) -> Verdict:
    """What the check of the case comes to."""
    return judge(case, checked_case(case))


@once()
def error_curve(case: Case, dtype: str, steps: tuple[float, ...]) -> list[float]:
    """The largest relative error of the case for each step, in a precision."""
    return worst_by_step(replace(case, dtype=dtype), steps)
