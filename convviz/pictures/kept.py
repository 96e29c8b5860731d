"""What was found out about an array that nobody can change, kept for as long as the array is there."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar

from convviz.ops.types import Array

More = ParamSpec("More")
Found = TypeVar("Found")


def kept_with_array(
    function: Callable[Concatenate[Array, More], Found],
) -> Callable[Concatenate[Array, More], Found]:
    """Let a function look at a read-only array once; what else it is given is part of the question.

    Examples
    --------
    >>> import numpy as np
    >>> calls = []
    >>> @kept_with_array
    ... def total(x: Array) -> float:
    ...     calls.append(x.size)
    ...     return float(x.sum())
    >>> x = np.ones(3)
    >>> total(x), total(x), len(calls)
    (3.0, 3.0, 2)
    >>> x.flags.writeable = False
    >>> total(x), total(x), len(calls)
    (3.0, 3.0, 3)
    """
    known: dict[tuple[Any, ...], tuple[weakref.ref[Array], Found]] = {}

    def found(array: Array, /, *more: More.args, **words: More.kwargs) -> Found:
        key = (id(array), *more, *words.items())
        entry = known.get(key)
        if entry is not None and entry[0]() is array:
            return entry[1]
        made = function(array, *more, **words)
        if not array.flags.writeable:
            known[key] = weakref.ref(array, lambda _gone: known.pop(key, None)), made
        return made

    found.__doc__ = function.__doc__
    return found
