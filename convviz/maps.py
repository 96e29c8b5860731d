"""What is shown of many feature maps at once: fewer cells of each, and the scale they share."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def thinned(x: Array, every: int) -> Array:
    """One row and one column in ``every`` of the last two axes, from the first: each number as it is.

    Examples
    --------
    >>> thinned(np.arange(12).reshape(3, 4), 2)
    array([[ 0,  2],
           [ 8, 10]])
    """
    return np.ascontiguousarray(x[..., ::every, ::every])


def thinning(size: tuple[int, int], most: int) -> int:
    """The least ``every`` for which a `thinned` map of this size holds at most so many cells.

    Examples
    --------
    >>> thinning((512, 512), 20_000), thinning((8, 8), 20_000)
    (4, 1)
    """
    rows, columns = size
    every = 1
    while -(-rows // every) * -(-columns // every) > max(1, most):
        every += 1
    return every


def signed_limit(*maps: Array) -> float:
    """The largest distance from zero of any finite number; 0 where there is none.

    Examples
    --------
    >>> signed_limit(np.array([-3.0, np.inf]), np.array([2.0]))
    3.0
    """
    return max(float(np.abs(x, where=np.isfinite(x), out=np.zeros_like(x)).max()) for x in maps)


def near_all(x: Array, share: float = 99) -> float:
    """The distance from zero that so many percent of the numbers do not exceed.

    Examples
    --------
    >>> near_all(np.arange(-50.0, 51.0), 90)
    45.0
    """
    return float(np.percentile(np.abs(x), share, method="inverted_cdf"))


def scale_end(x: Array, judged_by: int = 20_000) -> float | None:
    """Where the colour scale of a whole photo's map ends: 99 of 100 cells are nearer to zero.

    A few strong edges would leave all others pale. Of a large map every few rows and columns are
    looked at. None where no such end stands out: the scale then ends at the extremes.

    Examples
    --------
    >>> x = np.ones((100, 100))
    >>> x[0, 0] = -50
    >>> scale_end(x), scale_end(np.zeros((100, 100))), scale_end(np.full((3, 3), np.nan))
    (1.0, None, None)
    """
    end = near_all(thinned(x, thinning((x.shape[0], x.shape[1]), judged_by)))
    return end if 0 < end < np.inf else None
