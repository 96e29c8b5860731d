"""Three classic mistakes in backward passes. Each function is wrong on purpose, in one line.

Solutions of Stanford CS231n's second assignment contain such lines, and pass the course's own checks with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from convviz.ops.checks import check_gradient
from convviz.ops.naive import conv_backward_loops
from convviz.ops.naive.conv import CONV_PARAM
from convviz.ops.naive.pool import POOL_PARAM
from convviz.ops.params import read_ints
from convviz.ops.types import Array
from convviz.ops.window import Window2d


def conv_backward(dout: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """Take the padding off by counting from the front: right for every padding."""
    x, w, b, conv_param = cache
    stride, pad = read_ints("conv_param", conv_param, CONV_PARAM)
    H, W = x.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx_pad, dw, db = conv_backward_loops(dout, x_pad, w, (stride, stride), (1, 1))
    dx = dx_pad[:, :, pad : pad + H, pad : pad + W]
    return dx, dw, db


def conv_backward_to_minus_pad(dout: Array, cache: tuple[Any, ...]) -> tuple[Array, Array, Array]:
    """Take the padding off by counting from the end: with padding 0, `0:-0` is empty."""
    x, w, b, conv_param = cache
    stride, pad = read_ints("conv_param", conv_param, CONV_PARAM)
    H, W = x.shape[2:]
    x_pad = np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))
    dx_pad, dw, db = conv_backward_loops(dout, x_pad, w, (stride, stride), (1, 1))
    dx = dx_pad[:, :, pad:-pad, pad:-pad]
    return dx, dw, db


def max_pool_backward_assigned(dout: Array, cache: tuple[Array, Mapping[str, int]]) -> Array:
    """Set the gradient of a window instead of adding it: windows that overlap overwrite each other."""
    x, pool_param = cache
    pool_height, pool_width, stride = read_ints("pool_param", pool_param, POOL_PARAM)
    window = Window2d.make((pool_height, pool_width), stride)
    check_gradient(dout, (*x.shape[:2], *window.output_size((x.shape[2], x.shape[3]))))
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x, dtype=np.result_type(dout, x))
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + pool_height, left + pool_width
                    x_window = x[n, c, top:bottom, left:right]  # (pool_height, pool_width)
                    is_max = x_window == x_window.max()
                    share = dout[n, c, i, j] / is_max.sum()
                    dx[n, c, top:bottom, left:right] = is_max * share
    return dx


def max_pool_backward_to_all(dout: Array, cache: tuple[Array, Mapping[str, int]]) -> Array:
    """Give the whole gradient to each of several equal maxima: more is handed on than arrived."""
    x, pool_param = cache
    pool_height, pool_width, stride = read_ints("pool_param", pool_param, POOL_PARAM)
    window = Window2d.make((pool_height, pool_width), stride)
    check_gradient(dout, (*x.shape[:2], *window.output_size((x.shape[2], x.shape[3]))))
    N, C, H_out, W_out = dout.shape
    dx = np.zeros_like(x, dtype=np.result_type(dout, x))
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + pool_height, left + pool_width
                    x_window = x[n, c, top:bottom, left:right]  # (pool_height, pool_width)
                    is_max = x_window == x_window.max()
                    share = dout[n, c, i, j]
                    dx[n, c, top:bottom, left:right] += is_max * share
    return dx
