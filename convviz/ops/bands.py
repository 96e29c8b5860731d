"""Letting NumPy work on rows where they lie."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np

LONG = 384  # numbers in a row from which on copying costs more than it saves; measured
SHORTEST = 16  # numbers of the shortest buffer that NumPy takes


@contextmanager
def where_they_lie(length: int) -> Iterator[None]:
    """Let NumPy work on rows of some length where they lie, if they are long.

    Rows that are parts of longer ones do not lie in one piece, and neither does a number that each row has for
    itself. NumPy copies such arrays to a buffer of 8192 numbers first, and the copies back, so that its innermost
    loop is long. For short rows that pays; a long row is a long loop already. NumPy copies nothing if the buffer
    is shorter than a row.

    All arrays must have the same dtype: to convert numbers, NumPy needs the buffer.

    Examples
    --------
    >>> x = np.ones((2, 1000))
    >>> with where_they_lie(1000):
    ...     x *= np.array([[2.0], [3.0]])
    >>> x[:, 0], np.getbufsize()
    (array([2., 3.]), 8192)
    """
    with np.errstate():  # puts the size back
        if length >= LONG:
            np.setbufsize(SHORTEST)
        yield
