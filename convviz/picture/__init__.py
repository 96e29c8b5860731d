"""A photo or a feature map in the browser, exactly as NumPy has it, with the region to step through.

The numbers themselves are sent, not an encoded image: a codec may change pixels, and pointing at a cell must
show its value. Photo and map are two components, so that a changed map does not send the photo again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.components import fingerprint, join_modules, read

Pair = tuple[int, int]
Box = tuple[int, int, int, int]
NO_PADDING = ((0, 0), (0, 0))

WORDS = {
    "pointed": "Under the pointer",
    "range": "Minimum {minimum}, maximum {maximum}",
    "mapCell": "out[{row}, {column}] = {value}",
    "photoCell": "Row {row}, column {column}: R {r}, G {g}, B {b}",
}
LARGEST_PIXEL = 64  # screen pixels for one pixel of a tiny image
BELOW = 250  # screen pixels kept for what stands above and below the picture

_component = st.components.v2.component(
    "convviz.picture",
    html=read("picture/picture.html"),
    css=read("picture/picture.css"),
    js=join_modules("stepper/format.js", "stepper/colour.js", "picture/picture.js"),
)


@dataclass(frozen=True)
class Link:
    """How cells of the map lie on the photo: the window of cell i starts at ``start + i * step``."""

    start: Pair
    step: Pair
    extent: Pair


def show_photo(
    pixels: npt.NDArray[np.uint8],
    *,
    key: str,
    title: str,
    detail: str,
    link: Link,
    box: Box,
    padding: tuple[Pair, Pair] = NO_PADDING,
    leftover: Pair = (0, 0),
) -> Pair | None:
    """Show a photo, its padding as a frame, what the stride leaves over, and the region's box.

    Parameters
    ----------
    pixels
        uint8 of shape (H, W, 3).
    box
        (top, left, bottom, right) of the region, drawn as an outline.

    Returns
    -------
    (row, column) or None
        The pixel just clicked, dragged to or chosen with Enter.
    """
    picked = _show(
        "photo", pixels, key, title, detail, link, box=list(box), padding=padding, leftover=leftover
    )
    return None if picked is None else (picked["row"], picked["column"])


def show_map(
    values: npt.NDArray[np.float32], *, key: str, title: str, detail: str, link: Link, box: Box
) -> Pair | None:
    """Show a feature map on a signed colour scale, with its raw minimum and maximum.

    Parameters
    ----------
    values
        float32 of shape (OH, OW).
    box
        The cells whose windows lie in the region.

    Returns
    -------
    (row, column) or None
        The pixel of the *photo* in the middle of the window of the cell just picked.
    """
    picked = _show("map", values, key, title, detail, link, box=list(box))
    if picked is None:
        return None
    row, column = (
        start + cell * step + extent // 2
        for start, step, extent, cell in zip(
            link.start, link.step, link.extent, (picked["row"], picked["column"]), strict=True
        )
    )
    return max(0, row), max(0, column)


def _show(
    kind: str,
    cells: npt.NDArray[np.generic],
    key: str,
    title: str,
    detail: str,
    link: Link,
    *,
    box: list[int],
    padding: tuple[Pair, Pair] = NO_PADDING,
    leftover: Pair = (0, 0),
) -> dict[str, int] | None:
    data = {
        "kind": kind,
        "group": "picture",
        "rows": cells.shape[0],
        "columns": cells.shape[1],
        "cells": cells.ravel(),
        "fingerprint": fingerprint(kind, cells.shape, arrays=[cells]),
        "minimum": float(cells.min()),
        "maximum": float(cells.max()),
        "title": title,
        "detail": detail,
        "description": f"{title} {detail}. Arrow keys move the region, Enter chooses it.",
        "box": box,
        "padding": [list(sides) for sides in padding],
        "leftover": list(leftover),
        "link": asdict(link),
        "words": WORDS,
        "largest": LARGEST_PIXEL,
        "below": BELOW,
    }
    result = _component(key=key, data=data, on_picked_change=lambda: None)
    picked: dict[str, int] | None = result.picked
    return picked
