"""What is shown of many feature maps at once: fewer cells of each, and the scale they share."""

from __future__ import annotations

import numpy as np

from convviz.ops.types import Array, Box
from convviz.pictures.kept import kept_with_array

MOST = 0.5  # of a row or a column: above it the whole of it is boxed; of a map: above it nothing is


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


@kept_with_array
def clipped(x: Array) -> tuple[Array, int]:
    """The numbers as a picture can show them, from 0 to 255, and how many were beyond.

    Examples
    --------
    >>> clipped(np.array([-3.0, 0.5, 255, 300]))
    (array([  0. ,   0.5, 255. , 255. ]), 2)
    """
    shown = np.clip(x, 0, 255)
    beyond = int((shown != x).sum())
    if not beyond:
        return x, 0
    shown.flags.writeable = False
    return shown, beyond


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


@kept_with_array
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


def boxes_around(x: Array) -> list[Box]:
    """Boxes around what is not 0, that thin bands are seen from afar: none where that is most of the map.

    Rows and columns of which most is not 0 have boxes from side to side; the rest has one.

    Examples
    --------
    >>> x = np.zeros((6, 9))
    >>> x[:, 2:4] = x[5, 8] = 1
    >>> boxes_around(x), boxes_around(np.ones((6, 9)))
    ([(0, 2, 6, 4), (5, 8, 6, 9)], [])
    """
    rows, columns = x.shape
    found = x != 0
    if found.mean() > MOST:
        return []
    down, across = (found.mean(axis=axis) > MOST for axis in (0, 1))  # whole columns, whole rows
    boxes = [(0, first, rows, last) for first, last in _runs(down)]
    boxes += [(first, 0, last, columns) for first, last in _runs(across)]
    places = np.argwhere(found & ~down & ~across[:, None])
    if len(places):
        (top, left), (bottom, right) = places.min(axis=0), places.max(axis=0) + 1
        boxes.append((int(top), int(left), int(bottom), int(right)))
    return boxes


def _runs(flags: Array) -> list[tuple[int, int]]:
    """(first, one past the last) of each run of what is true."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]]).astype(int)))
    return [(int(first), int(last)) for first, last in edges.reshape(-1, 2)]
