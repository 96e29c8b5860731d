"""Max pooling with PyTorch's meaning of padding, ties and ``ceil_mode``; its backward pass beside it."""

from __future__ import annotations

from typing import Literal, overload

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import Ties, check_gradient, check_image_axes, check_ties
from convviz.ops.dtypes import check_dtypes
from convviz.ops.masks import selected
from convviz.ops.memory import empty
from convviz.ops.padding import pad, unpad
from convviz.ops.parts import parts, together
from convviz.ops.pool.holders import (
    cells_of,
    corners_of,
    first_holders,
    holders_in,
    holders_of,
)
from convviz.ops.pool.separable import PART, planes_of, separable
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Array, Pair
from convviz.ops.window import PaddingLike, Window2d
from convviz.ops.windows import fewer_windows, taps, window_places


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
        maxima the first in row-major order counts, as in PyTorch; -1 is padding, where a window holds nothing
        above -inf.

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
    check_image_axes(x)
    spec = PoolSpec.make(kernel, stride, padding, dilation, ceil_mode)
    if return_indices:
        return _max_with_indices(x, spec)
    window = spec.reaching((x.shape[-2], x.shape[-1]))
    return separable(np.maximum, pad(x, window.padding, value=-np.inf), window)


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
    check_image_axes(x)
    check_ties(ties)
    spec = PoolSpec.make(kernel, stride, padding, dilation, ceil_mode)
    size = (x.shape[-2], x.shape[-1])
    check_gradient(dout, (*x.shape[:-2], *spec.output_size(size)))
    window = spec.reaching(size)
    x_pad = pad(x, window.padding, value=-np.inf)
    dx_pad = empty(x_pad.shape, x.dtype)
    planes = planes_of(dout), planes_of(x_pad), planes_of(dx_pad)
    if ties == "first" and not fewer_windows(window, (dout.shape[-2], dout.shape[-1])):
        _hand_to_the_first(*planes, window)
    else:
        _hand_out(*planes, window, ties)
    return unpad(dx_pad, window.padding)


def _hand_out(dout: Array, x_pad: Array, dx_pad: Array, window: Window2d, ties: Ties) -> None:
    """For planes (planes, H, W), give each window's gradient to whatever of the window holds its maximum.

    The gradient is selected and not multiplied by a mask: an infinite one times 0 would be NaN.
    """
    out = (dout.shape[1], dout.shape[2])
    for part in parts(x_pad, PART):
        given, read, gained = dout[part], x_pad[part], dx_pad[part]
        gained.fill(0)
        if fewer_windows(window, out):
            for (i, j), place in window_places(window, out):
                holds = holders_in(read[:, *place], ties)  # (planes, KH, KW)
                count = holds.sum(axis=(-2, -1), keepdims=True, dtype=dout.dtype)
                gained[:, *place] += selected(given[:, i, j, None, None] / count, holds)
            continue
        count = np.zeros_like(given)
        for holds in holders_of(read, window, ties):
            count += holds
        given = given / count
        for holds, tap in zip(holders_of(read, window, ties), taps(window, out), strict=True):
            gained[:, *tap] += selected(given, holds)


def _hand_to_the_first(dout: Array, x_pad: Array, dx_pad: Array, window: Window2d) -> None:
    """The same, to the first cell that holds the maximum: one step a window, not one a tap.

    Bytes moved for each number: it is read once and its gradient written twice, first as 0. All that is worked out
    for the windows, a byte for the tap and eight for the cell, stays in the cache.
    """
    corners = corners_of(
        window, dout[: together(x_pad, PART)].shape, (x_pad.shape[1], x_pad.shape[2])
    )
    for part in parts(x_pad, PART):
        _hand_to_cells(dout[part], x_pad[part], dx_pad[part].reshape(-1), window, corners)


def _hand_to_cells(
    dout: Array, x_pad: Array, gained: Array, window: Window2d, corners: Array
) -> None:
    """Do so for some planes. A function, so that the next ones get its arrays' memory, still in the cache."""
    first = first_holders(x_pad, separable(np.maximum, x_pad, window), window)
    cells = cells_of(first, window, corners[: len(first)], x_pad.shape[2]).reshape(-1)
    gained.fill(0)
    if all(window.stride[axis] >= window.extent[axis] for axis in (0, 1)):
        gained[cells] = dout.reshape(-1)  # no two windows have a cell in common
    else:
        np.add.at(gained, cells, dout.reshape(-1))


def _max_with_indices(x: Array, spec: PoolSpec) -> tuple[Array, npt.NDArray[np.int64]]:
    height, width = x.shape[-2:]
    window = spec.reaching((height, width))
    x_pad = pad(x, window.padding, value=-np.inf)
    place = pad(np.arange(height * width).reshape(height, width), window.padding, value=-1)
    out = separable(np.maximum, x_pad, window)
    indices, out_size = np.empty(out.shape, dtype=np.int64), (out.shape[-2], out.shape[-1])
    if fewer_windows(window, out_size):
        for (i, j), cells in window_places(window, out_size):
            values = x_pad[..., *cells].reshape(*x_pad.shape[:-2], -1)  # (..., KH * KW)
            indices[..., i, j] = place[cells].ravel()[values.argmax(axis=-1)]
        return out, indices
    first = first_holders(x_pad, out, window)
    corners = corners_of(window, (1, *out_size), (x_pad.shape[-2], x_pad.shape[-1]))[0]
    np.take(place.ravel(), cells_of(first, window, corners, x_pad.shape[-1]), out=indices)
    return out, indices
