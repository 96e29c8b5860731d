"""An axis of a chart: where a value lies along it, and which values are written beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

TICKS = 5  # about so many
ROOM = 0.05  # of its length, at an end of an axis: a dot there is not cut
COUNTED = 20  # an axis that counts no farther has a tick for each whole number
STEPS = (1, 2, 2.5, 5, 10)


@dataclass(frozen=True)
class Axis:
    """An axis from one value to another."""

    # low, high: its ends
    low: float
    high: float
    name: str = ""  # what it shows
    log: bool = False  # whether equal distances are equal factors
    # Whether it counts: every whole number has a tick where they are few, and no other number has
    # one.
    whole: bool = False

    @classmethod
    def around(
        cls,
        values: Iterable[float],
        name: str = "",
        *,
        log: bool = False,
        whole: bool = False,
        zero: bool = False,
    ) -> Axis:
        """The axis that holds all of these values that are finite, with a little room at its ends.

        With ``zero``, it begins at 0.

        Examples
        --------
        >>> Axis.around([3.0, 7.0, float("nan")])
        Axis(low=2.8, high=7.2, name='', log=False, whole=False)
        >>> Axis.around([3.0, 10.0], zero=True).high, Axis.around([1e-4, 1.0], log=True).share(1e-4)
        (10.5, 0.045...)
        """
        known = np.array(
            [value for value in values if np.isfinite(value) and (value > 0 or not log)]
        )
        low, high = (known.min(), known.max()) if known.size else (1.0, 2.0)
        if zero:
            low, high = min(0.0, low), high * (1 + ROOM) or 1.0
        elif low == high:
            low, high = (low / 2, high * 2) if log else (low - 0.5, high + 0.5)
        elif log:
            room = (high / low) ** ROOM
            low, high = low / room, high * room
        else:
            room = (high - low) * ROOM
            low, high = low - room, high + room
        return cls(float(low), float(high), name, log, whole)

    def share(self, value: float) -> float:
        """How far along the axis a value lies: 0 at its low end, 1 at its high end.

        Examples
        --------
        >>> Axis(0, 10).share(2.5), Axis(1e-4, 1.0, log=True).share(0.01)
        (0.25, 0.5)
        """
        low, high = self.low, self.high
        if self.log:
            value, low, high = (math.log10(max(each, 1e-300)) for each in (value, low, high))
        return (value - low) / (high - low)

    @property
    def scientific(self) -> bool:
        """Whether its numbers are written with powers of ten."""
        return self.log and not (self.low >= 1e-3 and self.high < 1e4)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Values and how they are written.

        Examples
        --------
        >>> [text for _value, text in Axis(0, 10).ticks]
        ['0', '2', '4', '6', '8', '10']
        >>> [text for _value, text in Axis(1e-7, 1e-3, log=True).ticks]
        ['1e−7', '1e−6', '1e−5', '1e−4', '1e−3']
        """
        if self.log:
            powers = _powers(self.low, self.high)
            return [(value, _power(value) if self.scientific else f"{value:g}") for value in powers]
        step = _step((self.high - self.low) / TICKS)
        if self.whole:
            step = 1.0 if self.high - self.low <= COUNTED else max(1.0, round(step))
        first, last = math.ceil(self.low / step - 1e-9), math.floor(self.high / step + 1e-9)
        digits = max(0, -math.floor(math.log10(step)) + (step in (0.25, 0.025)))
        return [(k * step, _plain(k * step, digits)) for k in range(first, last + 1)]


def _step(least: float) -> float:
    """A round step that is at least so long."""
    unit = 10.0 ** math.floor(math.log10(least))
    return next(each for each in (factor * unit for factor in STEPS) if each >= least * (1 - 1e-9))


def _plain(value: float, digits: int) -> str:
    text = f"{value + 0.0:,.{digits}f}" if abs(value) < 1e6 else f"{value:.3g}"
    return text.replace("-", "−")


def _powers(low: float, high: float) -> Sequence[float]:
    """Powers of ten, or where there are few of them, their doubles and fivefolds too."""
    first, last = math.floor(math.log10(low)), math.ceil(math.log10(high))
    every = max(1, round((last - first) / (TICKS + 2)))
    factors = (1, 2, 5) if last - first <= 2 else (1,)
    found = [f * 10.0**p for p in range(first, last + 1) if p % every == 0 for f in factors]
    return [value for value in found if low * (1 - 1e-9) <= value <= high * (1 + 1e-9)]


def _power(value: float) -> str:
    exponent = math.floor(math.log10(value) + 1e-9)
    return f"{value / 10.0**exponent:.0f}e{exponent}".replace("-", "−")
