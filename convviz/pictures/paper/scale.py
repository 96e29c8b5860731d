"""A colour scale drawn by Pillow: a strip with what its places mean."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image

from convviz.pictures.cells import SCALES, ColourScale
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper import colours
from convviz.pictures.paper.grounds import scale_pixels
from convviz.pictures.paper.pen import LEADING, Pen, width_of

TEXT = 15  # screen pixels
LINE = round(TEXT * LEADING)


@dataclass(frozen=True)
class ScaleTile:
    """A colour scale from left to right."""

    # What is shown. Of its ticks, one that would run into the one before is left out, the last
    # never.
    scale: ColourScale
    # width, height: in screen pixels: of the strip; texts come on top of its height
    width: int = 280
    height: int = 14

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in screen pixels."""
        return self.width, self.height + LINE + 3 + (LINE + 3 if self.scale.bands else 0)

    def draw(self, pen: Pen, x: float, y: float) -> None:
        """Draw it with its top left corner there."""
        for k, band in enumerate(self.scale.bands):
            middle = x + (k + 0.5) * self.width / len(self.scale.bands)
            pen.text((middle, y), band.replace("\n", " "), size=TEXT, anchor="ma")
        y += LINE + 3 if self.scale.bands else 0
        places = np.linspace(0, 1, self.width * pen.scale)[None]  # (1, width)
        strip = Image.fromarray(scale_pixels(places, SCALES[self.scale.name](LIGHT)))
        pen.paste(strip.resize((self.width * pen.scale, self.height * pen.scale)), (x, y))
        if self.scale.at is not None:
            middle = x + self.scale.at * self.width
            mark = (middle - 4, y - 4, middle + 4, y + self.height + 4)
            pen.box(mark, fill=colours.TEXT, line=colours.PAGE, width=1.5)
        self._ticks(pen, x, y + self.height + 3)

    def _ticks(self, pen: Pen, x: float, y: float) -> None:
        *others, (_place, last) = self.scale.ticks
        end, room = float("-inf"), self.width - width_of(last, TEXT) - 8
        for place, text in others:
            wide = width_of(text, TEXT)
            left = max(0.0, place * self.width - wide / 2)
            if left > end and left + wide < room:
                pen.text((x + left, y), text, size=TEXT)
                end = left + wide + 8
        pen.text((x + self.width, y), last, size=TEXT, anchor="ra")
