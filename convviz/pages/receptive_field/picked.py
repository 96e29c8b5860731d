"""The unit or the pixel a person has picked on the receptive-field page. One of the two, kept in the link."""

from __future__ import annotations

import streamlit as st

from convviz.ops.types import Pair
from convviz.text.i18n import _
from convviz.text.numbers import whole_in
from convviz.ui.state import history, link

UNIT, PIXEL = "unit", "pixel"


def picked_unit(size: Pair) -> Pair:
    """The unit picked, moved inside its map; the middle one where none is."""
    place = _read(UNIT) or (size[0] // 2, size[1] // 2)
    return min(place[0], size[0] - 1), min(place[1], size[1] - 1)


def picked_pixel(size: Pair) -> Pair | None:
    """The pixel picked; None where a unit is, or where it lies outside the photo."""
    place = _read(PIXEL)
    return place if place and place[0] < size[0] and place[1] < size[1] else None


def check_picks(layer: str, units: Pair, pixels: Pair) -> None:
    """Say so if the link asked for what is not there, and keep in the link what is.

    `units` and `pixels` are (rows, columns) of the map of the layer chosen, and of the photo.
    """
    unit, pixel = picked_unit(units), picked_pixel(pixels)
    wanted, wanted_pixel = link.asked(UNIT), link.asked(PIXEL)
    said = None
    if wanted and wanted_pixel and pixel:
        said = _("The link asks for a unit and for a pixel. Showing pixel {wanted_pixel}.")
    elif wanted_pixel and not pixel:
        said = _(
            "The link asks for pixel {wanted_pixel}, but pixels go from 0,0 to {last_pixel}. Showing unit {unit}."
        )
    elif wanted and wanted != text_of(unit):
        said = _(
            "The link asks for unit {wanted}, but the units of {layer} go from 0,0 to {last}. Showing unit {unit}."
        )
    if said:
        link.add_note(
            said.format(
                wanted=wanted,
                wanted_pixel=wanted_pixel,
                layer=layer,
                last=_last(units),
                last_pixel=_last(pixels),
                unit=text_of(unit),
            )
        )
    if not pixel and (place := _read(UNIT)):
        st.session_state[f"picked {UNIT}"] = text_of(place)  # a larger map may have it
    for what, place in ((UNIT, unit), (PIXEL, pixel)):
        if what in st.query_params:
            _write(what, place)


def pick(what: str, place: Pair) -> None:
    """Keep what was picked, in the place of what was before; takes effect in the rerun this starts."""
    other = PIXEL if what == UNIT else UNIT
    st.session_state.pop(f"picked {other}", None)
    st.session_state[f"picked {what}"] = text_of(place)
    link.put_all({what: text_of(place), other: ()})
    st.rerun()


def is_picked(what: str) -> bool:
    """Whether a unit, or a pixel, is picked."""
    return _read(what) is not None


def take_unit(place: Pair) -> None:
    """Pick a unit that the link names already."""
    st.session_state[f"picked {UNIT}"] = text_of(place)


def _read(what: str) -> Pair | None:
    other = PIXEL if what == UNIT else UNIT
    history.mirror(f"picked {what}", f"picked {other}")
    if f"picked {other}" in st.session_state:
        return None
    text = st.session_state.get(f"picked {what}", st.query_params.get(what, ""))
    row, _, column = text.partition(",")
    place = whole_in(row), whole_in(column)
    return None if place[0] is None or place[1] is None else (place[0], place[1])


def _write(what: str, place: Pair | None) -> None:
    """Into the link; out of it where there is none."""
    link.put(what, () if place is None else text_of(place))


def _last(size: Pair) -> str:
    return text_of((size[0] - 1, size[1] - 1))


def text_of(place: Pair) -> str:
    """A unit or a pixel as the link has it."""
    return f"{place[0]},{place[1]}"
