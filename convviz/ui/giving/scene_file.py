"""Saving the view as a file, and opening one."""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlencode

import streamlit as st

from convviz.export.saved import SavedView, read_view, write_view
from convviz.photos.refusals import FileError
from convviz.text.i18n import Sentence, _
from convviz.ui.giving.own_filters import PIPELINE, filters_shown, put_filters
from convviz.ui.inputs.own_images import put_own_photos, shown_own_numbers, shown_own_photos
from convviz.ui.inputs.own_numbers import fit_in_link
from convviz.ui.internals.link import whole_link
from convviz.ui.saying import say_error
from convviz.ui.state.handover import waiting

FILE_NAME = "convviz-scene.json"
NOT_SAVED = ("lang", "scene")  # the reader's own language, and how photos were handed over
_OPENED, _ERROR, _ADDRESS, _WORD = "scene opened", "scene error", "address", "scene"


def receive_view() -> None:
    """In a session that a scene file opened: take over its photos and filters. Call before any widget."""
    word = st.query_params.get(_WORD)
    if word is None:
        return
    del st.query_params[_WORD]
    view = waiting().take(word)
    if view is None:
        return
    put_filters(view.filters)
    put_own_photos([*view.photos, *view.numbers])


def scene_file_controls(page: str, pages: Collection[str]) -> None:
    """A button that saves the view, and a place to drop a saved one."""
    st.markdown(
        f"**{_('Scene file')}**",
        help=_("Holds the settings, your own photo or numbers, and the filters you trained."),
    )
    st.download_button(
        _("Save (.json)"),
        write_view(_view(page)),
        FILE_NAME,
        "application/json",
        on_click="ignore",
        width="stretch",
    )
    st.file_uploader(
        _("Open a scene file"), type="json", key=_OPENED, on_change=_open, args=(tuple(pages),)
    )
    error: Sentence | None = st.session_state.get(_ERROR)
    if error:
        say_error(error.said)


def address_to_open() -> str | None:
    """Where to go for the scene file just opened; None in every other run."""
    address: str | None = st.session_state.pop(_ADDRESS, None)
    return address


def _view(page: str) -> SavedView:
    settings = whole_link(without=NOT_SAVED)
    shown = shown_own_numbers()
    return SavedView(
        page,
        settings,
        tuple(shown_own_photos()),
        filters_shown(settings.get(PIPELINE, [])),
        () if fit_in_link(shown) else tuple(shown),
    )


def _open(pages: tuple[str, ...]) -> None:
    file = st.session_state[_OPENED]
    if file is None:
        return
    try:
        view = read_view(file.getvalue(), file.name, pages)
    except FileError as error:
        st.session_state[_ERROR] = error.sentence
        return
    st.session_state.pop(_ERROR, None)
    settings = view.settings
    if view.photos or view.filters or view.numbers:
        settings = settings | {_WORD: [waiting().leave(view)]}
    path = "" if view.page == pages[0] else view.page
    st.session_state[_ADDRESS] = f"./{path}?{urlencode(settings, doseq=True)}"
