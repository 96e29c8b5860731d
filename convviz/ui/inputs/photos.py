"""The image a page works on: a sample, an own photo, or several as a batch."""

from __future__ import annotations

import streamlit as st

from convviz.photos.crop import beside
from convviz.photos.images import Photo
from convviz.text.i18n import _
from convviz.ui.inputs.tray import Choice, await_named, image_named, image_names, show_tray
from convviz.ui.state import link

_IMAGE, _TOGETHER = "image", "together"
MOST_TOGETHER = 4


def one_image() -> Photo:
    """Choose the image in the sidebar."""
    chosen = _choose()
    show_tray(Choice([chosen], _press, lambda names: _press(names[0])))
    return image_named(chosen)


def image_batch() -> list[Photo]:
    """Choose one image or several in the sidebar; all at the size of the first."""
    await_named(_TOGETHER)
    chosen = _choose()
    offered = [name for name in image_names() if name != chosen]
    names = [chosen, *link.several(_("Together with"), _TOGETHER, offered, MOST_TOGETHER - 1)]
    show_tray(Choice(names, _press, _take_several, several=True))
    first, *more = [image_named(name) for name in names]
    return [first, *(beside(photo, first) for photo in more)]


def photo_detail(photo: Photo) -> str:
    """The photo's size and what was done to it on the way in."""
    height, width = photo.pixels.shape[:2]
    return " ".join([f"{height}×{width}", *(note.said for note in photo.notes)])


def _choose() -> str:
    await_named(_IMAGE)
    return link.select(_("Image"), _IMAGE, image_names())


def _press(name: str) -> None:
    st.session_state[_IMAGE] = name


def _take_several(names: list[str]) -> None:
    """Several brought at once are a batch."""
    st.session_state[_IMAGE] = names[0]
    if len(names) > 1:
        st.session_state[_TOGETHER] = names[1:MOST_TOGETHER]
