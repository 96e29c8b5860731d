"""A filter, and the grid its weights are computed on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.ops.types import Floats

Size = int | tuple[int, int]

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


def pair(size: Size) -> tuple[int, int]:
    """(rows, columns) of a kernel; one number makes it square.

    Examples
    --------
    >>> pair(3), pair((2, 5))
    ((3, 3), (2, 5))
    """
    return size if isinstance(size, tuple) else (size, size)


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


def default_sigma(size: Size) -> float:
    """A fifth of the larger side, at least 0.5.

    Examples
    --------
    >>> default_sigma(5), default_sigma(1)
    (1.0, 0.5)
    """
    return max(0.5, max(pair(size)) / 5)
