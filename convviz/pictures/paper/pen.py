"""Drawing in screen pixels on a picture that is finer than the screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise

from PIL import Image, ImageColor, ImageDraw

from convviz.pictures.palette import LIGHT
from convviz.pictures.paper.font import font

SIZE = 16  # screen pixels of plain text
LEADING = 1.4  # height of a line, in sizes
DASH, GAP = 8, 5  # screen pixels of a dashed line
Colour = str | tuple[int, int, int]
Point = tuple[float, float]
Place = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True)
class Pen:
    """Draws on a picture."""

    picture: Image.Image  # an RGB picture
    # pixels of the picture for each of the screen's. All lengths and places are the screen's.
    scale: int = 1

    @classmethod
    def on_page(cls, width: int, height: int, scale: int, page: Colour = "white") -> Pen:
        """Begin a picture.

        Examples
        --------
        >>> Pen.on_page(30, 20, scale=2).picture.size
        (60, 40)
        """
        return cls(Image.new("RGB", (width * scale, height * scale), page), scale)

    def text(
        self,
        at: Point,
        text: str,
        *,
        size: int = SIZE,
        colour: Colour = LIGHT.text,
        anchor: str = "la",
        code: bool = False,
    ) -> None:
        """Write a line; ``anchor`` is Pillow's: "la" is the left end at its top, "mm" its middle."""
        if text:
            x, y = self._scaled(at)
            letters, left, top = _letters(text, size * self.scale, anchor, code)
            self.picture.paste(colour, (x + left, y + top), letters)

    def box(
        self,
        place: Place,
        *,
        fill: Colour | None = None,
        line: Colour | None = None,
        width: float = 1,
    ) -> None:
        """Draw a rectangle; its line lies inside."""
        left, top, right, bottom = self._scaled(place)
        if right > left and bottom > top:
            corners = (left, top, right - 1, bottom - 1)
            self._draw.rectangle(corners, fill, line, round(width * self.scale))

    def line(
        self, points: Sequence[Point], colour: Colour, width: float = 1, *, dashed: bool = False
    ) -> None:
        """Join points."""
        parts = _dashes(points) if dashed else [points]
        for part in parts:
            places = [self._scaled(point) for point in part]
            self._draw.line(places, colour, round(width * self.scale), joint="curve")

    def dot(self, at: Point, radius: float, *, fill: Colour | None, line: Colour | None) -> None:
        """Draw a disc or a ring."""
        x, y = at
        place = self._scaled((x - radius, y - radius, x + radius, y + radius))
        self._draw.ellipse(place, fill, line, 3 * self.scale if line else 0)

    def shape(self, points: Sequence[Point], fill: Colour) -> None:
        """Fill what the points go round."""
        self._draw.polygon([self._scaled(point) for point in points], fill)

    def tint(self, place: Place, colour: Colour, share: float) -> None:
        """Mix a colour into what is there."""
        left, top, right, bottom = self._scaled(place)
        rgb = ImageColor.getrgb(colour) if isinstance(colour, str) else colour
        wash = Image.new("RGB", (right - left, bottom - top), rgb)
        under = self.picture.crop((left, top, right, bottom))
        self.picture.paste(Image.blend(under, wash, share), (left, top))

    def paste(self, picture: Image.Image, at: Point) -> None:
        """Put a picture, already as fine as this one, on it."""
        x, y = self._scaled(at)
        self.picture.paste(picture, (x, y))

    @cached_property
    def _draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.picture)

    def _scaled(self, lengths: Sequence[float]) -> tuple[int, ...]:
        return tuple(round(length * self.scale) for length in lengths)


@lru_cache(maxsize=4096)
def _letters(text: str, size: int, anchor: str, code: bool) -> tuple[Image.Image, int, int]:
    """A line as a mask, and how far its corner lies from its anchor. A film writes the same numbers often."""
    face = font(size, code=code)
    left, top, right, bottom = (round(side) for side in face.getbbox(text, anchor=anchor))
    mask = Image.new("L", (max(1, right - left), max(1, bottom - top)))
    ImageDraw.Draw(mask).text((-left, -top), text, font=face, fill=255, anchor=anchor)
    return mask, left, top


def mixed(colour: str, share: float) -> tuple[int, int, int]:
    """So much of a colour on white.

    Examples
    --------
    >>> mixed("#000000", 0.2)
    (204, 204, 204)
    """
    red, green, blue = (round(255 + (part - 255) * share) for part in ImageColor.getrgb(colour)[:3])
    return red, green, blue


def width_of(text: str, size: int = SIZE, *, code: bool = False) -> float:
    """Screen pixels a line takes."""
    return font(size, code=code).getlength(text)


def wrapped(text: str, width: float, size: int = SIZE) -> list[str]:
    """A text in lines that fit; Chinese is broken anywhere, other text between words.

    Examples
    --------
    >>> wrapped("a few words of text", 90)
    ['a few words', 'of text']
    >>> wrapped("卷积核滑过图像", 70)
    ['卷积核滑', '过图像']
    """
    lines = [""]
    for piece in _pieces(text):
        longer = lines[-1] + piece
        if lines[-1] and width_of(longer.rstrip(), size) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append(piece)
        else:
            lines[-1] = longer
    return [line.rstrip() for line in lines]


def _pieces(text: str) -> list[str]:
    """Words with the space behind them; each Chinese character by itself, with what must not begin a line."""
    pieces = [""]
    for letter in text:
        wide = letter >= "⺀"
        closes = letter in "，。、；：？！）》」】"
        if pieces[-1] and not closes and (pieces[-1][-1] == " " or wide or pieces[-1][-1] >= "⺀"):
            pieces.append(letter)
        else:
            pieces[-1] += letter
    return pieces


def _dashes(points: Sequence[Point]) -> list[list[Point]]:
    """The strokes of a dashed line; the pattern goes on round corners."""
    strokes: list[list[Point]] = []
    left, drawing = float(DASH), True
    for (x, y), (to_x, to_y) in pairwise(points):
        length = ((to_x - x) ** 2 + (to_y - y) ** 2) ** 0.5
        done = 0.0
        while done < length:
            step = min(left, length - done)
            ends = [done / length, (done + step) / length]
            if drawing:
                strokes.append([(x + (to_x - x) * t, y + (to_y - y) * t) for t in ends])
            done, left = done + step, left - step
            if left <= 0:
                drawing = not drawing
                left = float(DASH if drawing else GAP)
    return strokes
