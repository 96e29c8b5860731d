"""The loops of a transposed convolution: each input cell stamps the filters; backward, it reads there."""

from __future__ import annotations

import numpy as np

from convviz.ops.dtypes import check_dtypes
from convviz.ops.types import Array, Pair


def conv_transpose_loops(x: Array, w: Array, padded: Pair, stride: Pair, dilation: Pair) -> Array:
    """Transposed convolution, one input cell at a time.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    w
        Filters, shape (C, F, HH, WW).
    padded
        (height, width) of the output with the padding that is cut off afterwards.
    stride, dilation
        (height, width) pairs.

    Returns
    -------
    ndarray
        Shape (N, F, height, width).

    Examples
    --------
    >>> x = w = np.array([[[[0.0, 1.0], [2.0, 3.0]]]])
    >>> conv_transpose_loops(x, w, (3, 3), (1, 1), (1, 1))[0, 0]
    array([[ 0.,  0.,  1.],
           [ 0.,  4.,  6.],
           [ 4., 12.,  9.]])
    """
    check_dtypes(x=x, w=w)
    (stride_h, stride_w), (dilation_h, dilation_w) = stride, dilation
    N, C, H, W = x.shape
    _, F, HH, WW = w.shape
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    out_pad = np.zeros((N, F, *padded), dtype=x.dtype)
    for n in range(N):  # every image
        for c in range(C):  # every input channel
            for i in range(H):  # every input row
                for j in range(W):  # every input column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + extent_h, left + extent_w
                    rows = slice(top, bottom, dilation_h)
                    cols = slice(left, right, dilation_w)
                    value = x[n, c, i, j]
                    out_pad[n, :, rows, cols] += value * w[c]  # (F, HH, WW)
    return out_pad


def conv_transpose_backward_loops(
    dout_pad: Array, x: Array, w: Array, stride: Pair, dilation: Pair
) -> tuple[Array, Array]:
    """Its backward pass: each input cell gathers the gradient that lies under its stamp.

    So dx is a convolution of the gradient, with the stride and the filters of the stamps.

    Parameters
    ----------
    dout_pad
        Gradient with respect to the output of `conv_transpose_loops`; 0 where the padding was cut off.
    x, w, stride, dilation
        What was given to `conv_transpose_loops`.

    Returns
    -------
    dx, dw
        Gradients with respect to the input and the filters.

    Examples
    --------
    >>> x = w = np.array([[[[0.0, 1.0], [2.0, 3.0]]]])
    >>> dx, dw = conv_transpose_backward_loops(np.ones((1, 1, 3, 3)), x, w, (1, 1), (1, 1))
    >>> dx[0, 0], dw[0, 0]
    (array([[6., 6.],
           [6., 6.]]), array([[6., 6.],
           [6., 6.]]))
    """
    check_dtypes(dout_pad=dout_pad, x=x, w=w)
    (stride_h, stride_w), (dilation_h, dilation_w) = stride, dilation
    N, C, H, W = x.shape
    _, _, HH, WW = w.shape
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    dx, dw = np.zeros_like(x), np.zeros_like(w)
    for n in range(N):  # every image
        for c in range(C):  # every input channel
            for i in range(H):  # every input row
                for j in range(W):  # every input column
                    top, left = i * stride_h, j * stride_w
                    bottom, right = top + extent_h, left + extent_w
                    rows = slice(top, bottom, dilation_h)
                    cols = slice(left, right, dilation_w)
                    under = dout_pad[n, :, rows, cols]  # its stamp, (F, HH, WW)
                    products = under * w[c]  # (F, HH, WW)
                    dx[n, c, i, j] = products.sum()
                    dw[c] += x[n, c, i, j] * under  # (F, HH, WW)
    return dx, dw
