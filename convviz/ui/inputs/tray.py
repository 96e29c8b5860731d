"""The tray: the person's own photos, for every page of the session, and what a link asks of them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

import streamlit as st

from convviz.browser.tray import Thumbnail, Told, tray
from convviz.numbers.files import is_of_numbers, read_file
from convviz.numbers.given import Numbers, to_npy
from convviz.photos.decoding import read_apart
from convviz.photos.images import Photo, to_png
from convviz.photos.refusals import FileError
from convviz.photos.thumbnail import thumbnail
from convviz.text.i18n import Sentence, _
from convviz.text.words import shown_name
from convviz.ui.cache import once
from convviz.ui.inputs.camera import camera
from convviz.ui.inputs.own_images import (
    LONGEST_NAME,
    NAMES,
    add_own,
    image_named,
    image_names,
    keep_own,
    mark_of,
    marks_to_forget,
    own_photos,
)
from convviz.ui.inputs.own_numbers import names_in_link
from convviz.ui.internals.server import files_in, forget_uploads
from convviz.ui.state import link

_ROUND, _ADDED = "uploads taken", "uploads added"
_SESSION, _SENT = "tray session", "photos sent to the browser"
_AWAITED, _UNSAID, _HEARD = "photos awaited", "photos to ask for", "browser has answered"
_CAME = "awaited photo came"
_thumbnail = once(64)(thumbnail)


@dataclass(frozen=True)
class Choice:
    """What a page does with the tray, in callbacks."""

    shown: Sequence[str]  # names of the images that the page shows
    press: Callable[[str], None]  # gets the name of the thumbnail that was pressed
    take: Callable[[list[str]], None]  # gets the names of photos just brought
    several: bool = False  # whether the page shows more than one


# Where the thumbnails of this run stand, and what the page does with them.
_place: ContextVar[tuple[AbstractContextManager[Any], Choice] | None] = ContextVar(
    "place of the thumbnails", default=None
)


def came_as_awaited() -> bool:
    """Whether the photo that a link is made for has just come: its settings are to stay."""
    return bool(st.session_state.pop(_CAME, False))


def await_named(key: str) -> None:
    """Ask for the photos that the link names under a key and that are not here. Call before its widget."""
    if link.asked(key) is None:
        return
    wanted = st.query_params.get_all(key)
    if set(wanted) - {*image_names()} - names_in_link():
        st.session_state.setdefault(_AWAITED, {})[key] = wanted
        st.session_state.setdefault(_UNSAID, []).append(key)


@contextmanager
def tray_last() -> Iterator[None]:
    """Draw the thumbnails after all that is drawn in here: making what the browser keeps of a photo takes long."""
    _place.set(None)
    yield
    if found := _place.get():
        place, choice = found
        with place:
            _show_thumbnails(choice)


def show_tray(choice: Choice) -> None:
    """Make room for the thumbnails, and draw where to bring photos from: a file, the clipboard, the camera."""
    _ask_for_missing()
    _place.set((st.container(), choice))
    _bring(choice.take)


def _show_thumbnails(choice: Choice) -> None:
    """Draw the thumbnails, and let the browser keep what is new."""
    own = own_photos()
    sent: set[str] = st.session_state.setdefault(_SENT, set())
    new = {mark_of(photo): _file(photo) for photo in own if photo.digest not in sent}
    photos = [
        *((photo, mark_of(photo)) for photo in own),
        *((image_named(name), "") for name in NAMES),
    ]
    tray(
        [
            Thumbnail(each.name, shown_name(each.name), _thumbnail(each), mark)
            for each, mark in photos
        ],
        choice.shown,
        Told(
            choice.press,
            _remove,
            _forget,
            lambda files: _take(files, choice.take),
            _take_back,
            _send_again,
        ),
        session=st.session_state.setdefault(_SESSION, secrets.token_urlsafe(8)),
        to_keep=new,
        to_forget=marks_to_forget(),
        asks=_UNSAID in st.session_state,
        several=choice.several,
        words={
            "label": _("Your photos and the samples"),
            "remove": _("Remove {name}"),
            "forget": _("Forget my photos"),
        },
    )
    st.session_state[_SENT] = {photo.digest for photo in own}


def _bring(take: Callable[[list[str]], None]) -> None:
    """A box for files, and the camera; once a file was added, another box, begun closed, takes its place."""
    box = f"photos box {st.session_state.get(_ADDED, 0)}"
    with st.expander(_("Use your own photos"), icon=":material/add_a_photo:", key=box):
        key = f"uploads {st.session_state.get(_ROUND, 0)}"

        def uploaded() -> None:
            files = files_in(st.session_state[key])
            if not files:
                return
            if _take([(file.getvalue(), file.name) for file in files], take):
                st.session_state[_ADDED] = st.session_state.get(_ADDED, 0) + 1
            forget_uploads(files)
            st.session_state[_ROUND] = st.session_state.get(_ROUND, 0) + 1  # an empty box again

        st.file_uploader(
            _("Drop or choose images, or paste one anywhere"),
            accept_multiple_files=True,
            key=key,
            on_change=uploaded,
            help=_(
                "JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC; numbers as .npy, .npz or .csv. It stays on the "
                "computer that runs convviz; this browser keeps a copy of at most 512 pixels a side until you "
                "press Forget my photos."
            ),
        )
        camera(lambda data: _take([(data, _("Camera"))], take))


def _take(files: Sequence[tuple[bytes, str]], take: Callable[[list[str]], None]) -> bool:
    """Add files to the tray and let the page choose them; whether any came.

    A refused one is said, and changes nothing.
    """
    names = _add(files)
    if names and not _fulfil():
        take(names)
    return bool(names)


def _take_back(files: Sequence[tuple[bytes, str]]) -> None:
    """Add what the browser kept; the page chooses only what its link names."""
    st.session_state[_HEARD] = True
    _add(files)
    st.session_state[_SENT].update(photo.digest for photo in own_photos())
    _fulfil()


def _add(files: Sequence[tuple[bytes, str]]) -> list[str]:
    """Names of the photos and numbers in these files, which are in the tray now."""
    brought: list[Photo] = []
    errors: list[Sentence] = []
    for data, name in files:
        try:
            brought += _read(data, name[-LONGEST_NAME:])
        except FileError as error:
            errors.append(error.sentence)
    return add_own(brought, errors)


def _read(data: bytes, name: str) -> Sequence[Photo]:
    """The photo or the numbers of a file."""
    return read_file(data, name) if is_of_numbers(data, name) else [read_apart(data, name)]


def _file(photo: Photo) -> bytes:
    """What the browser keeps."""
    return to_npy(photo) if isinstance(photo, Numbers) else to_png(photo)


def _fulfil() -> bool:
    """Choose what the link asked for, as far as it has come; whether anything has."""
    awaited: Mapping[str, list[str]] = st.session_state.get(_AWAITED, {})
    own = {photo.name for photo in own_photos()}
    come = [key for key, wanted in awaited.items() if not own.isdisjoint(wanted)]
    for key in come:
        here = [name for name in awaited[key] if name in own or name in NAMES]
        st.session_state[key] = here[0] if key == "image" else here
    if come:
        st.session_state[_CAME] = True
        st.session_state.pop(_AWAITED)
        st.session_state.pop(_UNSAID, None)
    return bool(come)


def _ask_for_missing() -> None:
    """Say which photos the link names, once it is known that the browser does not have them."""
    if not st.session_state.get(_HEARD):
        return
    if keys := st.session_state.pop(_UNSAID, None):
        link.add_late_notes([_missing(key) for key in dict.fromkeys(keys)])


def _missing(key: str) -> str:
    """What is said of the photos that the link names under a key and that are not here."""
    sentence = (
        _(
            "This link was made with the photo {names}. A link cannot hold photos: upload it to see "
            "the same. Showing the cat meanwhile."
        )
        if key == "image"
        else _(
            "This link was made with {names}. A link cannot hold photos: upload them to see the same."
        )
    )
    wanted = st.session_state.get(_AWAITED, {}).get(key, [])
    return sentence.format(names=", ".join(name for name in wanted if name not in image_names()))


def _send_again(marks: list[str]) -> None:
    lacking = {photo.digest for photo in own_photos() if mark_of(photo) in marks}
    st.session_state[_SENT].difference_update(lacking)


def _remove(mark: str) -> None:
    _send_again([mark])
    keep_own([photo for photo in own_photos() if mark_of(photo) != mark])


def _forget() -> None:
    keep_own([])
    st.session_state[_SENT].clear()
