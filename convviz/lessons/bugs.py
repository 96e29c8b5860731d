"""Classic mistakes in homework. Each buggy function is wrong on purpose, in one line of the right one beside it.

The right ones that are not here are the loops of `convviz.ops.naive`. Solutions of Stanford CS231n's second
assignment contain such lines, and pass the course's own checks with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convviz.ops.naive import conv_backward_loops
from convviz.ops.naive.checks import checked_conv_backward, checked_pool_backward
from convviz.ops.types import Array


def conv_backward(dout: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """Take the padding off by counting from the front: right for every padding."""
    x, w, b, conv_param = cache
    dout, x, w, b, conv_param = checked_conv_backward(dout, x, w, b, conv_param)
    stride, pad = conv_param["stride"], conv_param["pad"]
    H, W = x.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx_pad, dw, db = conv_backward_loops(dout, x_pad, w, (stride, stride), (1, 1))
    dx = dx_pad[:, :, pad : pad + H, pad : pad + W]
    return dx, dw, db


def conv_backward_to_minus_pad(dout: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """Take the padding off by counting from the end: with padding 0, `0:-0` is empty."""
    x, w, b, conv_param = cache
    dout, x, w, b, conv_param = checked_conv_backward(dout, x, w, b, conv_param)
    stride, pad = conv_param["stride"], conv_param["pad"]
    H, W = x.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx_pad, dw, db = conv_backward_loops(dout, x_pad, w, (stride, stride), (1, 1))
    dx = dx_pad[:, :, pad:-pad, pad:-pad]
    return dx, dw, db


def conv_backward_pad_is_1(dout: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """Take off one row and one column of padding, whatever the padding is."""
    x, w, b, conv_param = cache
    dout, x, w, b, conv_param = checked_conv_backward(dout, x, w, b, conv_param)
    stride, pad = conv_param["stride"], conv_param["pad"]
    H, W = x.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx_pad, dw, db = conv_backward_loops(dout, x_pad, w, (stride, stride), (1, 1))
    dx = dx_pad[:, :, 1 : 1 + H, 1 : 1 + W]
    return dx, dw, db


def conv_backward_swapped(dout: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """Take the height for the width: an image that is not square comes back in another shape."""
    x, w, b, conv_param = cache
    dout, x, w, b, conv_param = checked_conv_backward(dout, x, w, b, conv_param)
    stride, pad = conv_param["stride"], conv_param["pad"]
    W, H = x.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx_pad, dw, db = conv_backward_loops(dout, x_pad, w, (stride, stride), (1, 1))
    dx = dx_pad[:, :, pad : pad + H, pad : pad + W]
    return dx, dw, db


def conv_backward_without_stride(dout: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """Put every window where it would lie at stride 1."""
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
                    dx_pad[n, :, i : i + HH, j : j + WW] += dout[n, f, i, j] * w[f]  # (C, HH, WW)
                    dw[f] += dout[n, f, i, j] * x_pad[n, :, top:bottom, left:right]  # (C, HH, WW)
    dx = dx_pad[:, :, pad : pad + H, pad : pad + W]
    return dx, dw, db


def conv_backward_unpadded(dout: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """Go as far as the windows of the image without its padding."""
    x, w, b, conv_param = cache
    dout, x, w, b, conv_param = checked_conv_backward(dout, x, w, b, conv_param)
    stride, pad = conv_param["stride"], conv_param["pad"]
    N, C, H, W = x.shape
    F, _, HH, WW = w.shape
    H_out, W_out = H // stride, W // stride
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


def max_pool_backward_assigned(dout: Array, cache: tuple[Array, Mapping[str, int]]) -> Array:
    """Set the gradient of a window instead of adding it: windows that overlap overwrite each other."""
    x, pool_param = cache
    dout, x, pool_param = checked_pool_backward(dout, x, pool_param)
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + pool_height, left + pool_width
                    x_window = x[n, c, top:bottom, left:right]  # (pool_height, pool_width)
                    is_max = x_window == x_window.max()
                    share = dout[n, c, i, j] / is_max.sum()
                    dx[n, c, top:bottom, left:right] = np.where(is_max, share, 0)
    return dx


def max_pool_backward_to_all(dout: Array, cache: tuple[Array, Mapping[str, int]]) -> Array:
    """Give the whole gradient to each of several equal maxima, so that more leaves than arrived."""
    x, pool_param = cache
    dout, x, pool_param = checked_pool_backward(dout, x, pool_param)
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + pool_height, left + pool_width
                    x_window = x[n, c, top:bottom, left:right]  # (pool_height, pool_width)
                    is_max = x_window == x_window.max()
                    share = dout[n, c, i, j]
                    dx[n, c, top:bottom, left:right] += np.where(is_max, share, 0)
    return dx


def max_pool_backward_argmax(dout: Array, cache: tuple[Array, Mapping[str, int]]) -> Array:
    """Give the gradient to the maximum, whose flat place is taken apart by the window's width."""
    x, pool_param = cache
    dout, x, pool_param = checked_pool_backward(dout, x, pool_param)
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + pool_height, left + pool_width
                    k = x[n, c, top:bottom, left:right].argmax()  # counted row by row
                    row, col = divmod(k, pool_width)
                    dx[n, c, top + row, left + col] += dout[n, c, i, j]
    return dx


def max_pool_backward_by_height(dout: Array, cache: tuple[Array, Mapping[str, int]]) -> Array:
    """Take the flat place apart by the height: right only where the window is square."""
    x, pool_param = cache
    dout, x, pool_param = checked_pool_backward(dout, x, pool_param)
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + pool_height, left + pool_width
                    k = x[n, c, top:bottom, left:right].argmax()  # counted row by row
                    row, col = divmod(k, pool_height)
                    dx[n, c, top + row, left + col] += dout[n, c, i, j]
    return dx


def batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: Mapping[str, float]
) -> tuple[Array, tuple[Any, ...]]:
    """Batch normalisation in training: eps is added to the variance."""
    eps = bn_param["eps"]
    mean, var = x.mean(axis=0), x.var(axis=0)
    x_hat = (x - mean) / np.sqrt(var + eps)
    out = gamma * x_hat + beta
    return out, (x, gamma, mean, var, eps)


def batchnorm_forward_eps_outside(
    x: Array, gamma: Array, beta: Array, bn_param: Mapping[str, float]
) -> tuple[Array, tuple[Any, ...]]:
    """Add eps to the root instead: a feature that hardly varies is stretched far more."""
    eps = bn_param["eps"]
    mean, var = x.mean(axis=0), x.var(axis=0)
    x_hat = (x - mean) / (np.sqrt(var) + eps)
    out = gamma * x_hat + beta
    return out, (x, gamma, mean, var, eps)
