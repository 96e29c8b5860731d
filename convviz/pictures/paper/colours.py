"""The colours of the steppers, for pictures drawn here, on a light page: of one number at a time."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from convviz.pictures.palette import LIFT, LIGHT, RGB

CHANNEL = {"R": (255, 92, 80), "G": (84, 214, 104), "B": (92, 140, 255)}
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
PAGE, TEXT, LINE, BLANK = (255, 255, 255), (27, 31, 39), (180, 185, 196), (250, 250, 250)
PADDING = (228, 231, 238)
MARK = (208, 0, 111)  # the window and the cell written
FAINT = (187, 188, 190)  # an arrow of what flows at another step
FADED = 0.4  # how far a cell steps back that the step does not touch


def image_colour(value: float, plane: str) -> RGB:
    """0 is black, 255 the channel's own colour.

    Examples
    --------
    >>> image_colour(255, "n=0 R"), image_colour(-3, "")
    ((255, 92, 80), (0, 0, 0))
    """
    return _mix(BLACK, CHANNEL.get(plane[-1:], WHITE), min(1.0, max(0.0, value / 255)))


def signed_colour(value: float, limit: float) -> RGB:
    """Blue below zero, orange above, neutral at zero; ``limit`` is the largest absolute value."""
    if not limit or math.isnan(value):
        return LIGHT.zero
    share = min(1.0, abs(value) / limit) ** LIFT
    return _mix(LIGHT.zero, LIGHT.low if value < 0 else LIGHT.high, share)


def faded(colour: RGB) -> RGB:
    """The same colour stepping back."""
    return _mix(colour, WHITE, FADED)


def _mix(start: RGB, end: RGB, share: float) -> RGB:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(start, end, strict=True))
    return red, green, blue


def largest(values: npt.NDArray[np.float64]) -> float:
    """Largest absolute value of those that are finite: the frame of a maximum is −∞."""
    return float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
