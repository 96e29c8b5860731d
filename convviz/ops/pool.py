"""Max and average pooling, with PyTorch's meaning of padding, ties and ``ceil_mode``."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.spec import PoolSpec
from convviz.ops.window import PaddingLike, Pair, Sides, Window2d
from convviz.ops.windows import pad, tap_index, windows

Array = npt.NDArray[Any]


def max_pool2d(
    x: Array,
    kernel: int | Pair,
    stride: int | Pair | None = None,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
    return_indices: bool = False,
) -> Array | tuple[Array, npt.NDArray[np.int64]]:
    """Largest number under each window.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W) or (C, H, W); float32 or float64.
    kernel, stride, dilation
        Int or (height, width); the stride defaults to the kernel.
    padding
        At most half the kernel. Padding cells are -inf: they never win.
    ceil_mode
        Round the output size up, so that a last, partial window counts.
    return_indices
        Also return where each maximum lies.

    Returns
    -------
    out
        Shape (..., OH, OW), of the input's dtype. NaN in a window gives NaN.
    indices
        Only with ``return_indices``: flat position of the maximum in its unpadded (H, W) plane. Of equal
        maxima the first in row-major order counts, as in PyTorch.

    Raises
    ------
    SpecError
        If a setting is out of range or the kernel exceeds the padded input.

    Notes
    -----
    Equals ``torch.nn.functional.max_pool2d``.

    Examples
    --------
    >>> x = np.array([[[1.0, 3, 2, 0], [3, 3, 1, 5]]])
    >>> out, indices = max_pool2d(x, 2, return_indices=True)
    >>> out, indices
    (array([[[3., 5.]]]), array([[[1, 7]]]))
    """
    _check_dtype(x)
    spec = PoolSpec.make(kernel, stride, padding, dilation, ceil_mode)
    if return_indices:
        return _max_with_indices(x, spec)
    window = spec.reaching((x.shape[-2], x.shape[-1]))
    return _separable_max(pad(x, window.padding, value=-np.inf), window)


def _separable_max(x_pad: Array, window: Window2d) -> Array:
    """Maximum down the columns, then along the rows: KH + KW comparisons a cell instead of KH * KW."""
    (kh, kw), (sh, sw), (dh, dw) = window.kernel, window.stride, window.dilation
    out_h, out_w = window.unpadded.output_size((x_pad.shape[-2], x_pad.shape[-1]))
    down, across = sh * (out_h - 1) + 1, sw * (out_w - 1) + 1
    tall = x_pad[..., :down:sh, :].copy()  # (..., OH, W)
    for u in range(1, kh):
        np.maximum(tall, x_pad[..., u * dh : u * dh + down : sh, :], out=tall)
    out = tall[..., :across:sw].copy()  # (..., OH, OW)
    for v in range(1, kw):
        np.maximum(out, tall[..., v * dw : v * dw + across : sw], out=out)
    return out


def _max_with_indices(x: Array, spec: PoolSpec) -> tuple[Array, npt.NDArray[np.int64]]:
    window = spec.reaching((x.shape[-2], x.shape[-1]))
    x_pad = pad(x, window.padding, value=-np.inf)
    taps = windows(x_pad, window)
    flat = taps.reshape(*taps.shape[:-2], -1)  # (..., OH, OW, KH * KW)
    winner = flat.argmax(axis=-1)  # the first of equals, and NaN before any number
    index = tap_index(window, (x.shape[-2], x.shape[-1]))
    index = index.reshape(*index.shape[:2], -1)  # (OH, OW, KH * KW)
    where = np.broadcast_to(index, flat.shape)
    out = np.take_along_axis(flat, winner[..., None], axis=-1)[..., 0]
    return out, np.take_along_axis(where, winner[..., None], axis=-1)[..., 0].astype(np.int64)


def avg_pool2d(
    x: Array,
    kernel: int | Pair,
    stride: int | Pair | None = None,
    padding: PaddingLike = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """Mean of the numbers under each window.

    Parameters
    ----------
    x, kernel, stride, padding, ceil_mode
        As for `max_pool2d`; padding cells are 0.
    count_include_pad
        Whether padding cells count in the divisor. What ``ceil_mode`` adds beyond the padding never does.

    Returns
    -------
    ndarray
        Shape (..., OH, OW), of the input's dtype.

    Raises
    ------
    SpecError
        If a setting is out of range or the kernel exceeds the padded input.

    Notes
    -----
    Equals ``torch.nn.functional.avg_pool2d``.

    Examples
    --------
    >>> avg_pool2d(np.ones((1, 3, 3)), 3, stride=2, padding=1)[0] * 9
    array([[4., 4.],
           [4., 4.]])
    """
    _check_dtype(x)
    spec = PoolSpec.make(kernel, stride, padding, 1, ceil_mode)
    size = (x.shape[-2], x.shape[-1])
    window = spec.reaching(size)
    sums = windows(pad(x, window.padding), window).sum(axis=(-2, -1), dtype=x.dtype)
    return np.asarray(sums / avg_divisor(spec, size, count_include_pad).astype(x.dtype))


def avg_divisor(spec: PoolSpec, size: Pair, count_include_pad: bool = True) -> Array:
    """How many cells count in each window of an average pool.

    Parameters
    ----------
    spec
        Kernel, stride, padding and ``ceil_mode``.
    size
        (H, W) of the unpadded input.
    count_include_pad
        Whether padding cells count. What ``ceil_mode`` adds beyond the padding never does.

    Returns
    -------
    ndarray
        Shape (OH, OW).

    Examples
    --------
    >>> avg_divisor(PoolSpec.make(3, 2, 1), (3, 3), count_include_pad=False)
    array([[4., 4.],
           [4., 4.]])
    """
    window = spec.reaching(size)
    counted = np.ones(size)
    if count_include_pad:
        counted = pad(counted, spec.window.padding, value=1)
        overhang = _difference(window.padding, spec.window.padding)
    else:
        overhang = window.padding
    return np.asarray(windows(pad(counted, overhang), window).sum(axis=(-2, -1)))  # (OH, OW)


def _difference(larger: Sides, smaller: Sides) -> Sides:
    (a, b), (c, d) = larger
    (e, f), (g, h) = smaller
    return (a - e, b - f), (c - g, d - h)


def _check_dtype(x: Array) -> None:
    if x.dtype not in (np.float32, np.float64):
        raise TypeError(f"x has dtype {x.dtype}: use float32 or float64")
