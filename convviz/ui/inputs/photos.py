"""The image a page works on: a sample, two samples as a batch, or the person's own photo."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from convviz.browser.paste import pasted_image
from convviz.photos.images import ImageError, Photo, read_photo
from convviz.photos.samples import sample
from convviz.text.i18n import N_, Sentence, _
from convviz.ui.state import link

BATCH = N_("Cat and dog")
OWN = N_("Your photo")
NAMES = {
    N_("Cat"): "cat",
    N_("Dog"): "dog",
    N_("Digit"): "digit",
    N_("Checkerboard"): "checkerboard",
    N_("Step edge"): "step edge",
    N_("Gradient"): "gradient",
}
_PHOTO, _ERROR, _CAMERA, _CAMERA_ON = "photo", "photo error", "camera", "camera on"
_NAME, _AWAITED, _CAME = "photo_name", "photo awaited", "awaited photo came"


def image_control() -> list[Photo]:
    """Choose the image in the sidebar. Two photos when a batch of two is chosen."""
    if pasted := pasted_image(key="paste"):
        _read(*pasted)
    options = [*NAMES, BATCH]
    if _PHOTO in st.session_state:
        options.append(OWN)
    elif st.query_params.get("image") == OWN:
        link.asked("image")
        st.session_state[_AWAITED] = name = st.query_params.get(_NAME, OWN)
        link.add_note(
            _(
                "This link was made with the photo {name}. A link cannot hold photos: upload it to see "
                "the same. Showing the cat meanwhile."
            ).format(name=name)
        )
    chosen = link.select(_("Image"), "image", options)
    _own_photo()
    if chosen == OWN:
        photo: Photo = st.session_state[_PHOTO]
        link.put(_NAME, photo.name)
        return [photo]
    st.query_params.pop(_NAME, None)
    return [named_sample(name) for name in (("Cat", "Dog") if chosen == BATCH else (chosen,))]


def named_sample(name: str) -> Photo:
    """An image that comes with convviz, under the name people choose it by."""
    return replace(sample(NAMES[name]), name=name)


def photo_detail(photo: Photo) -> str:
    """The photo's size and what was done to it on the way in."""
    height, width = photo.pixels.shape[:2]
    return " ".join([f"{height}×{width}", *(note.said for note in photo.notes)])


def own_photo() -> Photo | None:
    """The photo the person brought, if it is the one shown."""
    photo: Photo | None = st.session_state.get(_PHOTO)
    return photo if st.session_state.get("image") == OWN else None


def came_as_awaited() -> bool:
    """Whether the photo that a link is made for has just been uploaded: its settings are to stay."""
    return bool(st.session_state.pop(_CAME, False))


def put_photo(photo: Photo) -> None:
    """Make a photo the person's own, as if it had been uploaded."""
    st.session_state[_PHOTO] = photo


def photo_error() -> str | None:
    """Why the last upload was refused, or None."""
    error: Sentence | None = st.session_state.get(_ERROR)
    return error.said if error else None


def refuse(reason: Sentence | None) -> None:
    """Remember why an upload was refused, for `photo_error`; None forgets it."""
    st.session_state[_ERROR] = reason


def _own_photo() -> None:
    with st.expander(_("Use your own photo"), icon=":material/add_a_photo:"):
        st.file_uploader(
            _("Drop or choose an image, or paste one anywhere"),
            key="upload",
            on_change=_take,
            args=("upload",),
            help=_(
                "JPEG, PNG, WebP, GIF, BMP, TIFF, AVIF or HEIC. "
                "It stays on the computer that runs convviz."
            ),
        )
        camera(_read)


def camera(take: Callable[[bytes, str], None]) -> None:
    """Offer the camera. `take` is called with each picture's bytes and a name: its file's tells nothing."""

    def changed() -> None:
        if (file := st.session_state[_CAMERA]) is not None:
            take(file.getvalue(), _("Camera"))

    if st.toggle(_("Use the camera"), key=_CAMERA_ON):
        # Without a resolution Streamlit asks for the camera a second time, a second after the first, for a film as
        # wide as the box. The film breaks off meanwhile, and a press takes no picture.
        st.camera_input(_("Take a picture"), key=_CAMERA, on_change=changed, resolution="720p")


def _take(key: str) -> None:
    """Read what was uploaded."""
    if (file := st.session_state[key]) is not None:
        _read(file.getvalue(), file.name)


def _read(data: bytes, name: str) -> None:
    """Make a file the photo shown. A refused one changes nothing but the sentence shown."""
    try:
        st.session_state[_PHOTO] = read_photo(data, name)
    except ImageError as error:
        st.session_state[_ERROR] = error.sentence
        return
    st.session_state.pop(_ERROR, None)
    st.session_state[_CAME] = st.session_state.pop(_AWAITED, None) == name
    st.session_state["image"] = OWN
