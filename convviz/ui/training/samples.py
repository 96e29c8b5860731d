"""Choose a picture of the validation split: by its number, by its class, or at random."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.browser.pictures import Pictures
from convviz.nets.data import Split
from convviz.text.i18n import _
from convviz.ui.state import link

KEY = "sample"  # of the number, and in the link
FIRST = 7  # the picture shown first
_WIDE = 36  # screen pixels: five in a row of the sidebar


def sample_control(split: Split, names: Sequence[str]) -> int:
    """Choose the number of a picture: type it, click the next one of a class, or take one at random."""
    box, button = st.columns([4, 3], vertical_alignment="bottom", gap="small")
    with box:
        number = link.number(_("Validation picture"), KEY, (0, len(split) - 1), FIRST)
    button.button(
        _("Random"),
        key="random picture",
        on_click=_take_any,
        args=(number, len(split)),
        disabled=len(split) < 2,
        width="stretch",
    )
    following = next_of_each(split.labels, number)
    st.markdown(_("The next one of each class"))
    Pictures(
        np.stack([for_the_eye(split.images[k]) for k in following]),
        [names[int(split.labels[k])] for k in following],
        key="next pictures",
        label=_("The next picture of each class"),
        wide=_WIDE,
        choose=lambda place: take(following[place]),
        captioned=False,
    ).show()
    return number


def next_of_each(labels: npt.NDArray[np.int64], number: int) -> list[int]:
    """The first picture of each class after a number; after the last picture the search goes on at the first.

    Examples
    --------
    >>> next_of_each(np.array([0, 1, 0, 1, 2]), 1)
    [2, 3, 4]
    >>> next_of_each(np.array([0, 1, 0, 1, 2]), 4)
    [0, 1, 4]
    """
    order = np.roll(np.arange(len(labels)), -number - 1)
    _classes, first = np.unique(labels[order], return_index=True)
    return [int(k) for k in order[first]]


def take(number: int) -> None:
    """Show a picture of the validation split in the next run."""
    st.session_state[KEY] = number


def for_the_eye(picture: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """A picture (C, H, W) as (H, W, 3); of another number of channels than 3, the first as grey.

    Examples
    --------
    >>> for_the_eye(np.zeros((1, 28, 28), dtype=np.uint8)).shape
    (28, 28, 3)
    """
    channels = picture if len(picture) == 3 else np.repeat(picture[:1], 3, axis=0)
    return np.ascontiguousarray(channels.transpose(1, 2, 0))  # (H, W, 3)


def _take_any(present: int, count: int) -> None:
    """Choose another picture at random."""
    further = int(np.random.default_rng().integers(1, count))
    take((present + further) % count)
