"""The loops of max and average pooling for every setting, forward beside backward.

All take an array that is padded already, with -inf for the maximum and 0 for the mean; the window's own padding
is not applied again.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import Ties
from convviz.ops.types import Array, Pair
from convviz.ops.window import Window2d


def max_pool_loops(x_pad: Array, window: Window2d) -> Array:
    """Largest number under each window.

    Parameters
    ----------
    x_pad
        Input, already padded with -inf, shape (N, C, H, W).
    window
        Kernel, stride and dilation.

    Returns
    -------
    ndarray
        Shape (N, C, H_out, W_out).

    Examples
    --------
    >>> x = np.arange(12.0).reshape(1, 1, 3, 4)
    >>> max_pool_loops(x, Window2d.make((2, 3)))[0, 0]
    array([[ 6.,  7.],
           [10., 11.]])
    """
    (stride_h, stride_w), (dilation_h, dilation_w) = window.stride, window.dilation
    N, C, H, W = x_pad.shape
    (H_out, W_out), (extent_h, extent_w) = window.unpadded.output_size((H, W)), window.extent
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
    dout: Array, x_pad: Array, window: Window2d, ties: Ties = "split"
) -> Array:
    """The gradient of each maximum, handed to the cell, or the cells, that hold it.

    Parameters
    ----------
    dout
        Gradient with respect to the output of `max_pool_loops`, shape (N, C, H_out, W_out).
    x_pad, window
        What was given to `max_pool_loops`.
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
    >>> max_pool_backward_loops(dout, x, Window2d.make(2))[0, 0]
    array([[0., 2.],
           [2., 2.]])
    >>> max_pool_backward_loops(dout, x, Window2d.make(2), ties="first")[0, 0]
    array([[0., 6.],
           [0., 0.]])
    """
    (stride_h, stride_w), (dilation_h, dilation_w) = window.stride, window.dilation
    (extent_h, extent_w), (N, C, H_out, W_out) = window.extent, dout.shape
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
                    dx_pad[n, c, rows, cols] += is_max * share
    return dx_pad


def avg_pool_loops(x_pad: Array, window: Window2d, divisor: Array) -> Array:
    """Sum of the numbers under each window, over what is counted there.

    Parameters
    ----------
    x_pad
        Input, already padded with 0, shape (N, C, H, W).
    window
        Kernel, stride and dilation.
    divisor
        How many cells count in each window, shape (H_out, W_out).

    Returns
    -------
    ndarray
        Shape (N, C, H_out, W_out).

    Examples
    --------
    >>> x = np.arange(12.0).reshape(1, 1, 3, 4)
    >>> avg_pool_loops(x, Window2d.make((2, 3)), np.full((2, 2), 6))[0, 0]
    array([[3., 4.],
           [7., 8.]])
    """
    (stride_h, stride_w), (dilation_h, dilation_w) = window.stride, window.dilation
    N, C, H, W = x_pad.shape
    (H_out, W_out), (extent_h, extent_w) = window.unpadded.output_size((H, W)), window.extent
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
                    out[n, c, i, j] = x_window.sum() / divisor[i, j]
    return out


def avg_pool_backward_loops(
    dout: Array, divisor: Array, window: Window2d, padded_size: Pair
) -> Array:
    """The gradient of each mean, in equal shares to every cell of its window.

    Parameters
    ----------
    dout
        Gradient with respect to the output of `avg_pool_loops`, shape (N, C, H_out, W_out).
    divisor, window
        What was given to `avg_pool_loops`.
    padded_size
        (height, width) of the padded input.

    Returns
    -------
    ndarray
        Gradient with respect to the padded input.

    Examples
    --------
    >>> dout, window = np.array([[[[6.0, 12.0]]]]), Window2d.make((1, 3))
    >>> avg_pool_backward_loops(dout, np.full((1, 2), 3), window, (1, 4))[0, 0]
    array([[2., 6., 6., 4.]])
    """
    (stride_h, stride_w), (dilation_h, dilation_w) = window.stride, window.dilation
    (extent_h, extent_w), (N, C, H_out, W_out) = window.extent, dout.shape
    dx_pad = np.zeros((N, C, *padded_size), dtype=dout.dtype)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + extent_h, left + extent_w
                    rows = slice(top, bottom, dilation_h)
                    cols = slice(left, right, dilation_w)
                    share = dout[n, c, i, j] / divisor[i, j]
                    dx_pad[n, c, rows, cols] += share
    return dx_pad
