"""Banks made by a formula or by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.ops import filters
from convviz.ops.errors import SpecError, require_int
from convviz.ops.filters.stack import stack_kernels
from convviz.ops.types import Floats, Pair
from convviz.pipeline.limits import check_count, check_size
from convviz.text.i18n import Sentence


@dataclass(frozen=True)
class Gabor:
    """A Gabor filter for each of several orientations, the same for every channel.

    Examples
    --------
    >>> [str(name) for name in Gabor(4).names]
    ['Gabor 0°', 'Gabor 45°', 'Gabor 90°', 'Gabor 135°']
    """

    count: int = 8
    size: int = 9
    wavelength: float = 4.0

    def __post_init__(self) -> None:
        check_count(self.count)
        check_size(self.size)
        if not 1 < self.wavelength < 100:  # also refuses NaN
            raise SpecError(
                "wavelength",
                self.wavelength,
                (1, 100),
                "a wavelength of {value} cannot be drawn",
                "use more than 1 and less than 100 pixels",
            )

    @property
    def _angles(self) -> list[float]:
        return [180 * k / self.count for k in range(self.count)]

    @property
    def names(self) -> tuple[Sentence, ...]:
        """By their orientation in degrees."""
        return tuple(Sentence("Gabor {angle:.4g}°", {"angle": angle}) for angle in self._angles)

    @property
    def kernel(self) -> Pair:
        """(size, size)."""
        return self.size, self.size

    def weights(self, channels: int) -> Floats:
        """Each of absolute sum 1 in every channel."""
        made = [filters.gabor(self.size, angle, self.wavelength).kernel for angle in self._angles]
        return stack_kernels(made, channels)


@dataclass(frozen=True)
class Random:
    """Normally distributed weights, different in every channel, as a layer starts before training.

    The standard deviation is ``sqrt(2 / (C * KH * KW))`` (He et al. 2015).

    Examples
    --------
    >>> Random(4, size=5).weights(3).shape
    (4, 3, 5, 5)
    """

    count: int = 8
    size: int = 3
    seed: int = 0

    def __post_init__(self) -> None:
        check_count(self.count)
        check_size(self.size)
        require_int("seed", self.seed, least=0)

    @property
    def names(self) -> tuple[Sentence, ...]:
        """Numbered from 0."""
        return tuple(Sentence("Random {number}", {"number": k}) for k in range(self.count))

    @property
    def kernel(self) -> Pair:
        """(size, size)."""
        return self.size, self.size

    def weights(self, channels: int) -> Floats:
        """The same for the same seed and number of channels, to three decimals."""
        shape = (self.count, channels, self.size, self.size)
        deviation = np.sqrt(2 / np.prod(shape[1:]))
        return np.random.default_rng(self.seed).normal(0, deviation, shape).round(3)
