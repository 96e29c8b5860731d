"""Learned filters in a scene file, and out of one without trusting it."""

from __future__ import annotations

import base64
import math
from typing import Any

from convviz.pipeline import Own
from convviz.pipeline.limits import MOST_STAGES

NUMBERS = ("iteration", "iterations", "total")
MOST = 10**7  # iterations or filters: more is no training of this app


def filters_content(own: Own) -> dict[str, Any]:
    """What JSON can hold of filters.

    Examples
    --------
    >>> import numpy as np
    >>> own = Own.made(np.ones((1, 1, 1, 1)), iteration=2, iterations=9)
    >>> read_filters([filters_content(own)]) == (own,)
    True
    """
    data = base64.b64encode(own.data).decode()
    return {"shape": list(own.shape), "data": data} | {name: getattr(own, name) for name in NUMBERS}


def read_filters(content: object) -> tuple[Own, ...]:
    """The filters of a list whose entries `filters_content` made.

    Raises
    ------
    ValueError
        If it is anything else.
    """
    if not isinstance(content, list) or len(content) > MOST_STAGES:
        raise ValueError("not a list of filters")
    return tuple(_read(entry) for entry in content)


def _read(entry: object) -> Own:
    if not isinstance(entry, dict) or set(entry) != {"shape", "data", *NUMBERS}:
        raise ValueError("not filters")
    shape, data, numbers = entry["shape"], entry["data"], [entry[name] for name in NUMBERS]
    if not isinstance(shape, list) or len(shape) != 4 or not isinstance(data, str):
        raise ValueError("not filters")
    if not all(type(number) is int and 0 <= number <= MOST for number in (*shape, *numbers)):
        raise ValueError("not filters")
    if 0 in shape or 8 * math.prod(shape) > len(data):
        raise ValueError("not filters")
    return Own(tuple(shape), base64.b64decode(data, validate=True), *numbers)
