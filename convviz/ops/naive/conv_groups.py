"""The loops of a grouped convolution, forward beside backward: a filter sees the channels of its group alone.

The padding, of any kind, is done before, and taken off after.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.dtypes import check_dtypes
from convviz.ops.types import Array, Pair


def conv_group_loops(
    x_pad: Array, w: Array, b: Array, stride: Pair, dilation: Pair, groups: int
) -> Array:
    """Convolution in groups, in the course's loops. As many groups as channels is a depthwise convolution.

    Parameters
    ----------
    x_pad
        Input, already padded in whatever way, shape (N, groups * C, H, W).
    w, b
        Filters (F, C, HH, WW) and biases (F,).
    stride, dilation
        (height, width) pairs.
    groups
        A divisor of F.

    Returns
    -------
    ndarray
        Shape (N, F, H_out, W_out).

    Examples
    --------
    >>> x = np.arange(8.0).reshape(1, 2, 2, 2)
    >>> conv_group_loops(x, np.ones((2, 1, 2, 2)), np.zeros(2), (1, 1), (1, 1), 2)[0, :, 0, 0]
    array([ 6., 22.])
    """
    check_dtypes(x_pad=x_pad, w=w, b=b)
    (stride_h, stride_w), (dilation_h, dilation_w) = stride, dilation
    N, _, H, W = x_pad.shape
    F, C, HH, WW = w.shape  # C: channels of a group
    M = F // groups  # filters of a group
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    H_out, W_out = 1 + (H - extent_h) // stride_h, 1 + (W - extent_w) // stride_w
    out = np.zeros((N, F, H_out, W_out), dtype=x_pad.dtype)
    for n in range(N):  # every image
        for f in range(F):  # every filter
            g = f // M  # its group
            first, last = g * C, (g + 1) * C  # the channels it sees
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + extent_h, left + extent_w
                    rows = slice(top, bottom, dilation_h)
                    cols = slice(left, right, dilation_w)
                    x_window = x_pad[n, first:last, rows, cols]  # (C, HH, WW)
                    products = x_window * w[f]  # (C, HH, WW)
                    out[n, f, i, j] = products.sum() + b[f]
    return out


def conv_group_backward_loops(
    dout: Array, x_pad: Array, w: Array, stride: Pair, dilation: Pair, groups: int
) -> tuple[Array, Array, Array]:
    """Its backward pass in the course's loops: a filter's gradient flows to the channels of its group alone.

    Parameters
    ----------
    dout
        Gradient with respect to the output of `conv_group_loops`, shape (N, F, H_out, W_out).
    x_pad, w, stride, dilation, groups
        What was given to `conv_group_loops`.

    Returns
    -------
    dx_pad, dw, db
        Gradients with respect to the padded input, the filters and the biases.

    Examples
    --------
    >>> x, w = np.arange(8.0).reshape(1, 2, 2, 2), np.ones((2, 1, 2, 2))
    >>> dout = np.array([[[[1.0]], [[3.0]]]])
    >>> dx_pad, dw, db = conv_group_backward_loops(dout, x, w, (1, 1), (1, 1), 2)
    >>> dx_pad[0, :, 0, 0], db
    (array([1., 3.]), array([1., 3.]))
    """
    check_dtypes(dout=dout, x_pad=x_pad, w=w)
    (stride_h, stride_w), (dilation_h, dilation_w) = stride, dilation
    N, F, H_out, W_out = dout.shape
    _, C, HH, WW = w.shape  # C: channels of a group
    M = F // groups  # filters of a group
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    dx_pad, dw, db = np.zeros_like(x_pad), np.zeros_like(w), np.zeros(F, dtype=w.dtype)
    for n in range(N):  # every image
        for f in range(F):  # every filter
            g = f // M  # its group
            first, last = g * C, (g + 1) * C  # the channels it sees
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + extent_h, left + extent_w
                    rows = slice(top, bottom, dilation_h)
                    cols = slice(left, right, dilation_w)
                    db[f] += dout[n, f, i, j]
                    dx_pad[n, first:last, rows, cols] += dout[n, f, i, j] * w[f]  # (C, HH, WW)
                    dw[f] += dout[n, f, i, j] * x_pad[n, first:last, rows, cols]  # (C, HH, WW)
    return dx_pad, dw, db
