"""The course's "fast layers": the same numbers as the loops, from whole-array operations."""

from __future__ import annotations

from collections.abc import Mapping

from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.naive.checks import (
    checked_conv,
    checked_conv_backward,
    checked_pool,
    checked_pool_backward,
)
from convviz.ops.pool import max_pool2d, max_pool2d_backward
from convviz.ops.types import Array

ConvCache = tuple[Array, Array, Array, Mapping[str, int]]
PoolCache = tuple[Array, Mapping[str, int]]


def conv_forward_fast(
    x: Array, w: Array, b: Array, conv_param: Mapping[str, int]
) -> tuple[Array, ConvCache]:
    """`conv_forward_naive` by `conv2d`: x (N, C, H, W), w (F, C, HH, WW), b (F,) to (N, F, H_out, W_out).

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.arange(16.0).reshape(1, 1, 4, 4), np.ones((1, 1, 2, 2))
    >>> out, cache = conv_forward_fast(x, w, np.zeros(1), {"stride": 2, "pad": 0})
    >>> out[0, 0]
    array([[10., 18.],
           [42., 50.]])
    """
    cache = x, w, b, conv_param
    x, w, b, param = checked_conv(*cache)
    return conv2d(x, w, b, param["stride"], param["pad"]), cache


def conv_backward_fast(dout: Array, cache: ConvCache) -> tuple[Array, Array, Array]:
    """`conv_backward_naive` by `conv2d_backward`: dx, dw and db, of the shapes of x, w and b.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2))
    >>> out, cache = conv_forward_fast(x, w, np.zeros(1), {"stride": 1, "pad": 0})
    >>> dx, dw, db = conv_backward_fast(np.ones_like(out), cache)
    >>> dx[0, 0]  # in how many windows each cell lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    x, w, b, conv_param, *_ = cache  # the course's own cache goes on with its im2col matrix
    dout, x, w, _, param = checked_conv_backward(dout, x, w, b, conv_param)
    return conv2d_backward(dout, x, w, param["stride"], param["pad"])


def max_pool_forward_fast(x: Array, pool_param: Mapping[str, int]) -> tuple[Array, PoolCache]:
    """`max_pool_forward_naive` by `max_pool2d`: x (N, C, H, W) to (N, C, H_out, W_out).

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 3, 2, 0], [3, 3, 1, 5]]]])
    >>> out, cache = max_pool_forward_fast(x, {"pool_height": 2, "pool_width": 2, "stride": 2})
    >>> out[0, 0]
    array([[3., 5.]])
    """
    cache = x, pool_param
    x, param = checked_pool(*cache)
    return max_pool2d(x, (param["pool_height"], param["pool_width"]), param["stride"]), cache


def max_pool_backward_fast(dout: Array, cache: PoolCache) -> Array:
    """`max_pool_backward_naive` by `max_pool2d_backward`: dx of the shape of x; equal maxima share the gradient.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 3, 2, 0], [3, 3, 1, 5]]]])
    >>> out, cache = max_pool_forward_fast(x, {"pool_height": 2, "pool_width": 2, "stride": 2})
    >>> max_pool_backward_fast(np.array([[[[6.0, 7.0]]]]), cache)[0, 0]
    array([[0., 2., 0., 0.],
           [2., 2., 0., 7.]])
    """
    dout, x, param = checked_pool_backward(dout, *cache)
    kernel = param["pool_height"], param["pool_width"]
    return max_pool2d_backward(dout, x, kernel, param["stride"])
