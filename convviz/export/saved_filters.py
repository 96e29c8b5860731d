"""Learned filters and weights of a person's own in a scene file, and out of one without trusting it."""

from __future__ import annotations

import base64
import math
from typing import Any

from convviz.pipeline import Given, Own, Stored
from convviz.pipeline.limits import MOST_STAGES

NUMBERS = ("iteration", "iterations", "total")
GIVEN = {"shape", "data"}
MOST = 10**7  # iterations or filters: more is no training of this app


def filters_content(filters: Stored) -> dict[str, Any]:
    """What JSON can hold of filters.

    Examples
    --------
    >>> import numpy as np
    >>> own = Own.made(np.ones((1, 1, 1, 1)), iteration=2, iterations=9)
    >>> read_filters([filters_content(own)]) == (own,)
    True
    """
    data = base64.b64encode(filters.data).decode()
    numbers = NUMBERS if isinstance(filters, Own) else ()
    return {"shape": list(filters.shape), "data": data} | {
        name: getattr(filters, name) for name in numbers
    }


def read_filters(content: object) -> tuple[Stored, ...]:
    """The filters of a list whose entries `filters_content` made.

    Raises
    ------
    ValueError
        If it is anything else.
    """
    if not isinstance(content, list) or len(content) > MOST_STAGES:
        raise ValueError("not a list of filters")
    return tuple(_read(entry) for entry in content)


def _read(entry: object) -> Stored:
    if not isinstance(entry, dict) or {*entry} not in (GIVEN, GIVEN | {*NUMBERS}):
        raise ValueError("not filters")
    numbers = [entry[name] for name in NUMBERS if name in entry]
    shape, data = entry["shape"], entry["data"]
    if not isinstance(shape, list) or len(shape) != 4 or not isinstance(data, str):
        raise ValueError("not filters")
    if not all(type(number) is int and 0 <= number <= MOST for number in (*shape, *numbers)):
        raise ValueError("not filters")
    if 0 in shape or 8 * math.prod(shape) > len(data):
        raise ValueError("not filters")
    kept = (shape[0], shape[1], shape[2], shape[3]), base64.b64decode(data, validate=True)
    return Own(*kept, *numbers) if numbers else Given(*kept)
