"""All windows of an array as a view, and what each tap of the kernel reads in all of them."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.lib.stride_tricks import as_strided

from convviz.ops.types import Array, Pair
from convviz.ops.window import Window2d


def windows(x_pad: Array, window: Window2d) -> Array:
    """Every window of a padded array, as a read-only view: nothing is copied.

    Moving one output row down moves `stride` input rows down; moving one tap down moves `dilation` rows
    down. Both are plain multiples of the array's own strides, which is all a view needs.

    Parameters
    ----------
    x_pad
        Array of shape (..., H, W), padding included. The window's own padding is not applied.

    Returns
    -------
    ndarray
        Shape (..., OH, OW, KH, KW).

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(12).reshape(3, 4)
    >>> windows(x, Window2d.make((2, 3)))[1, 1]
    array([[ 5,  6,  7],
           [ 9, 10, 11]])
    """
    height, width = x_pad.shape[-2:]
    *lead, row, column = x_pad.strides
    (sh, sw), (dh, dw) = window.stride, window.dilation
    return as_strided(
        x_pad,
        shape=(*x_pad.shape[:-2], *window.unpadded.output_size((height, width)), *window.kernel),
        strides=(*lead, row * sh, column * sw, row * dh, column * dw),
        writeable=False,
    )


def window_places(window: Window2d, out: Pair) -> Iterator[tuple[Pair, tuple[slice, slice]]]:
    """For each output cell (i, j), row by row: the part of a padded plane under its window.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(12).reshape(3, 4)
    >>> [x[place].tolist() for _, place in window_places(Window2d.make((1, 2), stride=2), (2, 2))]
    [[[0, 1]], [[2, 3]], [[8, 9]], [[10, 11]]]
    """
    (eh, ew), (sh, sw), (dh, dw) = window.extent, window.stride, window.dilation
    for i in range(out[0]):
        for j in range(out[1]):
            yield (i, j), (slice(i * sh, i * sh + eh, dh), slice(j * sw, j * sw + ew, dw))


def fewer_windows(window: Window2d, out: Pair) -> bool:
    """Whether there are fewer windows than taps, so that it is quicker to go through the windows.

    Examples
    --------
    >>> fewer_windows(Window2d.make(2), (50, 50)), fewer_windows(Window2d.make(512), (1, 1))
    (False, True)
    """
    return out[0] * out[1] < window.kernel[0] * window.kernel[1]


def taps(window: Window2d, out: Pair) -> Iterator[tuple[slice, slice]]:
    """For each kernel position, row by row: what it reads of a padded plane in all windows at once.

    Parameters
    ----------
    window
        Kernel, stride and dilation.
    out
        (OH, OW).

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(12).reshape(3, 4)
    >>> [x[tap].tolist() for tap in taps(Window2d.make((1, 2), stride=2), (2, 2))]
    [[[0, 2], [8, 10]], [[1, 3], [9, 11]]]
    """
    (kh, kw), (sh, sw), (dh, dw) = window.kernel, window.stride, window.dilation
    down, across = sh * (out[0] - 1) + 1, sw * (out[1] - 1) + 1
    for u in range(kh):
        for v in range(kw):
            yield slice(u * dh, u * dh + down, sh), slice(v * dw, v * dw + across, sw)
