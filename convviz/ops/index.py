"""Which input cells each window reads: the one index table everything else reads, and how often each is read."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.ops.padding import pad
from convviz.ops.types import Pair
from convviz.ops.window import Window2d
from convviz.ops.windows import taps, windows


def tap_index(window: Window2d, size: Pair, padded: bool = False) -> npt.NDArray[np.intp]:
    """Which input cell each tap of each window reads.

    Parameters
    ----------
    window
        Kernel, stride, padding and dilation.
    size
        (H, W) of the unpadded input.
    padded
        True for positions in the padded input; False for positions in the input, -1 where a tap reads padding.

    Returns
    -------
    ndarray of int
        Flat positions ``row * width + column``, shape (OH, OW, KH, KW).

    Examples
    --------
    >>> tap_index(Window2d.make(2, padding=((1, 0), (0, 0))), (2, 2))[:, 0]
    array([[[-1, -1],
            [ 0,  1]],
    <BLANKLINE>
           [[ 0,  1],
            [ 2,  3]]])
    """
    if padded:
        padded_size = window.padded_size(size)
        grid = np.arange(np.prod(padded_size)).reshape(padded_size)
    else:
        grid = pad(np.arange(np.prod(size)).reshape(size), window.padding, value=-1)
    window.output_size(size)  # refuse a kernel that does not fit, with the input's own words
    return np.ascontiguousarray(windows(grid, window.bounded(size)))


def visits(window: Window2d, out: Pair, padded: Pair) -> npt.NDArray[np.int64]:
    """How many windows touch each cell of a padded plane.

    Parameters
    ----------
    window
        Kernel, stride and dilation.
    out
        (OH, OW).
    padded
        (height, width) of the padded plane.

    Examples
    --------
    >>> visits(Window2d.make((1, 3)), (1, 3), (1, 5))
    array([[1, 2, 3, 2, 1]])
    """
    count = np.zeros(padded, dtype=np.int64)
    for tap in taps(window, out):
        count[tap] += 1
    return count
