"""A view as a picture: what pages say and show, as the parts of a slide."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.pictures.paper.raster import SIDE, signed_map
from convviz.pictures.paper.slide import Slide, Tile
from convviz.text.i18n import _
from convviz.text.prose import number, without_markup
from convviz.text.words import PICTURE
from convviz.ui.giving.exports import offer_picture

Rows = Sequence[Sequence[Tile]]


def offer_slide(
    view: Sequence[str], said: Sequence[str], rows: Callable[[], Rows], name: str
) -> None:
    """The view as a picture, drawn when it is asked for.

    Parameters
    ----------
    view
        The page and its view, in the language in use.
    said
        What the page says, as markdown, a paragraph each; "" is left out.
    rows
        Makes the tiles.
    name
        Of the file, without ending.
    """
    sentences = [without_markup(text) for text in said if text]
    offer_picture(lambda: Slide(" · ".join(view), sentences, rows()).png(), name)


def map_tile(title: str, values: npt.NDArray[Any], *, side: int = SIDE) -> Tile:
    """A map on its colour scale, with its range."""
    return Tile(title, signed_map(values, side=side), range_text(values))


def range_text(values: npt.NDArray[Any]) -> str:
    """The raw range of a map, as the page writes it."""
    finite = values[np.isfinite(values)]
    if not finite.size:
        return _(PICTURE["missing"]).format(count=values.size)
    low, high = number(float(finite.min())), number(float(finite.max()))
    return _(PICTURE["range"]).format(minimum=low, maximum=high)
