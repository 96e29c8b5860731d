"""Max pooling with PyTorch's meaning of padding, ties and ``ceil_mode``; its backward pass beside it."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, overload

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import check_dtypes, check_gradient
from convviz.ops.errors import SpecError
from convviz.ops.spec import PoolSpec
from convviz.ops.window import PaddingLike, Pair, Window2d
from convviz.ops.windows import pad, tap_index, taps, unpad, windows

Array = npt.NDArray[Any]
Ties: TypeAlias = Literal["split", "first"]


@overload
def max_pool2d(
    x: Array,
    kernel: int | Pair,
    stride: int | Pair | None = None,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
    return_indices: Literal[False] = False,
) -> Array: ...


@overload
def max_pool2d(
    x: Array,
    kernel: int | Pair,
    stride: int | Pair | None = None,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
    *,
    return_indices: Literal[True],
) -> tuple[Array, npt.NDArray[np.int64]]: ...


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
    check_dtypes(x=x)
    spec = PoolSpec.make(kernel, stride, padding, dilation, ceil_mode)
    if return_indices:
        return _max_with_indices(x, spec)
    window = spec.reaching((x.shape[-2], x.shape[-1]))
    return _separable_max(pad(x, window.padding, value=-np.inf), window)


def max_pool2d_backward(
    dout: Array,
    x: Array,
    kernel: int | Pair,
    stride: int | Pair | None = None,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
    ceil_mode: bool = False,
    ties: Ties = "split",
) -> Array:
    """Gradient of max pooling: each cell of `dout` goes to the cell, or the cells, that held the maximum.

    Windows that overlap may have the same maximum, which then receives from each of them.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, of the output's shape.
    x, kernel, stride, padding, dilation, ceil_mode
        As they were given to `max_pool2d`.
    ties
        "split": equal maxima share the gradient, as in the course. "first": the first of them in row-major
        order has it all, as in PyTorch.

    Returns
    -------
    ndarray
        Of the shape and dtype of x.

    Raises
    ------
    SpecError
        If a setting is out of range or `dout` has another shape than the output.

    Examples
    --------
    >>> x = np.array([[[1.0, 3, 2, 0], [3, 3, 1, 5]]])
    >>> max_pool2d_backward(np.array([[[6.0, 7.0]]]), x, 2)[0]
    array([[0., 2., 0., 0.],
           [2., 2., 0., 7.]])
    >>> max_pool2d_backward(np.array([[[6.0, 7.0]]]), x, 2, ties="first")[0]
    array([[0., 6., 0., 0.],
           [0., 0., 0., 7.]])
    """
    check_dtypes(x=x, dout=dout)
    _check_ties(ties)
    spec = PoolSpec.make(kernel, stride, padding, dilation, ceil_mode)
    size = (x.shape[-2], x.shape[-1])
    check_gradient(dout, (*x.shape[:-2], *spec.output_size(size)))
    window = spec.reaching(size)
    x_pad = pad(x, window.padding, value=-np.inf)
    dx_pad = np.zeros_like(x_pad)
    holders = _holders(x_pad, window, ties)
    count = 1 if ties == "first" else sum(holders, start=np.zeros_like(dout))
    share = dout / count
    for holds, tap in zip(holders, taps(window, spec.output_size(size)), strict=True):
        dx_pad[..., *tap] += holds * share
    return unpad(dx_pad, window.padding)


def _holders(x_pad: Array, window: Window2d, ties: Ties) -> list[Array]:
    """For each tap, the windows (..., OH, OW) whose maximum it holds. NaN, where there is one, is the maximum."""
    out = _separable_max(x_pad, window)
    found = np.zeros(out.shape, dtype=bool)
    holders = []
    for tap in taps(window, (out.shape[-2], out.shape[-1])):
        values = x_pad[..., *tap]
        holds = (values == out) | np.isnan(values)
        if ties == "first":
            holds &= ~found
            found |= holds
        holders.append(holds)
    return holders


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
    cut = windows(x_pad, window)
    flat = cut.reshape(*cut.shape[:-2], -1)  # (..., OH, OW, KH * KW)
    winner = flat.argmax(axis=-1)  # the first of equals, and NaN before any number
    index = tap_index(window, (x.shape[-2], x.shape[-1]))
    index = index.reshape(*index.shape[:2], -1)  # (OH, OW, KH * KW)
    where = np.broadcast_to(index, flat.shape)
    out = np.take_along_axis(flat, winner[..., None], axis=-1)[..., 0]
    return out, np.take_along_axis(where, winner[..., None], axis=-1)[..., 0].astype(np.int64)


def _check_ties(ties: str) -> None:
    if ties not in ("split", "first"):
        raise SpecError(
            "ties", ties, ("split", "first"), "ties {value!r} is unknown", "use 'split' or 'first'"
        )
