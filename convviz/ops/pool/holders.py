"""Which cells hold the maximum of their window."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convviz.ops.checks import Ties
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
