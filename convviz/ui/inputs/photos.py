"""The image a page works on: a sample, an own photo, or several as a batch."""

from __future__ import annotations

import streamlit as st

from convviz.numbers.given import Numbers, shown_numbers
from convviz.photos.crop import beside
from convviz.photos.images import Photo
from convviz.text.i18n import _
from convviz.text.joined import sentences
from convviz.text.words import shown_name
from convviz.ui.inputs.own_images import image_named, image_names, own_photos
from convviz.ui.inputs.own_numbers import bring_numbers, edit_numbers, follow_link, keep_in_link
from convviz.ui.inputs.tray import Choice, await_named, show_tray
from convviz.ui.internals.late import leave_view
from convviz.ui.state import link, live
from convviz.ui.state.shown import key_of

_IMAGE, _TOGETHER = "image", "together"
MOST_TOGETHER = 4


def one_image() -> Photo:
    """Choose the image in the sidebar."""
    follow_link()
    chosen = _choose()
    photo = image_named(chosen)
    keep_in_link([photo])
    edit_numbers(photo)
    show_tray(Choice([chosen], _press, lambda names: _press(names[0])))
    bring_numbers(photo, lambda names: _press(names[0]))
    return photo


def one_input_of_numbers() -> Numbers | None:
    """Choose one of the person's own inputs of numbers, and edit it; None where there is none yet."""
    follow_link()
    own = shown_numbers(own_photos())
    numbers = None
    if own:
        names, elsewhere = [each.name for each in own], st.session_state.get(_IMAGE)
        if elsewhere in names and not link.says([_IMAGE]):
            st.session_state.setdefault(key_of(_IMAGE), elsewhere)
        chosen = link.select(_("Numbers of your own"), _IMAGE, names, shown=shown_name)
        numbers = next(each for each in own if each.name == chosen)
        keep_in_link([numbers])
        edit_numbers(numbers)
    bring_numbers(numbers or image_named(image_names()[0]), lambda names: _press(names[0]))
    return numbers


def image_batch() -> list[Photo]:
    """Choose one image or several in the sidebar; all at the size of the first."""
    follow_link()
    await_named(_TOGETHER)
    chosen = _choose()
    offered = [name for name in _alike(image_named(chosen)) if name != chosen]
    names = [chosen, *link.several(_("Together with"), _TOGETHER, offered, MOST_TOGETHER - 1)]
    first, *more = [image_named(name) for name in names]
    keep_in_link([first, *more])
    edit_numbers(first)
    show_tray(Choice(names, _press, _take_several, several=True))
    bring_numbers(first, _take_several)
    if isinstance(first, Numbers):
        return [first, *more]
    return [first, *(beside(photo, first) for photo in more)]


def photo_note(photo: Photo) -> str:
    """What was done to the photo on the way in."""
    return sentences(note.said for note in photo.notes)


def _alike(first: Photo) -> list[str]:
    """Names of what can be in a batch: numbers of one shape, or any photos."""
    own = shown_numbers(own_photos())
    if isinstance(first, Numbers):
        return [each.name for each in own if each.values.shape == first.values.shape]
    numbers = {each.name for each in own}
    return [name for name in image_names() if name not in numbers]


def _choose() -> str:
    await_named(_IMAGE)
    return link.select(_("Image"), _IMAGE, image_names(), shown=shown_name)


def _press(name: str) -> None:
    leave_view()  # until the browser has heard of the photo, its list tells the one before
    st.session_state[key_of(_IMAGE)] = st.session_state[_IMAGE] = name  # of every page
    live.run_whole()


def _take_several(names: list[str]) -> None:
    """Several brought at once are a batch."""
    _press(names[0])
    if len(names) > 1:
        st.session_state[_TOGETHER] = names[1:MOST_TOGETHER]
