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
from convviz.ui.state.reduced import is_reduced
from convviz.ui.state.shown import turns


@dataclass(frozen=True)
class FoldedGroup:
    """What the last run that drew a group knew of it."""

    turns: int  # of the page when it was drawn
    label: str
    is_drawn: bool


def fold(
    label: str,
    group: str,
    names: Sequence[str] = (),
    *,
    is_set: bool = False,
    opens: bool = True,
    needed: bool = False,
) -> AbstractContextManager[Any]:
    """A place for settings below a heading that unfolds it.

    Each control costs every run of the page, and most people never look at these. So they are drawn once a link
    that is opened sets one of them, a lesson or a worksheet needs one, or somebody unfolds the group. Folding and
    unfolding ask for a run: of the view, or of the whole page where it has none that runs alone.

    Parameters
    ----------
    label
        The heading, in the language in use.
    group
        By which the session knows the group.
    names
        The settings, as the page calls them.
    is_set
        Whether the link sets something in the group that is no setting by itself.
    opens
        Whether the group begins unfolded where the link sets one of them; on a worksheet it does in any case.
    needed
        Whether they are to be drawn in any case, folded.
    """
    before = _before(group)
    if live.reads():
        return Fold(nullcontext(), before is not None and before.is_drawn)
    unfolded = f"{group} unfolded"
    was_open = before is not None and bool(st.session_state.get(unfolded))
    is_new = before is None or history.brought_back()
    is_set = is_new and (is_set or link.says(names))
    is_open = was_open or (is_set and opens) or (is_new and is_reduced())
    if before is None or before.label != label or is_open != was_open:
        st.session_state[unfolded] = is_open  # under another heading it is a new group to Streamlit
    box = st.expander(label, key=unfolded, on_change=partial(_turn, group))
    needed = needed or is_spoken_of(names) or is_reduced()
    is_drawn = needed or is_set or bool(box.open) or (before is not None and before.is_drawn)
    st.session_state[_key(group)] = FoldedGroup(turns(), label, is_drawn)
    return Fold(box, is_drawn)


def _before(group: str) -> FoldedGroup | None:
    """What an earlier run of this visit to the page knew of a group: other pages have groups of that name too."""
    before: FoldedGroup | None = st.session_state.get(_key(group))
    return before if before is not None and before.turns == turns() else None


def _key(group: str) -> str:
    return f"{group} folded"


@may_run_at_once
def _turn(group: str) -> None:
    """Draw what is unfolded for the first time; else the run changes nothing on the page."""
    if not st.session_state[_key(group)].is_drawn:
        live.run_whole()
    live.run_view()
