"""Weights as bytes: a bank of filters that can be told from every other, and found again by a short name."""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from convviz.ops.errors import SpecError
from convviz.ops.filters.stack import stack_kernels
from convviz.ops.types import Floats, Pair
from convviz.pipeline.limits import MOST_GIVEN, check_count, check_size
from convviz.text.i18n import N_, Sentence
from convviz.text.limits import LARGEST_NUMBER
from convviz.text.rows import read_grids, write_grids

Shape4 = tuple[int, int, int, int]


@dataclass(frozen=True)
class Stored:
    """The weights of F filters, each of C channels."""

    shape: Shape4  # (F, C, KH, KW)
    data: bytes  # the numbers as bytes: float64, little-endian
    # advice, called: where they are no such numbers; what each filter is called
    advice: ClassVar[str] = N_("use finite numbers")
    called: ClassVar[str]

    def __post_init__(self) -> None:
        check_count(self.shape[0], MOST_GIVEN)
        for side in self.shape[2:]:
            check_size(side)
        if len(self.data) != 8 * math.prod(self.shape) or not self._are_numbers:
            raise SpecError(
                "filter",
                type(self).__name__,
                self.shape,
                "the weights are not finite numbers of shape {limit}",
                self.advice,
            )

    @property
    def stored(self) -> Floats:
        """Their numbers, read-only, shape (F, C, KH, KW)."""
        return np.frombuffer(self.data, dtype="<f8").reshape(self.shape)

    @property
    def _are_numbers(self) -> bool:
        """Whether sums of products of them are finite too."""
        return bool((np.abs(self.stored) <= LARGEST_NUMBER).all())

    @property
    def digest(self) -> str:
        """A name for exactly these filters."""
        return hashlib.sha256(self._said.encode() + self.data).hexdigest()[:16]

    @property
    def _said(self) -> str:
        """What tells them from filters of the same weights."""
        return f"{type(self).__name__} {self.shape}"

    @property
    def kernel(self) -> Pair:
        """(KH, KW)."""
        return self.shape[2], self.shape[3]

    @property
    def names(self) -> tuple[Sentence, ...]:
        """Numbered from 0."""
        return tuple(Sentence(self.called, {"number": k}) for k in range(self.shape[0]))


@dataclass(frozen=True)
class Given(Stored):
    """Weights that a person pasted or brought in a file.

    Examples
    --------
    >>> bank = Given.made(np.array([[1, 0], [0, -1.5]]))
    >>> bank.shape, bank.weights(3).shape, bank.text, str(bank.names[0])
    ((1, 1, 2, 2), (1, 3, 2, 2), '1 0;0 -1.5', 'Given 0')
    """

    called: ClassVar[str] = N_("Given {number}")

    @classmethod
    def made(cls, weights: npt.ArrayLike) -> Given:
        """Of an array (F, C, KH, KW), (C, KH, KW) or (KH, KW); with C = 1 they are the same in every channel."""
        array = np.asarray(weights, dtype="<f8") + 0.0  # −0 is 0
        filters, channels, height, width = (1,) * (4 - array.ndim) + array.shape
        return cls((filters, channels, height, width), array.tobytes())

    @classmethod
    def read(cls, text: str) -> Given:
        """The weights of a text that `text` wrote.

        Raises
        ------
        ValueError
            If it is anything else.
        """
        grids = [grid for grid in read_grids(text) if grid is not None]
        return cls.made(np.stack([grid if grid.ndim == 3 else grid[None] for grid in grids]))

    @property
    def text(self) -> str:
        """The weights with every digit, as a link has them."""
        return write_grids(list(self.stored))

    def weights(self, channels: int) -> Floats:
        """The weights, one channel repeated for all.

        Raises
        ------
        SpecError
            If they are for another number of channels.
        """
        if self.shape[1] not in (1, channels):
            raise SpecError(
                "filter",
                "Given",
                self.shape[1],
                "the weights are for {limit} channels, but the input has {channels}",
                "give weights for {channels}, or for one",
                channels=channels,
            )
        return stack_kernels(list(self.stored), channels)
