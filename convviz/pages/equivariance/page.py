"""The Equivariance page: shifting the image and then computing, against computing and then shifting."""

from __future__ import annotations

import numpy as np
import streamlit as st

from convviz.browser.picture import Lattice, show_map, show_photo
from convviz.pages.equivariance.cached import Compared, compare
from convviz.pages.equivariance.controls import ShiftSettings, pick_shift, shift_controls
from convviz.pages.equivariance.exports import offer_shift
from convviz.pages.equivariance.picture import offer_shift_picture
from convviz.pages.equivariance.words import (
    DIFFERENCE,
    differing,
    ends_table,
    ends_text,
    handle,
    maps_shown,
    reasons,
    shift_text,
    verdict,
)
from convviz.pictures.overlay import NOTHING
from convviz.text.i18n import _
from convviz.ui.parts import show_notes
from convviz.ui.state import link

GROUP = "equivariance"
BELOW = 370
WIDTHS = (20, 8, 20)  # of the image, both orders one above the other, and the difference


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
    st.table(ends_table(settings, compared), hide_index=True)


def _pictures(settings: ShiftSettings, compared: Compared) -> None:
    """The image, which can be dragged, both orders, small, and their difference, large."""
    left, between, right = st.columns(WIDTHS)
    middle = between.container(gap=None)
    stride = settings.chain.total_stride
    lattice = Lattice((0, 0), (stride, stride), (stride, stride))
    with left:
        picked = show_photo(
            compared.image,
            key="shifted image",
            title=_("Drag the image"),
            detail=shift_text(settings),
            lattice=lattice,
            box=handle(settings),
            group=GROUP,
            below=BELOW,
            follows=True,
        )
    limit = float(np.abs(compared.result.shifted_after).max()) or None
    for key, title, values in maps_shown(compared):
        small = key != DIFFERENCE
        size = f"{values.shape[0]}×{values.shape[1]}"
        with middle if small else right:
            show_map(
                values.astype("float32"),
                key=f"map {key}",
                title=title,
                detail=ends_text(values) if small else size,
                lattice=lattice,
                box=None,
                limit=limit,
                group=GROUP,
                overlay=differing(values) if key == DIFFERENCE else NOTHING,
                below=BELOW,
                small=small,
            )
    if picked:
        pick_shift(picked, settings.by)
