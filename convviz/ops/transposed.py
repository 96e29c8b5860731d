"""The gradient of a convolution's input, seen as a convolution itself."""

from __future__ import annotations

import numpy as np

from convviz.ops.conv import conv2d
from convviz.ops.types import Array, Pair, Sides
from convviz.ops.window import Window2d


def spread_out(dout: Array, stride: Pair) -> Array:
    """Put ``stride - 1`` zeros between neighbouring cells of a gradient.

    Parameters
    ----------
    dout
        Shape (N, F, OH, OW).

    Returns
    -------
    ndarray
        Shape (N, F, stride * (OH - 1) + 1, stride * (OW - 1) + 1).

    Examples
    --------
    >>> spread_out(np.array([[[[1.0, 2.0]]]]), (1, 2))[0, 0]
    array([[1., 0., 2.]])
    """
    (sh, sw), (out_h, out_w) = stride, dout.shape[2:]
    size = (*dout.shape[:2], sh * (out_h - 1) + 1, sw * (out_w - 1) + 1)
    spread = np.zeros(size, dtype=dout.dtype)
    spread[:, :, ::sh, ::sw] = dout
    return spread


def turned_filters(w: Array) -> Array:
    """Each filter turned by 180°, with input and output channels changing places: (F, C, ...) to (C, F, ...).

    Examples
    --------
    >>> turned_filters(np.array([[[[1.0, 2.0]], [[3.0, 4.0]]]]))
    array([[[[2., 1.]]],
    <BLANKLINE>
    <BLANKLINE>
           [[[4., 3.]]]])
    """
    return np.ascontiguousarray(w[:, :, ::-1, ::-1].transpose(1, 0, 2, 3))


def full_padding(window: Window2d, size: Pair) -> Sides:
    """Padding with which every cell of the spread gradient meets every tap.

    Behind the last row and column lie, besides, those that the stride left over: they receive nothing.

    Examples
    --------
    >>> full_padding(Window2d.make(3, stride=2), (6, 7))
    ((2, 3), (2, 2))
    """
    (rows, columns), (height, width) = window.leftover(size), window.extent
    return (height - 1, height - 1 + rows), (width - 1, width - 1 + columns)


def full_correlation(dout: Array, w: Array, window: Window2d, size: Pair) -> Array:
    """Gradient of a convolution with respect to its padded input, as a full correlation.

    ``dx_pad = conv2d(spread_out(dout), turned_filters(w), padding="all around")``: the same sums as
    `conv2d_backward` makes, gathered for each input cell instead of scattered from each output cell.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, F, OH, OW).
    w
        Filters, shape (F, C, KH, KW).
    window
        Kernel, stride, padding and dilation.
    size
        (H, W) of the unpadded input.

    Returns
    -------
    ndarray
        Shape (N, C, H + top + bottom, W + left + right).

    Examples
    --------
    >>> full_correlation(np.ones((1, 1, 2, 2)), np.ones((1, 1, 2, 2)), Window2d.make(2), (3, 3))[0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    return conv2d(
        spread_out(dout, window.stride),
        turned_filters(w),
        padding=full_padding(window, size),
        dilation=window.dilation,
    )
