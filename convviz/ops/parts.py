"""Arrays worked on some images or planes at a time, so that what is worked out for them stays in the cache."""

from __future__ import annotations

from collections.abc import Iterator
from math import prod

from convviz.ops.types import Array


def together(x: Array, most: int) -> int:
    """How many entries of the first axis have no more than so many numbers; at least one.

    Examples
    --------
    >>> import numpy as np
    >>> together(np.zeros((5, 30)), 70), together(np.zeros((5, 30)), 20)
    (2, 1)
    """
    return max(1, most // max(prod(x.shape[1:]), 1))


def parts(x: Array, most: int) -> Iterator[slice]:
    """So many entries of the first axis at a time.

    Examples
    --------
    >>> import numpy as np
    >>> list(parts(np.zeros((5, 30)), 70))
    [slice(0, 2, None), slice(2, 4, None), slice(4, 6, None)]
    """
    step = together(x, most)
    for k in range(0, len(x), step):
        yield slice(k, k + step)
