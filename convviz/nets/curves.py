"""The curves of a training as a picture, drawn with Pillow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from convviz.nets.progress import History

SIZE = (1200, 520)
LEFT, TOP, WIDTH, HEIGHT, GAP = 80, 60, 470, 380, 110
INK, GRID, PALE = "#1b1f27", "#d4d8e0", "#a9c2e6"
LOSS, TRAINING, VALIDATION = "#1a5fb4", "#c85008", "#00857a"
SMOOTHED = 25  # iterations averaged in the darker line
Points = Sequence[tuple[float, float]]


def draw_curves(history: History, title: str) -> Image.Image:
    """Loss by iteration (pale), its running mean, and both accuracies.

    Parameters
    ----------
    history
        Of a trainer.
    title
        Written above.

    Examples
    --------
    >>> draw_curves(History([2.3, 2.1, 1.8], [3], [0.4], [0.3]), "three iterations").size
    (1200, 520)
    """
    image = Image.new("RGB", SIZE, "white")
    draw = ImageDraw.Draw(image)
    draw.text((LEFT, 14), title, INK, _font(20))
    last = max(len(history.losses), 2)
    losses = list(enumerate(history.losses, start=1))
    top = max((loss for loss in history.losses if np.isfinite(loss)), default=1.0) * 1.05
    left = _Axes(draw, LEFT, last, top, "loss by iteration")
    left.line(losses, PALE, 1)
    left.line(list(zip(range(1, last + 1), running_mean(history.losses), strict=False)), LOSS, 3)
    right = _Axes(draw, LEFT + WIDTH + GAP, last, 1.0, "accuracy by iteration")
    for place, (name, values, colour) in enumerate(
        (("training", history.training, TRAINING), ("validation", history.validation, VALIDATION))
    ):
        right.line(list(zip(history.measured_at, values, strict=True)), colour, 3)
        right.key(name, colour, place)
    return image


def running_mean(values: Sequence[float]) -> list[float]:
    """Mean of each value and up to `SMOOTHED` - 1 before it.

    Examples
    --------
    >>> running_mean([1.0, 3.0])
    [1.0, 2.0]
    """
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(0, ends - SMOOTHED)
    return [float(value) for value in (sums[ends] - sums[starts]) / (ends - starts)]


def _font(size: int) -> ImageFont.ImageFont | ImageFont.FreeTypeFont:
    return ImageFont.load_default(size)


class _Axes:
    """A frame with its scale, from 1 to `last` and from 0 to `top`."""

    def __init__(
        self, draw: ImageDraw.ImageDraw, left: int, last: int, top: float, title: str
    ) -> None:
        self.draw, self.left, self.last, self.top = draw, left, last, top
        draw.text((left, TOP - 4), title, INK, _font(16))
        for share in (0, 0.25, 0.5, 0.75, 1):
            y = self._at(1, share * top)[1]
            draw.line([(left, y), (left + WIDTH, y)], GRID, 1)
            draw.text((left - 8, y), f"{share * top:.3g}", INK, _font(14), anchor="rm")
        for share in (0, 0.5, 1):
            number = round(1 + share * (last - 1))
            x = self._at(number, 0)[0]
            draw.text((x, TOP + 30 + HEIGHT), str(number), INK, _font(14), anchor="mt")

    def _at(self, iteration: float, value: float) -> tuple[float, float]:
        across = (iteration - 1) / (self.last - 1)
        return self.left + across * WIDTH, TOP + 22 + HEIGHT * (1 - value / self.top)

    def line(self, points: Points, colour: str, width: int) -> None:
        """Join the points; what is not a number is left out."""
        places = [self._at(*point) for point in points if np.isfinite(point[1])]
        if len(places) > 1:
            self.draw.line(places, colour, width, joint="curve")
        for x, y in places if len(places) < 40 and width > 1 else []:
            self.draw.ellipse((x - 4, y - 4, x + 4, y + 4), fill=colour)

    def key(self, name: str, colour: str, place: int) -> None:
        """Name a line at the bottom right."""
        x, y = self.left + WIDTH - 120, TOP + HEIGHT - 40 + 24 * place
        self.draw.line([(x, y), (x + 26, y)], colour, 4)
        self.draw.text((x + 34, y), name, INK, _font(15), anchor="lm")
