"""Several images at once: samples and the person's own, as they are or cut square."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import count

import streamlit as st

from convviz.browser.paste import pasted_image
from convviz.photos.crop import squared
from convviz.photos.images import ImageError, Photo, read_photo
from convviz.text.i18n import N_, _
from convviz.ui.inputs.photos import NAMES, camera, named_sample, refuse
from convviz.ui.state import history, link
from convviz.ui.state.switch import switch

START = (N_("Cat"), N_("Dog"))
MOST_IMAGES = 6
SMALLEST, LARGEST, COURSE_SIDE = 8, 512, 200
_IMAGES, _SQUARE, _SIDE, _OWN, _UPLOADS = "images", "square", "side", "own photos", "uploads"


def photo_set() -> list[Photo]:
    """Choose the images in the sidebar; at least one."""
    if pasted := pasted_image(key="paste"):
        _take([pasted])
    own = _own()
    chosen = _choose([*NAMES, *(photo.name for photo in own)])
    _upload()
    photos = [_named(name, own) for name in chosen]
    square = switch(_("Cut square and scale"), _SQUARE)
    if not square:
        return photos
    side = link.number(_("Side in pixels"), _SIDE, (SMALLEST, LARGEST), COURSE_SIDE)
    return [squared(photo, side) for photo in photos]


def put_images(names: Sequence[str], side: int | None) -> None:
    """Choose these images, cut square or as they are; for a callback."""
    st.session_state[_IMAGES] = list(names)
    st.session_state[_SQUARE] = side is not None
    if side is not None:
        st.session_state[_SIDE] = side


def own_images() -> list[Photo]:
    """The person's own photos among the images chosen."""
    return [photo for photo in _own() if photo.name in st.session_state.get(_IMAGES, ())]


def put_own_images(photos: Sequence[Photo]) -> None:
    """Make photos the person's own, as if they had been uploaded."""
    st.session_state[_OWN] = list(photos)


def _choose(offered: list[str]) -> list[str]:
    """What is chosen, in the order chosen; the link keeps it, and says which uploads it cannot hold."""
    history.mirror(_IMAGES)
    wanted = st.session_state.get(_IMAGES, st.query_params.get_all(_IMAGES) or list(START))
    missing = [name for name in wanted if name not in offered]
    if missing and link.asked(_IMAGES) is not None:
        link.add_note(
            _(
                "This link was made with {names}. A link cannot hold photos: upload them to see the "
                "same."
            ).format(names=", ".join(missing))
        )
    st.session_state[_IMAGES] = [name for name in wanted if name in offered][:MOST_IMAGES]
    chosen = st.multiselect(
        _("Images"),
        offered,
        key=_IMAGES,
        persist_state="session",
        format_func=_,
        max_selections=MOST_IMAGES,
    )
    link.put(_IMAGES, [] if tuple(chosen) == START else chosen)
    if not chosen:
        st.caption(_("None chosen: showing the cat."))
    return chosen or [START[0]]


def _upload() -> None:
    with st.expander(_("Use your own photos"), icon=":material/add_a_photo:"):
        st.file_uploader(
            _("Drop or choose images, or paste one anywhere"),
            accept_multiple_files=True,
            key=_UPLOADS,
            on_change=_take_uploads,
            help=_(
                "JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC. "
                "It stays on the computer that runs convviz."
            ),
        )
        camera(lambda data, name: _take([(data, name)]))


def _take_uploads() -> None:
    _take([(file.getvalue(), file.name) for file in st.session_state[_UPLOADS] or []])


def _take(files: list[tuple[bytes, str]]) -> None:
    """Add files to the person's own photos and choose them. A refused one is said, and changes nothing."""
    refuse(None)
    own = _own()
    wanted = list(st.session_state.get(_IMAGES, START))
    for data, name in files:
        try:
            photo = read_photo(data, name)
        except ImageError as error:
            refuse(error.sentence)
            continue
        known = next((each for each in own if each.digest == photo.digest), None)
        if known is None:
            taken = {*NAMES, *(each.name for each in own)}
            known = replace(photo, name=next(free for free in _names(name) if free not in taken))
            own.append(known)
        wanted += [known.name] if known.name not in wanted else []
    st.session_state[_OWN], st.session_state[_IMAGES] = own, wanted[-MOST_IMAGES:]


def _names(name: str) -> Iterator[str]:
    """The name itself, then "name (2)", "name (3)", … ."""
    yield name
    yield from (f"{name} ({number})" for number in count(2))


def _own() -> list[Photo]:
    photos: list[Photo] = st.session_state.get(_OWN, [])
    return photos


def _named(name: str, own: list[Photo]) -> Photo:
    if name in NAMES:
        return named_sample(name)
    return next(photo for photo in own if photo.name == name)
