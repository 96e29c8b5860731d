"""Groups of settings that are seldom changed: folded under a name, and open where the link sets one of them."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from convviz.ui.internals.requests import may_run_at_once
from convviz.ui.state import history, live
from convviz.ui.state.left_out import Fold
from convviz.ui.state.shown import has_turned


@dataclass
class FoldedGroup:
    """What the last run knew of a group."""

    label: str
    is_drawn: bool


def fold(
    label: str, group: str, is_set: bool = False, *, opens: bool = True
) -> AbstractContextManager[Any]:
    """A place for settings below a heading that unfolds it.

    They are drawn once the link sets one of them, or somebody unfolds the group: each control costs every run of
    the page, and most people never look at these.

    Parameters
    ----------
    label
        The heading, in the language in use.
    group
        By which the session knows the group.
    is_set
        Whether the link sets one of them now.
    opens
        Whether the group is unfolded where the link does so when the page is opened.
    """
    known: FoldedGroup | None = st.session_state.get(_key(group))
    if live.reads():
        return Fold(nullcontext(), known is not None and known.is_drawn)
    unfolded, begins = f"{group} unfolded", known is None or has_turned()
    was_open = not begins and bool(st.session_state.get(unfolded))
    is_set = is_set and (begins or history.brought_back())
    is_open = was_open or (is_set and opens)
    if known is None or known.label != label or is_open != was_open:
        st.session_state[unfolded] = is_open  # a new heading is a new, closed group to Streamlit
    box = st.expander(label, key=unfolded, on_change=partial(_turn, group))
    was_drawn = known is not None and not begins and known.is_drawn
    now = st.session_state[_key(group)] = FoldedGroup(label, bool(was_drawn or is_set or box.open))
    return Fold(box, now.is_drawn)


def _key(group: str) -> str:
    return f"{group} folded"


@may_run_at_once
def _turn(group: str) -> None:
    """Draw what is unfolded for the first time. Else nothing on the page changes."""
    if not st.session_state[_key(group)].is_drawn:
        live.run_whole()
    live.run_view()
