"""Three classic mistakes in backward passes. Each function is wrong on purpose, in one line.

Solutions of Stanford CS231n's second assignment contain such lines, and pass the course's own checks with them.
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
