"""The photo and the map of a scene on a picture of a step, with what is small enlarged: ``stepper/inset.js``."""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image

from convviz.ops.types import Box, Pixels, Sides
from convviz.pictures.palette import RGB
from convviz.pictures.paper import colours
from convviz.pictures.paper.pen import Pen, Place
from convviz.trace.place import Part

SIDE = 168  # pixels of the longer side at scale 1
SHARE = 0.64  # of the picture's shorter side that an inset takes at most
LEAST_FRAME, GAP = 9, 7  # pixels of the frame around a part, and from it to the inset
NOWHERE: Sides = ((0, 0), (0, 0))


@dataclass(frozen=True)
class Inset:
    """A part of a picture: where it lies, and where it is seen.

    Parameters
    ----------
    part
        Of the picture.
    corner
        The top left corner of the picture.
    least
        Pixels that a cell must have to be seen without an inset.
    around
        Cells around the part that are shown too: ((top, bottom), (left, right)).
    """

    part: Part
    corner: tuple[float, float]
    least: float
    around: Sides = NOWHERE

    @property
    def scale(self) -> float:
        """Pixels of a cell of the whole picture."""
        return SIDE / max(self.part.size)

    @property
    def enlarged(self) -> bool:
        """Whether there is an inset."""
        return self.scale < self.least

    @property
    def picture(self) -> Place:
        """Where the whole picture lies."""
        (x, y), (rows, columns) = self.corner, self.part.size
        return x, y, x + columns * self.scale, y + rows * self.scale

    @property
    def frame(self) -> Place:
        """The frame around the part on the picture."""
        top, left, bottom, right = (side * self.scale for side in self.part.box)
        wide, high = max(LEAST_FRAME, right - left) / 2, max(LEAST_FRAME, bottom - top) / 2
        x, y = self.corner[0] + (left + right) / 2, self.corner[1] + (top + bottom) / 2
        return x - wide, y - high, x + wide, y + high

    @property
    def shown(self) -> Box:
        """The part with what is shown around it."""
        (above, below), (before, after) = self.around
        top, left, bottom, right = self.part.box
        return top - above, left - before, bottom + below, right + after

    @property
    def inset(self) -> Place:
        """Where the part is enlarged: at the side of the frame with the most room, far from it along that side."""
        (x0, y0, x1, y1), frame, shown = self.picture, self.frame, self.shown
        rows, columns = shown[2] - shown[0], shown[3] - shown[1]
        rooms = (frame[0] - x0, frame[1] - y0, x1 - frame[2], y1 - frame[3])
        side = min(SHARE * min(x1 - x0, y1 - y0), max(rooms) - GAP)
        wide, high = (side * length / max(rows, columns) for length in (columns, rows))
        low = (frame[0] + frame[2] < x0 + x1, frame[1] + frame[3] < y0 + y1)
        x, y = (x1 - wide if low[0] else x0), (y1 - high if low[1] else y0)
        x = {0: x0, 2: x1 - wide}.get(rooms.index(max(rooms)), x)
        y = {1: y0, 3: y1 - high}.get(rooms.index(max(rooms)), y)
        return x, y, x + wide, y + high

    def place(self, box: Box) -> Place:
        """Where cells of the whole picture are seen."""
        cell, (x, y) = self.scale, self.corner
        if self.enlarged:
            left, top, right, _bottom = self.inset
            cell = (right - left) / (self.shown[3] - self.shown[1])
            x, y = left - self.shown[1] * cell, top - self.shown[0] * cell
        return x + box[1] * cell, y + box[0] * cell, x + box[3] * cell, y + box[2] * cell

    def draw(self, pen: Pen, whole: Pixels | None) -> None:
        """Draw the picture, and the ground on which the part is drawn."""
        pen.box(self.picture, fill=colours.BLANK, line=colours.LINE)
        if whole is not None:
            paste(pen, whole, self.picture)
        if not self.enlarged:
            pen.box(self.frame, line=colours.TEXT, width=1.5)
            return
        frame, inset = self.frame, self.inset
        for across in (0, 2):
            for down in (1, 3):
                ends = [(frame[across], frame[down]), (inset[across], inset[down])]
                pen.line(ends, colours.PAGE, 3)
                pen.line(ends, colours.TEXT, 1)
        pen.box(frame, fill=colours.PAGE, line=colours.TEXT, width=1.5)
        pen.box(inset, fill=colours.PADDING, line=colours.TEXT, width=1.5)

    def fill(self, pen: Pen, box: Box, colour: RGB) -> None:
        """Fill cells with a colour."""
        pen.box(self.place(box), fill=colour)

    def edge(self, pen: Pen) -> None:
        """A thin line around the part, over what was drawn on it."""
        pen.box(self.inset if self.enlarged else self.frame, line=colours.TEXT, width=1.5)

    def mark(self, pen: Pen, box: Box) -> None:
        """A thick outline around cells, with a pale rim."""
        left, top, right, bottom = self.place(box)
        for out, line, width in ((5, colours.PAGE, 6), (3, colours.MARK, 3)):
            pen.box((left - out, top - out, right + out, bottom + out), line=line, width=width)


def paste(pen: Pen, pixels: Pixels, place: Place) -> None:
    """Put a picture into a rectangle."""
    left, top, right, bottom = (round(side * pen.scale) for side in place)
    size = (max(1, right - left), max(1, bottom - top))
    how = Image.Resampling.NEAREST if size[0] > pixels.shape[1] else Image.Resampling.LANCZOS
    pen.paste(Image.fromarray(pixels).resize(size, how), (left / pen.scale, top / pen.scale))
