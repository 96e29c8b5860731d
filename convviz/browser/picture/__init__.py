"""A photo or a feature map in the browser, exactly as NumPy has it, with the region on it.

The numbers themselves are sent, not an encoded image: a codec may change pixels, and pointing at a
cell must show its value. They travel in an element of their own, which Streamlit sends again only
when they change: moving the region, or changing the padding of a photo, sends no pixels.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.browser.picture.element import show
from convviz.browser.picture.lattice import Lattice, LatticeLayer
from convviz.ops.types import Box, Pair
from convviz.pictures.overlay import NOTHING, Overlay

NO_PADDING = ((0, 0), (0, 0))
FRAMELESS = {"padding": NO_PADDING, "leftover": [0, 0]}

__all__ = [
    "FRAMELESS",
    "GROUP",
    "Lattice",
    "LatticeLayer",
    "show_map",
    "show_photo",
    "show_pooled",
    "show_units",
]

GROUP = "picture"
BELOW = 270  # screen pixels kept for what stands above and below the picture


def show_photo(
    pixels: npt.NDArray[np.uint8] | npt.NDArray[np.float32],
    *,
    key: str,
    title: str,
    detail: str,
    lattice: Lattice,
    box: Box | None,
    padding: tuple[Pair, Pair] = NO_PADDING,
    leftover: Pair = (0, 0),
    group: str = GROUP,
    overlay: Overlay = NOTHING,
    below: int = BELOW,
    follows: bool = False,
) -> Pair | None:
    """Show a photo, its padding as a frame, what the stride leaves over, and the region's box.

    Parameters
    ----------
    pixels
        From 0 to 255, of shape (H, W, 3), or (H, W) for a gray one.
    key
        Streamlit key of the component.
    title, detail
        What it is called, and what else to say of it on the same line.
    lattice
        How the map of the same group lies on it.
    box
        (top, left, bottom, right) of the region, drawn as an outline; None for none.
    padding
        ((top, bottom), (left, right)) in pixels.
    leftover
        (rows, columns) of the padded photo that no window reaches, at its bottom and right.
    group
        The picture and the map that show each other what is pointed at have the same.
    overlay
        Boxes drawn on it, and cells lit while the rest steps back.
    below
        Screen pixels of the window's height kept for what stands above and below.
    follows
        True if the whole photo moves with the box while that is dragged.

    Returns
    -------
    (row, column) or None
        The pixel just clicked, dragged to or chosen with Enter; None in every other run.
    """
    data = {
        "kind": "photo",
        "planes": 1 if pixels.ndim == 2 else pixels.shape[2],
        "box": box and list(box),
        "padding": [list(sides) for sides in padding],
        "leftover": list(leftover),
        "below": below,
        "follows": follows,
        **overlay.data,
    }
    return show(pixels, data, key, title, detail, lattice, group)


def show_pooled(
    values: npt.NDArray[np.float32],
    *,
    key: str,
    title: str,
    detail: str,
    lattice: Lattice,
    box: Box | None,
    below: int = BELOW,
) -> Pair | None:
    """Show a pooled photo, which is a photo again, linked to the one it comes from.

    Parameters
    ----------
    values
        From 0 to 255, of shape (OH, OW, 3), or (OH, OW) for a gray one.
    key, title, detail, below
        As for `show_photo`.
    lattice
        How its cells lie on the photo.
    box
        (top, left, bottom, right) of the cells whose windows lie in the region; None for none.

    Returns
    -------
    (row, column) or None
        The pixel of the *photo* in the middle of the window of the cell just picked; None in every other run.
    """
    data = {
        "kind": "photo",
        "side": "map",
        "planes": 1 if values.ndim == 2 else values.shape[2],
        "box": box and list(box),
        "below": below,
    }
    picked = show(values, data | FRAMELESS, key, title, detail, lattice, GROUP)
    return None if picked is None else lattice.middle(*picked)


def show_units(
    values: npt.NDArray[np.uint8],
    *,
    key: str,
    title: str,
    detail: str,
    lattice: Lattice,
    overlay: Overlay = NOTHING,
    group: str = GROUP,
    below: int = BELOW,
) -> Pair | None:
    """Show the units of a layer as gray squares, each by what it holds, from 0 to 255.

    Parameters
    ----------
    values
        uint8 of shape (OH, OW).
    key, title, detail, group, overlay, below
        As for `show_photo`.
    lattice
        How the units' fields lie on the photo of the same group.

    Returns
    -------
    (row, column) or None
        The unit just clicked or chosen with Enter; None in every other run.
    """
    data = {"kind": "map", "gray": True, "planes": 1, "box": None, "below": below, **overlay.data}
    return show(values, data | FRAMELESS, key, title, detail, lattice, group)


def show_map(
    values: npt.NDArray[np.float32],
    *,
    key: str,
    title: str,
    detail: str,
    lattice: Lattice,
    box: Box | None,
    limit: float | None = None,
    group: str = GROUP,
    overlay: Overlay = NOTHING,
    below: int = BELOW,
    quiet: bool = False,
    small: bool = False,
) -> Pair | None:
    """Show a feature map on a signed colour scale, zero neutral, with its raw minimum and maximum.

    Parameters
    ----------
    values
        float32 of shape (OH, OW). What is not finite is left out of the scale, and counted.
    key
        Streamlit key of the component.
    title, detail
        What it is called, and what else to say of it on the same line.
    lattice
        How it lies on the photo of the same group.
    box
        (top, left, bottom, right) of the cells whose windows lie in the region; None for none.
    limit
        The scale goes from ``-limit`` to ``limit``; by default to the largest absolute value.
    group, overlay, below
        As for `show_photo`.
    quiet
        True where something else says what is pointed at.
    small
        Without the scale, which another map then shows: `detail`, on a line of its own, has to say the range.

    Returns
    -------
    (row, column) or None
        The pixel of the *photo* in the middle of the window of the cell just picked; None in every
        other run.

    Raises
    ------
    ValueError
        If the limit is not a positive number.
    """
    if limit is not None and not (0 < limit < float("inf")):
        raise ValueError(
            f"limit {limit}: use a positive number, or None for the largest absolute value"
        )
    data = {
        "kind": "map",
        "planes": 1,
        "box": box and list(box),
        "padding": NO_PADDING,
        "leftover": [0, 0],
        "limit": limit,
        "below": below,
        "quiet": quiet,
        "small": small,
        **overlay.data,
    }
    picked = show(values, data, key, title, detail, lattice, group)
    return None if picked is None else lattice.middle(*picked)
