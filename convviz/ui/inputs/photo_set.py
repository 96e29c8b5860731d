"""Several images at once: samples and the person's own, as they are or cut square."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.photos.crop import squared
from convviz.photos.images import Photo
from convviz.text.i18n import N_, _
from convviz.text.words import shown_name
from convviz.ui.inputs.own_images import image_named, image_names, own_photos
from convviz.ui.inputs.own_numbers import bring_numbers, edit_numbers, follow_link, keep_in_link
from convviz.ui.inputs.tray import Choice, await_named, show_tray
from convviz.ui.state import history, link
from convviz.ui.state.held import hold
from convviz.ui.state.shown import has_turned
from convviz.ui.state.switch import switch

START = (N_("Cat"), N_("Dog"))
MOST_IMAGES = 6
SMALLEST, LARGEST, COURSE_SIDE = 8, 512, 200
_IMAGES, SQUARE, SIDE = "images", "square", "side"


def photo_set() -> list[Photo]:
    """Choose the images in the sidebar; at least one."""
    follow_link()
    await_named(_IMAGES)
    chosen = _choose(image_names())
    photos = [image_named(name) for name in chosen]
    keep_in_link(photos)
    first = next((photo for photo in photos if photo.signed), photos[0])
    edit_numbers(first)
    show_tray(Choice(chosen, _press, _take, several=True))
    bring_numbers(first, _take)
    return photos


def cut_square(photos: list[Photo]) -> list[Photo]:
    """Choose whether photos are cut square and scaled; the images as they are then. Numbers stay."""
    if not switch(_("Cut square and scale"), SQUARE):
        return photos
    side = link.number(_("Side in pixels"), SIDE, (SMALLEST, LARGEST), COURSE_SIDE)
    return [photo if photo.signed else squared(photo, side) for photo in photos]


def put_images(names: Sequence[str], side: int | None) -> None:
    """Choose these images, cut square or as they are; for a callback."""
    st.session_state[_IMAGES] = list(names)
    st.session_state[SQUARE] = side is not None
    if side is not None:
        st.session_state[SIDE] = side


def _choose(offered: list[str]) -> list[str]:
    """What is chosen, in the order chosen; the link keeps it."""
    history.mirror(_IMAGES)
    wanted = st.session_state.get(_IMAGES, st.query_params.get_all(_IMAGES) or list(START))
    if tuple(wanted) == START and has_turned() and not history.brought_back():
        wanted = _with_brought(wanted)
    hold(_IMAGES, [name for name in wanted if name in offered][:MOST_IMAGES])
    chosen = st.multiselect(
        _("Images"),
        offered,
        key=_IMAGES,
        persist_state="session",
        format_func=shown_name,
        max_selections=MOST_IMAGES,
    )
    link.put(_IMAGES, [] if tuple(chosen) == START else chosen)
    if not chosen:
        st.caption(_("None chosen: showing the cat."))
    return chosen or [START[0]]


def _with_brought(usual: list[str]) -> list[str]:
    """The person's own images that other pages show, and of the usual ones as many as make two."""
    others = [st.session_state.get("image"), *st.session_state.get("together", ())]
    brought = [photo.name for photo in own_photos() if photo.name in others]
    return [*brought, *usual][: max(len(usual), len(brought))]


def _press(name: str) -> None:
    """Choose an image, or no longer."""
    chosen: list[str] = st.session_state.get(_IMAGES, list(START))
    left = [each for each in chosen if each != name]
    st.session_state[_IMAGES] = left if name in chosen else [*left, name][-MOST_IMAGES:]


def _take(names: list[str]) -> None:
    """Choose photos just brought, beside those chosen before."""
    chosen: list[str] = st.session_state.get(_IMAGES, list(START))
    left = [each for each in chosen if each not in names]
    st.session_state[_IMAGES] = [*left, *names][-MOST_IMAGES:]
