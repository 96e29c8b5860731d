"""What can be gathered down the columns first, and then along the rows, some planes at a time.

Bytes moved: each number is read once, and each output number written once. What the columns gave is written and
read inside the cache.
"""

from __future__ import annotations

from math import prod

import numpy as np

from convviz.ops.memory import empty
from convviz.ops.parts import parts
from convviz.ops.types import Array
from convviz.ops.window import Window2d

PART = 1 << 18  # numbers worked on at a time, so that they stay in the cache; measured


def planes_of(x: Array) -> Array:
    """Whatever axes there are before the last two, as one: (planes, H, W)."""
    return x.reshape(prod(x.shape[:-2]), *x.shape[-2:])


def separable(combine: np.ufunc, x_pad: Array, window: Window2d) -> Array:
    """Combine the numbers under each window in KH + KW operations a cell instead of KH * KW.

    Parameters
    ----------
    combine
        ``np.maximum`` or ``np.add``: any order of the numbers must come to the same.
    x_pad
        Array already padded, shape (..., H, W).
    window
        Kernel, stride and dilation.

    Returns
    -------
    ndarray
        Shape (..., OH, OW).

    Examples
    --------
    >>> x = np.array([[1.0, 3, 2, 0], [3, 3, 1, 5]])
    >>> separable(np.maximum, x, Window2d.make(2, stride=2)), separable(np.add, x, Window2d.make(2, stride=2))
    (array([[3., 5.]]), array([[10.,  8.]]))
    """
    out_h, out_w = window.unpadded.output_size((x_pad.shape[-2], x_pad.shape[-1]))
    out = empty((*x_pad.shape[:-2], out_h, out_w), x_pad.dtype)
    planes, results = planes_of(x_pad), planes_of(out)
    for part in parts(planes, PART):
        _gather(combine, planes[part], window, results[part])
    return out


def _gather(combine: np.ufunc, planes: Array, window: Window2d, out: Array) -> None:
    """Do so for some planes (planes, H, W)."""
    (kh, kw), (sh, sw), (dh, dw) = window.kernel, window.stride, window.dilation
    down, across = sh * (out.shape[1] - 1) + 1, sw * (out.shape[2] - 1) + 1
    tall = empty((len(planes), out.shape[1], planes.shape[2]), planes.dtype)
    _combine(combine, [planes[:, u * dh : u * dh + down : sh] for u in range(kh)], tall)
    _combine(combine, [tall[:, :, v * dw : v * dw + across : sw] for v in range(kw)], out)


def _combine(combine: np.ufunc, arrays: list[Array], out: Array) -> None:
    """Combine arrays into ``out``, number by number."""
    first, *others = arrays
    if not others:
        np.copyto(out, first)
        return
    combine(first, others[0], out=out)
    for other in others[1:]:
        combine(out, other, out=out)
