"""The gradient of a convolution's input gathered cell by cell: the backward loop turned inside out."""

from __future__ import annotations

import numpy as np

from convviz.ops.dtypes import check_dtypes
from convviz.ops.types import Array, Pair


def dx_correlation_loops(dout_spread: Array, w_turned: Array, dilation: Pair) -> Array:
    """Gather the gradient of each input cell from all output cells that read it.

    `conv_backward_naive` goes over the output and scatters each gradient over a window of `dx_pad`, adding up
    where windows overlap. Going over `dx_pad` instead, each cell is one sum, written once: a convolution.

    Parameters
    ----------
    dout_spread
        Gradient of the output, spread out by the stride and padded all around, shape (N, F, H, W); see
        `convviz.ops.transposed.spread_out` and `full_padding`.
    w_turned
        Filters turned by 180°, channels first, shape (C, F, HH, WW); see `convviz.ops.transposed.turned_filters`.
    dilation
        (height, width) of the forward pass.

    Returns
    -------
    ndarray
        dx_pad, shape (N, C, H_pad, W_pad), where ``H_pad = H - dilation * (HH - 1)``.

    Examples
    --------
    >>> dout_spread = np.pad(np.ones((1, 1, 2, 2)), ((0, 0), (0, 0), (1, 1), (1, 1)))
    >>> dx_correlation_loops(dout_spread, np.ones((1, 1, 2, 2)), (1, 1))[0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    check_dtypes(dout_spread=dout_spread, w_turned=w_turned)
    dilation_h, dilation_w = dilation
    N, _, H, W = dout_spread.shape
    C, _, HH, WW = w_turned.shape
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    H_pad, W_pad = H - extent_h + 1, W - extent_w + 1
    dx_pad = np.zeros((N, C, H_pad, W_pad), dtype=dout_spread.dtype)
    for n in range(N):  # every image
        for c in range(C):  # every input channel
            for i in range(H_pad):  # every row of dx_pad
                for j in range(W_pad):  # every column of dx_pad
                    bottom, right = i + extent_h, j + extent_w
                    rows = slice(i, bottom, dilation_h)
                    cols = slice(j, right, dilation_w)
                    dout_window = dout_spread[n, :, rows, cols]  # (F, HH, WW)
                    products = dout_window * w_turned[c]  # (F, HH, WW)
                    dx_pad[n, c, i, j] = products.sum()
    return dx_pad
