"""The person's own images, photos and numbers, and the samples: what every page of the session chooses from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

import streamlit as st

from convviz.numbers.given import Numbers, shown_numbers
from convviz.photos.images import Photo
from convviz.photos.samples import sample
from convviz.text.i18n import N_, Sentence, _
from convviz.text.joined import sentences
from convviz.text.limits import MOST_OWN
from convviz.ui.state.shown import page_shown

NAMES = {
    N_("Cat"): "cat",
    N_("Dog"): "dog",
    N_("Digit"): "digit",
    N_("Checkerboard"): "checkerboard",
    N_("Step edge"): "step edge",
    N_("Gradient"): "gradient",
}
LONGEST_NAME = 80  # characters of a photo
FULL = N_("{name} does not fit: there is room for {most} photos of your own. Remove one first.")
_OWN, _ERRORS, _GONE = "own photos", "photos refused", "inputs to forget"
_SHOWING = ("image", "together", "images")  # by which links name images


@dataclass(frozen=True)
class Refused:
    """Files brought last that cannot be used."""

    errors: Sequence[Sentence]  # one for each
    all_files: bool  # whether none of them can
    # The page and the images that were shown when it was said.
    beside: tuple[str | None, ...] | None = None


def own_photos() -> list[Photo]:
    """Every photo the person brought, in order."""
    photos: list[Photo] = st.session_state.get(_OWN, [])
    return photos


def put_own_photos(photos: Sequence[Photo]) -> None:
    """Make photos the person's own, as if they had been uploaded."""
    own: list[Photo] = []
    for photo in photos:
        own.append(_renamed(photo, own))
    st.session_state[_OWN] = own


def add_own(brought: Sequence[Photo], refused: Sequence[Sentence] = ()) -> list[str]:
    """Add inputs to the person's own; their names there. What is refused, and one too many, is said."""
    own, names = list(own_photos()), []
    errors = list(refused)
    for photo in brought:
        known = next((each for each in own if each.digest == photo.digest), None)
        if known is None and len(own) == MOST_OWN:
            errors.append(Sentence(FULL, {"name": photo.name, "most": MOST_OWN}))
            continue
        if known is None:
            known = _renamed(photo, own)
            own.append(known)
        names.append(known.name)
    st.session_state[_OWN] = own
    st.session_state[_ERRORS] = Refused(errors, not names) if errors else None
    return names


def replace_own(name: str, other: Photo) -> str:
    """Put another in the place of an own input; add it where there is none of that name.

    Returns why it cannot be added, or "".
    """
    own = own_photos()
    place = next((k for k, each in enumerate(own) if each.name == name), len(own))
    if place == MOST_OWN:
        return Sentence(FULL, {"name": other.name, "most": MOST_OWN}).said
    if other.name != name and place < len(own):
        st.session_state.setdefault(_GONE, set()).add(mark_of(own[place]))
    st.session_state[_OWN] = [*own[:place], other, *own[place + 1 :]]
    return ""


def image_names() -> list[str]:
    """Names of the samples and of the person's own photos."""
    return [*NAMES, *(photo.name for photo in own_photos())]


def image_named(name: str) -> Photo:
    """A sample or an own photo by the name people choose it by."""
    if name in NAMES:
        return replace(sample(NAMES[name]), name=name)
    return next(photo for photo in own_photos() if photo.name == name)


def shown_own_photos() -> list[Photo]:
    """The person's own photos that the link of this view names."""
    return [photo for photo in _shown() if not photo.signed]


def shown_own_numbers() -> list[Numbers]:
    """The inputs of numbers that the link of this view names."""
    return shown_numbers(_shown())


def _shown() -> list[Photo]:
    named = [name for key in _SHOWING for name in st.query_params.get_all(key)]
    return [photo for photo in own_photos() if photo.name in named]


def keep_own(photos: Sequence[Photo]) -> None:
    """Have these and no others."""
    st.session_state[_OWN] = list(photos)


def marks_to_forget() -> list[str]:
    """Marks of numbers that have another name now, each said once."""
    return sorted(st.session_state.pop(_GONE, set()))


def refusals() -> list[str]:
    """Why files brought last were refused, one sentence each; until other images or another page are shown."""
    refused: Refused | None = st.session_state.get(_ERRORS)
    if refused is None:
        return []
    shown = (page_shown(), *(name for key in _SHOWING for name in st.query_params.get_all(key)))
    if refused.beside not in (None, shown):
        del st.session_state[_ERRORS]
        return []
    st.session_state[_ERRORS] = replace(refused, beside=shown)
    end = [_("The image shown has not changed.")] if refused.all_files else []
    return [sentences([error.said, *end]) for error in refused.errors]


def mark_of(photo: Photo) -> str:
    """By which the browser knows a photo that never changes, or numbers that do."""
    return f"numbers {photo.name}" if photo.signed else photo.digest


def _renamed(photo: Photo, own: Sequence[Photo]) -> Photo:
    """The photo under a name that no sample and no other photo has."""
    taken = {*NAMES, *(each.name for each in own)}
    return replace(photo, name=next(free for free in _like(photo.name) if free not in taken))


def _like(name: str) -> Iterator[str]:
    """The name itself, then "name (2)", "name (3)", … ."""
    yield name
    yield from (f"{name} ({number})" for number in count(2))
