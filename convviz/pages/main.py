"""The main script: Streamlit runs it at each visit and after each change.

It stands in this folder because of Streamlit: of a main script beside a folder called ``pages``, it takes every
module in that folder for a page.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

import streamlit as st

from convviz.ops.errors import SpecError
from convviz.pages.leading import follow_lesson, show_lesson
from convviz.pages.table import PAGES, PageEntry
from convviz.text.i18n import _
from convviz.ui.giving.share import begin_bar, end_bar
from convviz.ui.inputs.tray import tray_last
from convviz.ui.internals.session import forget_controls_left
from convviz.ui.parts import heading, say_notes
from convviz.ui.saying import say_error
from convviz.ui.state import history, live, told
from convviz.ui.state.asked import bring_link, keep_link
from convviz.ui.state.language import follow_language, keep_language
from convviz.ui.state.opening import close_view
from convviz.ui.state.shown import has_turned, note_drawn, show_page


def main() -> None:
    """Set up the page, let the person choose one in the bar at the top, and draw it."""
    st.set_page_config(page_title="convviz", layout="wide", initial_sidebar_state=290)
    follow_language()
    pages = {_page(entry): entry for entry in PAGES}
    page = st.navigation([*pages], position="top", expanded=True)
    follow_lesson({entry.address: each for each, entry in pages.items()}, page)
    st.set_page_config(page_title=f"{page.title} · convviz")
    heading(page.title)
    show_page(pages[page].folder)
    if has_turned():
        forget_controls_left()
    history.begin()
    bring_link()
    told.begin()
    live.begin()
    keep_language()
    bar = begin_bar()
    show_lesson()
    with tray_last():
        try:
            page.run()
        except SpecError as error:  # a photo of few pixels, say, under a larger kernel
            say_error(error)
    say_notes()
    end_bar(bar, pages[page].name, [entry.name for entry in PAGES], pages[page].address)
    told.tell()
    keep_link()
    history.end()
    close_view()
    note_drawn()
    live.end()
    forget_controls_left()


def _page(entry: PageEntry) -> st.Page:
    """Streamlit's page for an entry of the table."""
    return st.Page(
        _drawn_by(entry.module),
        title=_(entry.title),
        url_path=entry.address,
        default=not entry.address,
    )


def _drawn_by(module: str) -> Callable[[], None]:
    """A function that imports a page's module only when the page is shown, and draws it."""

    def draw() -> None:
        import_module(module).render()

    return draw


if __name__ == "__main__":  # so it is under Streamlit; a test only imports it
    main()
