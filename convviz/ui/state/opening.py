"""Another view, opened in this session as its link says, without loading the page again.

It is the link's: what the session holds of that page's settings is forgotten, but for what the person brought. The
run that shows it treats the link as one that the browser's Back has brought back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from convviz.ui.internals.late import end_opening, leave_view
from convviz.ui.internals.link import set_link
from convviz.ui.state import history
from convviz.ui.state.asked import forget_link
from convviz.ui.state.settings import SETTINGS
from convviz.ui.state.shown import page_shown

_TO_OPEN = "view to open"
# They stay as they are where the link of the view does not name them.
STAYING = ("language chosen", "lesson", "lesson_step", "image", "together", "images", "whose")

Query = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class ViewToOpen:
    """A view that is not drawn yet."""

    address: str
    query: dict[str, list[str]]
    origin: str | None  # folder of the page on which it was opened; None at the first run


def open_view(address: str, query: Query) -> None:
    """Show the view of an address and a query, values by name, in the run that follows; for a callback.

    Until it is drawn each run shows it, for something else the browser sends may break a run off. The browser then
    has not heard of the other page and the other link.
    """
    held = {name: list(values) for name, values in query.items()}
    leave_view()
    st.session_state[_TO_OPEN] = ViewToOpen(address, held, page_shown())


def view_to_open() -> ViewToOpen | None:
    """The view that is to be opened; None if there is none."""
    view: ViewToOpen | None = st.session_state.get(_TO_OPEN)
    return view


def open_here(page: str) -> None:
    """Show the view to be opened: the page, which this run draws, forgets its settings, and the link says them.

    The next request may break this off anywhere, and brings the link of before. So what stays is not taken out of
    the session.
    """
    view: ViewToOpen = st.session_state[_TO_OPEN]
    link = dict(view.query)
    for each in SETTINGS:
        if page not in each.pages:
            continue
        value = st.session_state.get(each.key, st.query_params.get_all(each.link))
        if each.key in STAYING and each.link not in view.query and value:
            link[each.link] = [value] if isinstance(value, str) else list(value)
        else:
            st.session_state.pop(each.key, None)
        forget_link(page, each.key)
    set_link(link)
    history.open_link(page)


def close_view() -> None:
    """Open it no more: it is drawn, or the person is elsewhere."""
    st.session_state.pop(_TO_OPEN, None)
    end_opening()
