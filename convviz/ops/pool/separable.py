"""What can be gathered down the columns first, and then along the rows."""

from __future__ import annotations

import numpy as np

from convviz.ops.memory import empty
from convviz.ops.types import Array
from convviz.ops.window import Window2d


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
    (kh, kw), (sh, sw), (dh, dw) = window.kernel, window.stride, window.dilation
    out_h, out_w = window.unpadded.output_size((x_pad.shape[-2], x_pad.shape[-1]))
    down, across = sh * (out_h - 1) + 1, sw * (out_w - 1) + 1
    down_rows = [x_pad[..., u * dh : u * dh + down : sh, :] for u in range(kh)]
    tall = empty(down_rows[0].shape, x_pad.dtype)  # (..., OH, W)
    _combine(combine, down_rows, tall)
    out = empty((*tall.shape[:-1], out_w), x_pad.dtype)
    _combine(combine, [tall[..., v * dw : v * dw + across : sw] for v in range(kw)], out)
    return out


def _combine(combine: np.ufunc, arrays: list[Array], out: Array) -> None:
    """Combine arrays into ``out``, number by number."""
    first, *others = arrays
    if not others:
        np.copyto(out, first)
        return
    combine(first, others[0], out=out)
    for other in others[1:]:
        combine(out, other, out=out)
