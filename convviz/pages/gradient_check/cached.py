"""What the Gradient check page computes once for a case."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from convviz.lessons.case import Case
from convviz.lessons.check import Checked, check, worst_by_step
from convviz.lessons.verdict import Verdict, judge
from convviz.ui.cache import ENTRIES


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def checked_case(case: Case) -> list[Checked]:
    """Every gradient of the case's layer, analytic and numeric."""
    return check(case)


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def judged_case(case: Case) -> Verdict:
    """What the check of the case comes to."""
    return judge(case, checked_case(case))


@st.cache_data(max_entries=ENTRIES, show_spinner=False)
def error_curve(case: Case, dtype: str, steps: tuple[float, ...]) -> list[float]:
    """The largest relative error of the case for each step, in a precision."""
    return worst_by_step(replace(case, dtype=dtype), steps)
