"""Which cells hold the maximum of their window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import Ties
from convviz.ops.memory import empty, zeros
from convviz.ops.pool.separable import separable
from convviz.ops.types import Array
from convviz.ops.window import Window2d
from convviz.ops.windows import taps


def holders_of(x_pad: Array, window: Window2d, ties: Ties) -> Iterator[Array]:
    """For one tap after the other, the windows whose maximum it holds. If a window has a NaN, that is its maximum.

    Parameters
    ----------
    x_pad
        Array already padded with -inf, shape (..., H, W).
    window
        Kernel, stride and dilation.
    ties
        "split" for all that hold it, "first" for the first of them in row-major order.

    Yields
    ------
    ndarray of bool
        For each of the KH * KW taps, shape (..., OH, OW). All at once would be as many arrays: gigabytes, where
        large windows lie on a photo.

    Examples
    --------
    >>> x = np.array([[1.0, 3, 2, 0], [3, 3, 1, 5]])
    >>> [holds[0].tolist() for holds in holders_of(x, Window2d.make(2, stride=2), "first")]
    [[False, False], [True, False], [False, False], [False, True]]
    """
    out = separable(np.maximum, x_pad, window)
    nan = bool(np.isnan(out).any())
    free = np.ones(out.shape, dtype=bool)  # windows whose maximum no earlier tap holds
    for tap in taps(window, (out.shape[-2], out.shape[-1])):
        values = x_pad[..., *tap]
        holds = values == out
        if nan:
            holds |= np.isnan(values)
        if ties == "first":
            holds &= free
            free ^= holds
        yield holds


def holders_in(values: Array, ties: Ties) -> Array:
    """Which cells of windows (..., KH, KW) hold the maximum. If a window has a NaN, that is its maximum.

    Examples
    --------
    >>> holders_in(np.array([[1.0, 3], [3, 3]]), "first").tolist()
    [[False, True], [False, False]]
    """
    if ties == "split":
        largest = values.max(axis=(-2, -1), keepdims=True)
        return np.asarray((values == largest) | np.isnan(values))
    flat = values.reshape(*values.shape[:-2], values.shape[-2] * values.shape[-1])  # (..., KH * KW)
    first = flat.argmax(axis=-1)[..., None]
    return np.asarray(np.arange(flat.shape[-1]) == first).reshape(values.shape)


def first_holders(x_pad: Array, out: Array, window: Window2d) -> Array:
    """For each window the number of the first tap, row by row, that holds its maximum ``out``; NaN is a maximum.

    It is counted: the number of the first is how many taps in a row do not hold it.

    Examples
    --------
    >>> x = np.array([[1.0, 3, 2, 0], [3, 3, 1, 5]])
    >>> first_holders(x, np.array([[3.0, 5.0]]), Window2d.make(2, stride=2)).tolist()
    [[1, 3]]
    """
    *before_last, _ = taps(window, (out.shape[-2], out.shape[-1]))
    nan = bool(np.isnan(out).any())
    first = zeros(out.shape, np.uint8 if len(before_last) < 256 else np.intp)
    searching = empty(out.shape, np.bool_)
    searching.fill(True)
    differs = empty(out.shape, np.bool_)
    for tap in before_last:
        values = x_pad[..., *tap]
        np.not_equal(values, out, out=differs)
        if nan:
            differs &= ~np.isnan(values)
        searching &= differs
        first += searching
    return first


def cells_of(first: Array, window: Window2d, width: int) -> npt.NDArray[np.intp]:
    """Where tap number ``first`` of each window lies in a plane of a width, counted row by row.

    Examples
    --------
    >>> cells_of(np.array([[1, 3]]), Window2d.make(2, stride=2), 4).tolist()
    [[1, 7]]
    """
    (kh, kw), (sh, sw), (dh, dw) = window.kernel, window.stride, window.dilation
    out_h, out_w = first.shape[-2:]
    offsets = np.add.outer(np.arange(kh) * dh * width, np.arange(kw) * dw).ravel()  # of each tap
    corners = np.add.outer(np.arange(out_h) * sh * width, np.arange(out_w) * sw)  # (OH, OW)
    cells = empty(first.shape, np.intp)
    np.take(offsets, first, out=cells, mode="clip")
    cells += corners
    return cells
