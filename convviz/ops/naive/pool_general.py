"""The loops of max and average pooling for every setting, forward beside backward.

The padding is done before and taken off after: with -inf for the maximum, with 0 for the mean.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import Ties, check_ties
from convviz.ops.dtypes import check_dtypes
from convviz.ops.types import Array, Pair


def max_pool_loops(x_pad: Array, kernel: Pair, stride: Pair, dilation: Pair = (1, 1)) -> Array:
    """Largest number under each window.

    Parameters
    ----------
    x_pad
        Input, already padded with -inf, shape (N, C, H, W).
    kernel, stride, dilation
        (height, width) pairs.

    Returns
    -------
    ndarray
        Shape (N, C, H_out, W_out).

    Examples
    --------
    >>> x = np.arange(12.0).reshape(1, 1, 3, 4)
    >>> max_pool_loops(x, (2, 3), (1, 1))[0, 0]
    array([[ 6.,  7.],
           [10., 11.]])
    """
    check_dtypes(x_pad=x_pad)
    (HH, WW), (stride_h, stride_w), (dilation_h, dilation_w) = kernel, stride, dilation
    N, C, H, W = x_pad.shape
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    H_out, W_out = 1 + (H - extent_h) // stride_h, 1 + (W - extent_w) // stride_w
    out = np.zeros((N, C, H_out, W_out), dtype=x_pad.dtype)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + extent_h, left + extent_w
                    rows = slice(top, bottom, dilation_h)
                    cols = slice(left, right, dilation_w)
                    x_window = x_pad[n, c, rows, cols]  # (KH, KW)
                    out[n, c, i, j] = x_window.max()
    return out


def max_pool_backward_loops(
    dout: Array,
    x_pad: Array,
    kernel: Pair,
    stride: Pair,
    dilation: Pair = (1, 1),
    ties: Ties = "split",
) -> Array:
    """Gradient of max pooling: each cell of dout goes to the cell, or the cells, that held the maximum.

    Parameters
    ----------
    dout
        Gradient with respect to the output of `max_pool_loops`, shape (N, C, H_out, W_out).
    x_pad, kernel, stride, dilation
        As they were given to `max_pool_loops`.
    ties
        "split": equal maxima share the gradient, as in the course. "first": the first of them in row-major
        order has it all, as in PyTorch.

    Returns
    -------
    ndarray
        Gradient with respect to the padded input.

    Examples
    --------
    >>> x = np.array([[[[1.0, 3], [3, 3]]]])
    >>> dout = np.array([[[[6.0]]]])
    >>> max_pool_backward_loops(dout, x, (2, 2), (2, 2))[0, 0]
    array([[0., 2.],
           [2., 2.]])
    >>> max_pool_backward_loops(dout, x, (2, 2), (2, 2), ties="first")[0, 0]
    array([[0., 6.],
           [0., 0.]])
    """
    check_dtypes(dout=dout, x_pad=x_pad)
    check_ties(ties)
    (HH, WW), (stride_h, stride_w), (dilation_h, dilation_w) = kernel, stride, dilation
    N, C, H_out, W_out = dout.shape
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    dx_pad = np.zeros_like(x_pad)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + extent_h, left + extent_w
                    rows = slice(top, bottom, dilation_h)
                    cols = slice(left, right, dilation_w)
                    x_window = x_pad[n, c, rows, cols]  # (KH, KW)
                    is_max = x_window == x_window.max()
                    if ties == "first":
                        is_max.flat[x_window.argmax() + 1 :] = False  # those after it, row by row
                    share = dout[n, c, i, j] / is_max.sum()
                    dx_pad[n, c, rows, cols] += np.where(is_max, share, 0)
    return dx_pad


def avg_pool_loops(x_pad: Array, kernel: Pair, stride: Pair, divisor: Array) -> Array:
    """Mean of each window: the sum of its numbers, divided by how many count.

    Parameters
    ----------
    x_pad
        Input, already padded with 0, shape (N, C, H, W).
    kernel, stride
        (height, width) pairs; a mean is not dilated.
    divisor
        How many cells count in each window, shape (H_out, W_out).

    Returns
    -------
    ndarray
        Shape (N, C, H_out, W_out).

    Examples
    --------
    >>> x = np.arange(12.0).reshape(1, 1, 3, 4)
    >>> avg_pool_loops(x, (2, 3), (1, 1), np.full((2, 2), 6))[0, 0]
    array([[3., 4.],
           [7., 8.]])
    """
    check_dtypes(x_pad=x_pad)
    (HH, WW), (stride_h, stride_w) = kernel, stride
    N, C, H, W = x_pad.shape
    H_out, W_out = 1 + (H - HH) // stride_h, 1 + (W - WW) // stride_w
    out = np.zeros((N, C, H_out, W_out), dtype=x_pad.dtype)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + HH, left + WW
                    x_window = x_pad[n, c, top:bottom, left:right]  # (KH, KW)
                    out[n, c, i, j] = x_window.sum() / divisor[i, j]
    return out


def avg_pool_backward_loops(
    dout: Array, kernel: Pair, stride: Pair, divisor: Array, padded_size: Pair
) -> Array:
    """Gradient of average pooling: each cell of dout goes in equal shares to the cells of its window.

    Parameters
    ----------
    dout
        Gradient with respect to the output of `avg_pool_loops`, shape (N, C, H_out, W_out).
    kernel, stride, divisor
        As they were given to `avg_pool_loops`.
    padded_size
        (height, width) of the padded input.

    Returns
    -------
    ndarray
        Gradient with respect to the padded input.

    Examples
    --------
    >>> dout = np.array([[[[6.0, 12.0]]]])
    >>> avg_pool_backward_loops(dout, (1, 3), (1, 1), np.full((1, 2), 3), (1, 4))[0, 0]
    array([[2., 6., 6., 4.]])
    """
    check_dtypes(dout=dout)
    (HH, WW), (stride_h, stride_w) = kernel, stride
    N, C, H_out, W_out = dout.shape
    dx_pad = np.zeros((N, C, *padded_size), dtype=dout.dtype)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + HH, left + WW
                    share = dout[n, c, i, j] / divisor[i, j]
                    dx_pad[n, c, top:bottom, left:right] += share
    return dx_pad
