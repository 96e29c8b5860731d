"""Ink that can be read on the cells of a heat map."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import numpy as np

from convviz.pictures.palette import RGB

BLACK, WHITE = (0, 0, 0), (255, 255, 255)
MIDDLE = 0.179  # the luminance on which black and white contrast alike, 4.58 to 1


def luminance(colour: RGB) -> float:
    """Relative luminance as WCAG 2 defines it, from 0 for black to 1 for white.

    Examples
    --------
    >>> luminance((0, 0, 0)), round(luminance((0, 255, 0)), 4)
    (0.0, 0.7152)
    """
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4
        for share in (part / 255 for part in colour)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def ink_on(colour: RGB) -> RGB:
    """Black or white, whichever contrasts more: at least 4.58 to 1 on any colour.

    Examples
    --------
    >>> ink_on((24, 90, 188)), ink_on((255, 146, 64))
    ((255, 255, 255), (0, 0, 0))
    """
    return BLACK if luminance(colour) > MIDDLE else WHITE


def colour_at(scale: Sequence[tuple[float, str]], place: float) -> RGB:
    """The colour of a place between 0 and 1 on a Plotly colour scale, mixed as Plotly mixes it.

    Examples
    --------
    >>> colour_at([(0, "rgb(0, 0, 0)"), (1, "#ff8000")], 0.5)
    (128, 64, 0)
    """
    places = [stop for stop, _ in scale]
    colours = np.array([_rgb(colour) for _, colour in scale])  # (stops, 3)
    red, green, blue = (round(float(np.interp(place, places, part))) for part in colours.T)
    return red, green, blue


def inked(text: str, scale: Sequence[tuple[float, str]], place: float) -> str:
    """Text in the ink for a place on a scale. Plotly has one text colour for all cells, but knows spans.

    Examples
    --------
    >>> inked("4", [(0, "rgb(0, 0, 0)"), (1, "#ff8000")], 0)
    '<span style="color:#fff">4</span>'
    """
    ink = "#000" if ink_on(colour_at(scale, place)) == BLACK else "#fff"
    return f'<span style="color:{ink}">{text}</span>'


def _rgb(colour: str) -> tuple[int, ...]:
    """From "#rrggbb" or "rgb(r, g, b)"."""
    if colour.startswith("#"):
        return tuple(int(colour[k : k + 2], 16) for k in (1, 3, 5))
    return tuple(map(int, re.findall(r"\d+", colour)))
