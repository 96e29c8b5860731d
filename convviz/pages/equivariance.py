"""The Equivariance page: shifting the image and then computing, against computing and then shifting."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.i18n import _
from convviz.picture import Link, show_map, show_photo
from convviz.ui import link
from convviz.ui.cache_shift import Compared, compare
from convviz.ui.parts import show_notes
from convviz.ui.shift_controls import ShiftSettings, pick_shift, shift_controls
from convviz.ui.shift_exports import offer_shift
from convviz.ui.shift_picture import offer_shift_picture
from convviz.ui.shift_view import (
    ends_table,
    handle,
    maps_shown,
    reasons,
    shift_text,
    verdict,
)

GROUP = "equivariance"
BELOW = 330


def render() -> None:
    """Draw the page."""
    link.read_link()
    settings = shift_controls()
    compared = compare(settings)
    show_notes()
    offer_shift(settings, compared)
    said = [verdict(compared), *reasons(settings, compared)]
    st.markdown(" ".join(said))
    offer_shift_picture(settings, compared, said)
    _pictures(settings, compared)
    st.table(ends_table(compared), hide_index=True)


def _pictures(settings: ShiftSettings, compared: Compared) -> None:
    """The image, which can be dragged, and the maps of both orders and of their difference."""
    columns = st.columns(4)
    stride, result = settings.chain.total_stride, compared.result
    lattice = Link((0, 0), (stride, stride), (stride, stride))
    with columns[0]:
        picked = show_photo(
            compared.image,
            key="shifted image",
            title=_("Drag the image"),
            detail=shift_text(settings),
            link=lattice,
            box=handle(settings),
            group=GROUP,
            below=BELOW,
            follows=True,
        )
    limit = float(np.abs(result.shifted_after).max()) or None
    keys = ("first", "after", "difference")
    for column, key, (title, values) in zip(columns[1:], keys, maps_shown(compared), strict=True):
        with column:
            show_map(
                values[0].astype("float32"),
                key=f"map {key}",
                title=title,
                detail=f"{values.shape[1]}×{values.shape[2]}",
                link=lattice,
                box=None,
                limit=limit,
                group=GROUP,
                below=BELOW,
            )
    if picked:
        pick_shift(picked, settings.by)
