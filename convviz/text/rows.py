"""Grids of numbers as a text that keeps every digit: "0 -1 0;-1 5 -1;0 -1 0".

Bars separate the planes of a grid, tildes several grids, of which some may be left out: "1 0;0 1~~2 0;0 2".
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.ops.types import Floats
from convviz.text.i18n import N_
from convviz.text.numbers import numbers_in

NO_ROWS = N_(
    "The link's {key} cannot be read: write rows of numbers separated by semicolons, "
    "such as 0 -1 0;-1 5 -1;0 -1 0."
)


def write_rows(numbers: Floats) -> str:
    """The text of a grid, (rows, columns), or of several, (planes, rows, columns).

    Examples
    --------
    >>> write_rows(np.array([[0.1, -1], [1e-7, 5]]))
    '0.1 -1;1e-07 5'
    """
    if numbers.ndim == 3:
        return "|".join(write_rows(plane) for plane in numbers)
    return ";".join(" ".join(_shortest(value) for value in row) for row in numbers)


def _shortest(value: float) -> str:
    return repr(float(value) + 0.0).removesuffix(".0")  # −0 is 0


def read_rows(text: str) -> Floats:
    """The numbers of such a text.

    Raises
    ------
    ValueError
        If it does not hold numbers that `numbers_in` reads, in rows of the same length.

    Examples
    --------
    >>> read_rows("1 2;3 4|5 6;7 8").shape, read_rows("1 2;3 4").shape
    ((2, 2, 2), (2, 2))
    """
    try:
        planes = [[numbers_in(row) for row in plane.split(";")] for plane in text.split("|")]
        numbers = np.array(planes, dtype=np.float64)  # (planes, rows, columns)
    except ValueError:
        numbers = np.empty(0)
    if numbers.ndim != 3 or not numbers.size:
        raise ValueError(f"{text!r} is not a grid of numbers")
    return numbers if len(planes) > 1 else numbers[0]


def write_grids(grids: Sequence[Floats | None]) -> str:
    """The text of several grids; None for one that is left out. Those at the end need no place.

    Examples
    --------
    >>> write_grids([np.array([[1.0, 2]]), None, np.array([[0.5]]), None])
    '1 2~~0.5'
    """
    return "~".join("" if grid is None else write_rows(grid) for grid in grids).rstrip("~")


def read_grids(text: str) -> list[Floats | None]:
    """The grids of such a text.

    Raises
    ------
    ValueError
        If one of them is no grid.

    Examples
    --------
    >>> read_grids("1 2~~0.5")
    [array([[1., 2.]]), None, array([[0.5]])]
    """
    return [read_rows(grid) if grid else None for grid in text.split("~")]


def write_line(numbers: Sequence[float]) -> str:
    """The text of a few numbers.

    Examples
    --------
    >>> write_line([1.0, -0.1])
    '1 -0.1'
    """
    return " ".join(map(_shortest, numbers))
