"""Convolution as the course writes it, forward beside backward."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from convviz.ops.naive.checks import checked_conv, checked_conv_backward
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Array

Cache = tuple[Array, Array, Array, Mapping[str, int]]


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
    x, w, b, conv_param = checked_conv(x, w, b, conv_param)
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out, W_out = 1 + (H + 2 * pad - HH) // stride, 1 + (W + 2 * pad - WW) // stride
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    out = np.zeros((N, F, H_out, W_out), dtype=x.dtype)
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
    dout, x, w, b, conv_param = checked_conv_backward(dout, x, w, b, conv_param)
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    _, _, H_out, W_out = dout.shape
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx_pad, dw, db = np.zeros_like(x_pad), np.zeros_like(w), np.zeros_like(b)
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


def course_conv_param(spec: Conv2dSpec) -> dict[str, int] | None:
    """A setting as the course's ``conv_param``: one stride, one padding of zeros; None where that is too little.

    Examples
    --------
    >>> course_conv_param(Conv2dSpec.make(3, stride=2, padding=1)), course_conv_param(Conv2dSpec.make(3, (1, 2)))
    ({'stride': 2, 'pad': 1}, None)
    """
    window = spec.window
    amounts = {amount for sides in window.padding for amount in sides}
    plain = spec.padding_mode == "zeros" and window.dilation == (1, 1) and spec.groups == 1
    if not plain or len(amounts) > 1 or window.stride[0] != window.stride[1]:
        return None
    return {"stride": window.stride[0], "pad": amounts.pop()}
