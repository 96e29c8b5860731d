"""Banks of filters: F kernels that slide over the same input."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from convviz.ops.errors import SpecError
from convviz.ops.filters import PRESETS
from convviz.ops.filters.stack import stack_kernels
from convviz.ops.types import Floats, Pair
from convviz.pipeline.limits import Rows, check_count, check_rows, check_size
from convviz.text.i18n import Sentence


class Bank(Protocol):
    """What a convolution needs to know of its filters."""

    @property
    def names(self) -> tuple[Sentence, ...]:
        """One for each filter."""
        ...

    @property
    def kernel(self) -> Pair:
        """(KH, KW)."""
        ...

    def weights(self, channels: int) -> Floats:
        """The filters for an input of so many channels, float64 of shape (F, C, KH, KW)."""
        ...


@dataclass(frozen=True)
class Chosen:
    """Presets by name, and kernels typed in; flat kernels are the same for every channel.

    Parameters
    ----------
    presets
        Names in `convviz.ops.filters.PRESETS`.
    size
        Side of the presets whose size may be chosen.
    typed
        Kernels as rows of numbers.

    Examples
    --------
    >>> bank = Chosen(("Sobel x",), typed=(((1.0, -1.0),),))
    >>> bank.weights(3).shape, [str(name) for name in bank.names]
    ((2, 3, 3, 3), ['Sobel x', 'Typed 1'])
    """

    presets: tuple[str, ...] = ()
    size: int = 3
    typed: tuple[Rows, ...] = ()

    def __post_init__(self) -> None:
        check_count(len(self.presets) + len(self.typed))
        check_size(self.size)
        unknown = [name for name in self.presets if name not in PRESETS]
        if unknown:
            raise SpecError(
                "filter",
                unknown[0],
                tuple(PRESETS),
                "there is no filter called {value!r}",
                "use one of {names}",
                names=", ".join(PRESETS),
            )
        for rows in self.typed:
            check_rows(rows)

    @property
    def names(self) -> tuple[Sentence, ...]:
        """Of the presets, and "Typed 1", "Typed 2", … ."""
        typed = (Sentence("Typed {number}", {"number": k + 1}) for k in range(len(self.typed)))
        return (*(Sentence(name) for name in self.presets), *typed)

    @property
    def kernel(self) -> Pair:
        """(KH, KW) of the largest."""
        shapes = [kernel.shape[-2:] for kernel in self._kernels]
        return max(height for height, _ in shapes), max(width for _, width in shapes)

    @property
    def sized(self) -> bool:
        """Whether `size` changes any of them."""
        return any(PRESETS[name].sized for name in self.presets)

    @property
    def _kernels(self) -> list[Floats]:
        made = [PRESETS[name].of_size(self.size).kernel for name in self.presets]
        return made + [np.array(rows) for rows in self.typed]

    def weights(self, channels: int) -> Floats:
        """Smaller kernels lie centred among zeros.

        Raises
        ------
        SpecError
            If a preset is made for another number of channels.
        """
        for name in self.presets:
            made_for = PRESETS[name].channels
            if made_for not in (None, channels):
                raise SpecError(
                    "filter",
                    name,
                    made_for,
                    "{value} needs {limit} channels, but its input has {channels}",
                    "choose another filter",
                    channels=channels,
                )
        return stack_kernels(self._kernels, channels)
