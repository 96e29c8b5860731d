"""Parts in rows, and what is offered of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, Protocol

import numpy.typing as npt

from convviz.export import Slide, Tile
from convviz.export.code import Code
from convviz.text.prose import without_markup
from convviz.ui.giving.exports import offer_arrays, offer_code, offer_picture
from convviz.ui.state import live


class Part(Protocol):
    """Something that a page shows and a slide holds."""

    def show(self) -> Any:
        """Draw it here on the page; return what was just picked on it, None in every other run."""
        ...

    def tiles(self) -> Sequence[Tile]:
        """The same as tiles of a slide, from left to right."""
        ...


@dataclass(frozen=True, eq=False)
class View:
    """A view of a page."""

    title: Sequence[str]  # the page and its view, in the language in use
    name: str  # of its files, without ending
    rows: Sequence[Sequence[Part]]  # its parts, from left to right, row by row
    # What the page says, and what the sidebar is set to, as markdown, a paragraph each; "" is left
    # out.
    said: Sequence[str] = ()
    # Makes the arrays to take away; None for none.
    arrays: Callable[[], Mapping[str, npt.ArrayLike]] | None = None
    code: Callable[[], Code] | None = None  # makes what the scripts compute; None for none

    def offer(self) -> None:
        """Let the slide, the arrays and the code be taken away."""
        if live.reads():
            return
        offer_picture(lambda: self.slide().png(), self.name)
        if self.arrays:
            offer_arrays(self.arrays, self.name)
        if self.code:
            offer_code(self.code, self.name)

    def show(self, *widths: Sequence[int]) -> list[Any]:
        """Offer the view and draw it, each row in columns; return what was picked on each part.

        Parameters
        ----------
        *widths
            Of the columns of each row, the first first; those of a row without are equal.
        """
        self.offer()
        picked = []
        for k, row in enumerate(self.rows):
            shape = widths[k] if k < len(widths) else len(row)
            places: list[Any] = live.columns(shape) if shape != 1 else [nullcontext()]
            for part, place in zip(row, places, strict=False):
                with place:
                    picked.append(part.show())
        return picked

    def slide(self) -> Slide:
        """The view as a picture for a slide."""
        said = [without_markup(text) for text in self.said if text]
        rows = [[tile for part in row for tile in part.tiles()] for row in self.rows]
        return Slide(" · ".join(self.title), said, [row for row in rows if row])
