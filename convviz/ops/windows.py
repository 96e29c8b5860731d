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
    >>> x = np.arange(12).reshape(3, 4)
    >>> [x[tap].tolist() for tap in taps(Window2d.make((1, 2), stride=2), (2, 2))]
    [[[0, 2], [8, 10]], [[1, 3], [9, 11]]]
    """
    (kh, kw), (sh, sw), (dh, dw) = window.kernel, window.stride, window.dilation
    down, across = sh * (out[0] - 1) + 1, sw * (out[1] - 1) + 1
    for u in range(kh):
        for v in range(kw):
            yield slice(u * dh, u * dh + down, sh), slice(v * dw, v * dw + across, sw)
