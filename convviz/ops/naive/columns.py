"""The loops behind convolution as a matrix product: im2col, the product, and back by col2im.

The padding, of any kind, is done before, and taken off after.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.dtypes import check_dtypes
from convviz.ops.types import Array, Pair, Shape


def im2col_loops(x_pad: Array, kernel: Pair, stride: Pair, dilation: Pair) -> Array:
    """Write the numbers under each window into a column of a matrix.

    Parameters
    ----------
    x_pad
        Input, already padded, shape (N, C, H, W).
    kernel, stride, dilation
        (height, width) pairs.

    Returns
    -------
    ndarray
        Shape (N, C * HH * WW, H_out * W_out).

    Examples
    --------
    >>> im2col_loops(np.arange(6.0).reshape(1, 1, 2, 3), (2, 2), (1, 1), (1, 1))[0]
    array([[0., 1.],
           [1., 2.],
           [3., 4.],
           [4., 5.]])
    """
    check_dtypes(x_pad=x_pad)
    (HH, WW), (stride_h, stride_w), (dilation_h, dilation_w) = kernel, stride, dilation
    N, C, H, W = x_pad.shape
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    H_out, W_out = 1 + (H - extent_h) // stride_h, 1 + (W - extent_w) // stride_w
    x_cols = np.zeros((N, C * HH * WW, H_out * W_out), dtype=x_pad.dtype)
    for n in range(N):  # every image
        for i in range(H_out):  # every row of windows
            for j in range(W_out):  # every window in it
                top, left = i * stride_h, j * stride_w
                bottom, right = top + extent_h, left + extent_w
                rows = slice(top, bottom, dilation_h)
                cols = slice(left, right, dilation_w)
                k = i * W_out + j
                x_window = x_pad[n, :, rows, cols]  # (C, HH, WW)
                x_cols[n, :, k] = x_window.ravel()  # (C * HH * WW,)
    return x_cols


def product_loops(x_cols: Array, w_rows: Array, b: Array, W_out: int) -> Array:
    """Multiply each filter, a row, with each window, a column; the result is laid out as a map again.

    Parameters
    ----------
    x_cols
        Columns of `im2col_loops`, shape (N, C * HH * WW, H_out * W_out).
    w_rows, b
        Filters as rows (F, C * HH * WW), and biases (F,).
    W_out
        Columns of the map.

    Returns
    -------
    ndarray
        Shape (N, F, H_out, W_out).

    Examples
    --------
    >>> x_cols = im2col_loops(np.arange(6.0).reshape(1, 1, 2, 3), (2, 2), (1, 1), (1, 1))
    >>> product_loops(x_cols, np.ones((1, 4)), np.zeros(1), 2)[0, 0]
    array([[ 8., 12.]])
    """
    check_dtypes(x_cols=x_cols, w_rows=w_rows, b=b)
    N, _, windows = x_cols.shape
    F, H_out = len(w_rows), windows // W_out
    out = np.zeros((N, F, H_out, W_out), dtype=x_cols.dtype)
    for n in range(N):  # every image
        for f in range(F):  # every filter
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    k = i * W_out + j
                    column = x_cols[n, :, k]  # (C * HH * WW,)
                    products = w_rows[f] * column  # (C * HH * WW,)
                    out[n, f, i, j] = products.sum() + b[f]
    return out


def dw_product_loops(dout_rows: Array, x_cols: Array, shape: Shape) -> Array:
    """Multiply the gradient of each map, a row, with what each weight met, a row too: the gradient of the filters.

    As a product of matrices it is ``dout_rows @ x_cols.T``.

    Parameters
    ----------
    dout_rows
        Gradient of the maps, a row for each filter, shape (F, N * H_out * W_out).
    x_cols
        Columns of `im2col_loops`, those of all images side by side, shape (C * HH * WW, N * H_out * W_out).
    shape
        Of the filters, (F, C, HH, WW).

    Returns
    -------
    ndarray
        Gradient of the filters.

    Examples
    --------
    >>> x_cols = im2col_loops(np.arange(6.0).reshape(1, 1, 2, 3), (2, 2), (1, 1), (1, 1))
    >>> dw_product_loops(np.array([[1.0, 10.0]]), x_cols[0], (1, 1, 2, 2))[0, 0]
    array([[10., 21.],
           [43., 54.]])
    """
    check_dtypes(dout_rows=dout_rows, x_cols=x_cols)
    F, C, HH, WW = shape
    dw = np.zeros(shape, dtype=x_cols.dtype)
    for f in range(F):  # every filter
        for c in range(C):  # every channel
            for u in range(HH):  # every row of the kernel
                for v in range(WW):  # every weight in it
                    k = (c * HH + u) * WW + v
                    met = x_cols[k]  # by this weight, (N * H_out * W_out,)
                    products = dout_rows[f] * met  # (N * H_out * W_out,)
                    dw[f, c, u, v] = products.sum()
    return dw


def col2im_loops(
    dx_cols: Array, padded: Shape, kernel: Pair, stride: Pair, dilation: Pair
) -> Array:
    """Add each column to the window that it was copied from: the gradient of `im2col_loops`.

    Parameters
    ----------
    dx_cols
        Gradient of the columns, shape (N, C * HH * WW, H_out * W_out).
    padded
        Shape of the padded input, (N, C, H, W).
    kernel, stride, dilation
        As they were given to `im2col_loops`.

    Returns
    -------
    ndarray
        Gradient of the padded input.

    Examples
    --------
    >>> col2im_loops(np.ones((1, 4, 2)), (1, 1, 2, 3), (2, 2), (1, 1), (1, 1))[0, 0]
    array([[1., 2., 1.],
           [1., 2., 1.]])
    """
    check_dtypes(dx_cols=dx_cols)
    (HH, WW), (stride_h, stride_w), (dilation_h, dilation_w) = kernel, stride, dilation
    N, C, H, W = padded
    extent_h, extent_w = dilation_h * (HH - 1) + 1, dilation_w * (WW - 1) + 1
    H_out, W_out = 1 + (H - extent_h) // stride_h, 1 + (W - extent_w) // stride_w
    dx_pad = np.zeros(padded, dtype=dx_cols.dtype)
    for n in range(N):  # every image
        for i in range(H_out):  # every row of windows
            for j in range(W_out):  # every window in it
                top, left = i * stride_h, j * stride_w
                bottom, right = top + extent_h, left + extent_w
                rows = slice(top, bottom, dilation_h)
                cols = slice(left, right, dilation_w)
                k = i * W_out + j
                column = dx_cols[n, :, k]  # (C * HH * WW,)
                dx_pad[n, :, rows, cols] += column.reshape(C, HH, WW)
    return dx_pad
