"""A filter, and the grid its weights are computed on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from convviz.ops.errors import require_number, require_pair
from convviz.ops.types import Floats, Pair

Size = int | Pair

GONZALEZ = "Gonzalez and Woods, Digital Image Processing, 4th ed. (2018), ch. 3"


@dataclass(frozen=True)
class Filter:
    """A kernel and what is known of it.

    Parameters
    ----------
    name
        What people call it.
    kernel
        float64 of shape (KH, KW), the same for every channel, or (C, KH, KW).
    scale
        The common factor already contained in `kernel`, for example "1/9"; "1" for whole numbers.
    source
        Where it is published.
    """

    name: str
    kernel: Floats
    scale: str
    source: str


def keeps_brightness(kernel: Floats) -> bool:
    """Whether the numbers of each plane sum to 1: then the filtered picture is a picture again.

    Parameters
    ----------
    kernel
        Shape (KH, KW) or (C, KH, KW).

    Examples
    --------
    >>> keeps_brightness(np.full((3, 3), 1 / 9)), keeps_brightness(np.array([[-1.0, 0, 1]]))
    (True, False)
    """
    return bool((np.abs(kernel.sum(axis=(-2, -1)) - 1) <= 1e-9).all())


@dataclass(frozen=True)
class FilterPreset:
    """A filter as a list offers it: whether its size may be chosen, and how it is made."""

    make: Callable[..., Filter]
    sized: bool = False
    channels: int | None = None

    def of_size(self, size: Size) -> Filter:
        """The filter at this size, where its size may be chosen; else as it is."""
        return self.make(size) if self.sized else self.make()


def pair(size: Size) -> Pair:
    """(rows, columns) of a kernel, each at least 1; one number makes it square.

    Raises
    ------
    SpecError
        If it is anything else.

    Examples
    --------
    >>> pair(3), pair((2, 5))
    ((3, 3), (2, 5))
    """
    return require_pair("size", size if isinstance(size, tuple) else (size, size), least=1)


def offsets(size: Size) -> tuple[Floats, Floats]:
    """Row and column of each tap, counted from the middle of the kernel.

    Examples
    --------
    >>> u, v = offsets((1, 4))
    >>> u[0], v[0]
    (array([0., 0., 0., 0.]), array([-1.5, -0.5,  0.5,  1.5]))
    """
    rows, columns = pair(size)
    u, v = np.meshgrid(
        np.arange(rows) - (rows - 1) / 2, np.arange(columns) - (columns - 1) / 2, indexing="ij"
    )
    return u, v


def sigma_for(size: Size, sigma: float | None) -> float:
    """The standard deviation asked for; if None, a fifth of the larger side, at least 0.5.

    Examples
    --------
    >>> sigma_for(5, None), sigma_for(1, None), sigma_for(5, 2)
    (1.0, 0.5, 2.0)
    """
    if sigma is None:
        return max(0.5, max(pair(size)) / 5)
    return require_number("sigma", sigma, least=0, above=True)
