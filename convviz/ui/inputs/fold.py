"""Groups of settings that are seldom changed: folded under a name, and open where the link sets one of them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from convviz.ui.internals.requests import may_run_at_once
from convviz.ui.state import history, link, live
from convviz.ui.state.left_out import Fold, is_spoken_of
from convviz.ui.state.shown import has_turned


@dataclass(frozen=True)
class FoldedGroup:
    """What the last run knew of a group."""

    label: str = ""  # none where the page has not been drawn with it
    is_drawn: bool = False


def fold(
    label: str,
    group: str,
    names: Sequence[str] = (),
    *,
    is_set: bool = False,
    opens: bool = True,
) -> AbstractContextManager[Any]:
    """A place for settings below a heading that unfolds it.

    They are drawn once the link sets one of them, a lesson points at one, or somebody unfolds the group: each
    control costs every run of the page, and most people never look at these.

    Parameters
    ----------
    label
        The heading, in the language in use.
    group
        By which the session knows the group.
    names
        The settings, as the page calls them.
    is_set
        Whether the link says something else that they show.
    opens
        Whether the group is unfolded where the link does so when the page is opened.
    """
    before = FoldedGroup() if has_turned() else st.session_state.get(_key(group), FoldedGroup())
    if live.reads():
        return Fold(nullcontext(), before.is_drawn)
    unfolded = f"{group} unfolded"
    was_open = bool(before.label and st.session_state.get(unfolded))
    is_set = (is_set or link.says(names)) and (not before.label or history.brought_back())
    is_open = was_open or (is_set and opens)
    if before.label != label or is_open != was_open:
        st.session_state[unfolded] = is_open  # under another heading it is a new group to Streamlit
    box = st.expander(label, key=unfolded, on_change=partial(_turn, group))
    is_drawn = before.is_drawn or is_set or bool(box.open) or is_spoken_of(names)
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
