"""Which cells hold the maximum of their window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import Ties
from convviz.ops.memory import empty, zeros
from convviz.ops.pool.separable import separable
from convviz.ops.types import Array, Pair, Shape
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
    searching, differs = empty((2, *out.shape), np.bool_)
    searching.fill(True)
    for tap in before_last:
        values = x_pad[..., *tap]
        np.not_equal(values, out, out=differs)
        if nan:
            differs &= ~np.isnan(values)
        searching &= differs
        first += searching.view(np.uint8)  # whole numbers both: NumPy has nothing to convert
    return first


def cells_of(first: Array, window: Window2d, corners: Array, width: int) -> npt.NDArray[np.intp]:
    """Where tap number ``first`` of each window lies in planes of a width, counted row by row.

    Parameters
    ----------
    first
        The taps, shape (..., OH, OW).
    window
        Kernel, stride and dilation.
    corners
        Where the first tap of each window lies: `corners_of`.
    width
        Of a plane.

    Examples
    --------
    >>> window = Window2d.make(2, stride=2)
    >>> cells_of(np.array([[[1, 3]]]), window, corners_of(window, (1, 1, 2), (2, 4)), 4).tolist()
    [[[1, 7]]]
    """
    (kh, kw), (dh, dw) = window.kernel, window.dilation
    offsets = np.add.outer(np.arange(kh) * dh * width, np.arange(kw) * dw).ravel()  # of each tap
    cells = empty(first.shape, np.intp)
    np.take(offsets, first, out=cells, mode="clip")
    cells += corners
    return cells


def corners_of(window: Window2d, out: Shape, size: Pair) -> npt.NDArray[np.intp]:
    """Where the first tap of each window lies in planes of a size that lie one behind the other.

    Parameters
    ----------
    window
        Its stride counts.
    out
        (planes, OH, OW).
    size
        (H, W) of a plane.

    Examples
    --------
    >>> corners_of(Window2d.make(2, stride=2), (2, 1, 2), (2, 4)).tolist()
    [[[0, 2]], [[8, 10]]]
    """
    steps = size[0] * size[1], window.stride[0] * size[1], window.stride[1]
    plane, row, column = (np.arange(many) * step for many, step in zip(out, steps, strict=True))
    return np.add.outer(plane, np.add.outer(row, column).ravel()).reshape(out)
