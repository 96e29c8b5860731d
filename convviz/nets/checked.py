"""Values that a file holds, each refused with a ValueError where it is of another kind or out of range."""

from __future__ import annotations

import math
from typing import Any

from convviz.nets.layer import Params

LARGEST = 10**9


def mapping(value: object) -> dict[str, Any]:
    """A dictionary."""
    if not isinstance(value, dict):
        raise ValueError(value)
    return value


def listed(value: object, most: int) -> list[Any]:
    """A list of at most so many things."""
    if not isinstance(value, list) or len(value) > most:
        raise ValueError(value)
    return value


def text(value: object, longest: int) -> str:
    """A text of at most so many characters."""
    if not isinstance(value, str) or len(value) > longest:
        raise ValueError(value)
    return value


def whole(value: object, least: int = 0, most: int = LARGEST) -> int:
    """A whole number within bounds.

    Examples
    --------
    >>> whole(3, most=5)
    3
    >>> whole(True)
    Traceback (most recent call last):
        ...
    ValueError: True
    """
    if type(value) is not int or not least <= value <= most:
        raise ValueError(value)
    return value


def measured(value: object) -> float:
    """A number that a training may have come to, infinite or none after a failed one."""
    if type(value) not in (int, float):
        raise ValueError(value)
    return float(value)  # type: ignore[arg-type]


def real(value: object, least: float = -LARGEST, most: float = LARGEST) -> float:
    """A number within bounds."""
    number = measured(value)
    if not (math.isfinite(number) and least <= number <= most):
        raise ValueError(value)
    return number


def array(arrays: Params, name: str, shape: tuple[int, ...]) -> Any:
    """One of a file's arrays, which has to hold numbers of one shape."""
    value = arrays[name]
    if value.dtype.kind != "f" or value.shape != shape:
        raise ValueError(name)
    return value
