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
    unfolded, is_new = f"{group} unfolded", known is None or has_turned()
    if known is None or is_new:
        known = FoldedGroup("", is_drawn=False)
    is_set = is_set and (is_new or history.brought_back())
    was_open = not is_new and bool(st.session_state.get(unfolded))
    is_open = was_open or (is_set and opens)
    if known.label != label or is_open != was_open:
        st.session_state[unfolded] = is_open  # under another heading it is a new group to Streamlit
    box = st.expander(label, key=unfolded, on_change=partial(_turn, group))
    is_drawn = known.is_drawn or is_set or bool(box.open)
    st.session_state[_key(group)] = FoldedGroup(label, is_drawn)
    return Fold(box, is_drawn)


def _key(group: str) -> str:
    return f"{group} folded"


@may_run_at_once
def _turn(group: str) -> None:
    """Draw what is unfolded for the first time. Else nothing on the page changes."""
    if not st.session_state[_key(group)].is_drawn:
        live.run_whole()
    live.run_view()
