"""The loop of a transposed convolution: each input cell stamps the filters onto the output."""

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
