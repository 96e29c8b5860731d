"""Small pictures with captions, every pixel a square."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.mount import mount

_component = mount("pictures")


def show_pictures(
    pictures: npt.NDArray[np.uint8],
    captions: Sequence[str],
    *,
    key: str,
    label: str,
    wide: int,
    choose: Callable[[int], None] | None = None,
    captioned: bool = True,
) -> None:
    """Show pictures of one size side by side, as many in a row as fit.

    Parameters
    ----------
    pictures
        uint8 of shape (N, H, W, 3).
    captions
        One for each.
    key
        Streamlit key of the component.
    label
        What they are, for screen readers.
    wide
        Least width of each on the screen, in pixels.
    choose
        Told which one was clicked, before the script runs again; None where they cannot be.
    captioned
        False to say the captions only to who points at one, and to screen readers.
    """

    def chosen() -> None:
        if choose is not None:
            choose(int(st.session_state[key]["chosen"]))

    _, rows, columns, _ = pictures.shape
    _component(
        key=key,
        data={
            "cells": pictures.ravel(),
            "rows": rows,
            "columns": columns,
            "captions": list(captions),
            "label": label,
            "wide": wide,
            "chosen": choose is not None,
            "captioned": captioned,
        },
        on_chosen_change=chosen,
    )
