"""The unit or the pixel a person has picked on the receptive-field page. One of the two, kept in the link."""

from __future__ import annotations

import streamlit as st

Pair = tuple[int, int]
UNIT, PIXEL = "unit", "pixel"


def picked_unit(size: Pair) -> Pair:
    """The unit picked, moved inside its map; the middle one where none is."""
    place = _read(UNIT) or (size[0] // 2, size[1] // 2)
    return min(place[0], size[0] - 1), min(place[1], size[1] - 1)


def picked_pixel(size: Pair) -> Pair | None:
    """The pixel picked; None where a unit is, or where it lies outside the photo."""
    place = _read(PIXEL)
    return place if place and place[0] < size[0] and place[1] < size[1] else None


def pick(what: str, place: Pair) -> None:
    """Keep what was picked, in the place of what was before; takes effect in the rerun this starts."""
    for each in (UNIT, PIXEL):
        st.session_state.pop(f"picked {each}", None)
        st.query_params.pop(each, None)
    st.session_state[f"picked {what}"] = f"{place[0]},{place[1]}"
    st.query_params[what] = st.session_state[f"picked {what}"]
    st.rerun()


def _read(what: str) -> Pair | None:
    other = PIXEL if what == UNIT else UNIT
    if f"picked {other}" in st.session_state:
        return None
    text = st.session_state.get(f"picked {what}", st.query_params.get(what, ""))
    parts = text.split(",")
    if len(parts) != 2 or not all(part.isdecimal() for part in parts):
        return None
    return int(parts[0]), int(parts[1])
