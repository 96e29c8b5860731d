"""Another view, opened in this session as its link says, without loading the page again.

It is the link's: what the session holds of that page's settings is forgotten, but for what the person brought. The
run that shows it treats the link as one that the browser's Back has brought back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from convviz.ui.internals import set_link
from convviz.ui.state import history
from convviz.ui.state.asked import forget_link
from convviz.ui.state.settings import SETTINGS

_TO_OPEN = "view to open"
# They stay as they are where the link of the view does not name them.
STAYING = ("language chosen", "lesson", "lesson_step", "image", "together", "images", "whose")

Query = Mapping[str, Sequence[str]]


def open_view(address: str, query: Query) -> None:
    """Show the view of an address and a query, values by name, in the run that follows; for a callback."""
    st.session_state[_TO_OPEN] = address, {name: list(values) for name, values in query.items()}


def address_to_open() -> str | None:
    """The address of the view that is to be opened; None if there is none."""
    view = st.session_state.get(_TO_OPEN)
    return view and view[0]


def open_here(page: str) -> None:
    """Show the view to be opened: the page, which this run draws, forgets its settings, and the link says them."""
    _, link = st.session_state.pop(_TO_OPEN)
    for each in SETTINGS:
        if page not in each.pages:
            continue
        value = st.session_state.pop(each.key, None) or st.query_params.get_all(each.link)
        forget_link(page, each.key)
        if each.key in STAYING and value:
            link.setdefault(each.link, [value] if isinstance(value, str) else list(value))
    set_link(link)
    history.open_link()
