"""Convolution as the course writes it, forward beside backward."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from convviz.ops.checks import check_course_conv, check_gradient
from convviz.ops.params import read_ints
from convviz.ops.types import Array
from convviz.ops.window import Window2d

Cache = tuple[Array, Array, Array, Mapping[str, int]]
CONV_PARAM = {"stride": 1, "pad": 0}  # keys, and the least each may be


def conv_forward_naive(
    x: Array, w: Array, b: Array, conv_param: Mapping[str, int]
) -> tuple[Array, Cache]:
    """Forward pass of a convolution layer, one output cell at a time.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    w
        Filters, shape (F, C, HH, WW).
    b
        Biases, shape (F,).
    conv_param
        ``{"stride": int, "pad": int}``; zeros are padded on all four sides.

    Returns
    -------
    out
        Shape (N, F, H_out, W_out), where ``H_out = 1 + (H + 2 * pad - HH) // stride``.
    cache
        ``(x, w, b, conv_param)`` for the backward pass.

    Raises
    ------
    SpecError
        If a key is missing or unknown, shapes disagree, or the filter is larger than the padded input.

    Notes
    -----
    Source: Stanford CS231n, assignment 2, ``cs231n/layers.py``. Where the stride does not divide, the course
    calls the setting invalid; here, as in PyTorch, the division rounds down.

    Examples
    --------
    >>> x = np.arange(16.0).reshape(1, 1, 4, 4)
    >>> w = np.ones((1, 1, 2, 2))
    >>> out, cache = conv_forward_naive(x, w, np.zeros(1), {"stride": 2, "pad": 0})
    >>> out[0, 0]
    array([[10., 18.],
           [42., 50.]])
    """
    stride, pad = read_ints("conv_param", conv_param, CONV_PARAM)
    check_course_conv(x, w, b)
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out, W_out = Window2d.make((HH, WW), stride, pad).output_size((H, W))
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((N, F, H_out, W_out), dtype=np.result_type(x, w, b))
    for n in range(N):  # every image
        for f in range(F):  # every filter
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + HH, left + WW
                    x_window = x_pad[n, :, top:bottom, left:right]  # (C, HH, WW)
                    products = x_window * w[f]  # (C, HH, WW)
                    out[n, f, i, j] = products.sum() + b[f]
    return out, (x, w, b, conv_param)


def conv_backward_naive(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Backward pass of a convolution layer, one gradient cell of the output at a time.

    Each cell of the output was ``sum(x_window * w[f]) + b[f]``. So its gradient flows, times `w[f]`, to the
    window it read; times that window, to the filter; and as it is, to the bias. A cell of `x` that lies in
    several windows receives from each of them: `+=`.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, F, H_out, W_out).
    cache
        ``(x, w, b, conv_param)`` as `conv_forward_naive` returned it.

    Returns
    -------
    dx, dw, db
        Gradients with respect to `x` (N, C, H, W), `w` (F, C, HH, WW) and `b` (F,).

    Raises
    ------
    SpecError
        If `dout` has another shape than the output.

    Notes
    -----
    Source: Stanford CS231n, assignment 2, ``cs231n/layers.py``. The slice that takes the padding off again is
    ``pad : pad + H``; the tempting ``pad : -pad`` is empty where the padding is 0.

    Examples
    --------
    >>> x, w = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2))
    >>> out, cache = conv_forward_naive(x, w, np.zeros(1), {"stride": 1, "pad": 0})
    >>> dx, dw, db = conv_backward_naive(np.ones_like(out), cache)
    >>> dx[0, 0]  # in how many windows each cell lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    >>> dw[0, 0], db
    (array([[ 8., 12.],
           [20., 24.]]), array([4.]))
    """
    x, w, b, conv_param = cache
    stride, pad = read_ints("conv_param", conv_param, CONV_PARAM)
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out, W_out = Window2d.make((HH, WW), stride, pad).output_size((H, W))
    check_gradient(dout, (N, F, H_out, W_out))
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dtype = np.result_type(dout, x, w, b)
    dx_pad, dw, db = (np.zeros(array.shape, dtype) for array in (x_pad, w, b))
    for n in range(N):  # every image
        for f in range(F):  # every filter
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + HH, left + WW
                    db[f] += dout[n, f, i, j]
                    dx_pad[n, :, top:bottom, left:right] += dout[n, f, i, j] * w[f]  # (C, HH, WW)
                    dw[f] += dout[n, f, i, j] * x_pad[n, :, top:bottom, left:right]  # (C, HH, WW)
    dx = dx_pad[:, :, pad : pad + H, pad : pad + W]
    return dx, dw, db
