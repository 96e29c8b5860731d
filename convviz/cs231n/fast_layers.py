"""The course's ``fast_layers.py``: the same numbers as the loops, from whole-array operations.

The course writes each layer several times. Those named ``fast`` are the fastest here too. A convolution named
``im2col`` or ``strides`` builds the matrix of all windows and keeps it in the cache; the two differ in the order
of its columns. Max pooling named ``reshape`` takes windows that tile the input and shares the gradient of equal
maxima; named ``im2col`` it takes any windows and gives the gradient to the first.
"""

from __future__ import annotations

from collections.abc import Mapping

from convviz.cs231n.im2col import col2im_indices, im2col_indices
from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.errors import SpecError
from convviz.ops.naive.checks import (
    checked_conv,
    checked_conv_backward,
    checked_pool,
    checked_pool_backward,
    conv_window,
)
from convviz.ops.pool import max_pool2d, max_pool2d_backward
from convviz.ops.types import Array

ConvCache = tuple[Array, Array, Array, Mapping[str, int]]
ColumnsCache = tuple[Array, Array, Array, Mapping[str, int], Array]
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


def conv_forward_im2col(
    x: Array, w: Array, b: Array, conv_param: Mapping[str, int]
) -> tuple[Array, ColumnsCache]:
    """`conv_forward_naive` as one matrix product; the windows of all images at a place stand side by side.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.arange(16.0).reshape(1, 1, 4, 4), np.ones((1, 1, 2, 2))
    >>> out, (*_, x_cols) = conv_forward_im2col(x, w, np.zeros(1), {"stride": 2, "pad": 0})
    >>> x_cols
    array([[ 0.,  2.,  8., 10.],
           [ 1.,  3.,  9., 11.],
           [ 4.,  6., 12., 14.],
           [ 5.,  7., 13., 15.]])
    >>> out[0, 0]
    array([[10., 18.],
           [42., 50.]])
    """
    given = x, w, b, conv_param
    x, w, b, param = checked_conv(*given)
    _, _, height, width = w.shape
    x_cols = im2col_indices(x, height, width, param["pad"], param["stride"])
    out_h, out_w = conv_window(w, param).output_size((x.shape[2], x.shape[3]))
    product = w.reshape(len(w), -1) @ x_cols + b[:, None]  # (F, H_out * W_out * N)
    out = product.reshape(len(w), out_h, out_w, len(x)).transpose(3, 0, 1, 2)
    return out, (*given, x_cols)


def conv_backward_im2col(dout: Array, cache: ColumnsCache) -> tuple[Array, Array, Array]:
    """Gradients of `conv_forward_im2col`: ``dw = dout @ x_cols.T``, and dx by col2im of ``w.T @ dout``.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.arange(9.0).reshape(1, 1, 3, 3), np.ones((1, 1, 2, 2))
    >>> out, cache = conv_forward_im2col(x, w, np.zeros(1), {"stride": 1, "pad": 0})
    >>> dx, dw, db = conv_backward_im2col(np.ones_like(out), cache)
    >>> dw[0, 0], db
    (array([[ 8., 12.],
           [20., 24.]]), array([4.]))
    """
    x, w, b, conv_param, x_cols = cache
    dout, x, w, _, param = checked_conv_backward(dout, x, w, b, conv_param)
    _, _, height, width = w.shape
    rows = dout.transpose(1, 2, 3, 0).reshape(len(w), -1)  # (F, H_out * W_out * N)
    dw = (rows @ x_cols.T).reshape(w.shape)
    dx_cols = w.reshape(len(w), -1).T @ rows  # (C * HH * WW, H_out * W_out * N)
    dx = col2im_indices(dx_cols, x.shape, height, width, param["pad"], param["stride"])
    return dx, dw, dout.sum(axis=(0, 2, 3))


def conv_forward_strides(
    x: Array, w: Array, b: Array, conv_param: Mapping[str, int]
) -> tuple[Array, ColumnsCache]:
    """`conv_forward_im2col` with the windows of an image side by side, in the course a view of the strides.

    Examples
    --------
    >>> import numpy as np
    >>> x, w = np.arange(16.0).reshape(1, 1, 4, 4), np.ones((1, 1, 2, 2))
    >>> out, cache = conv_forward_strides(x, w, np.zeros(1), {"stride": 2, "pad": 0})
    >>> out[0, 0]
    array([[10., 18.],
           [42., 50.]])
    """
    out, (*_, x_cols) = conv_forward_im2col(x, w, b, conv_param)
    by_place = x_cols.reshape(len(x_cols), -1, len(x))  # (C * HH * WW, H_out * W_out, N)
    return out, (x, w, b, conv_param, by_place.swapaxes(1, 2).reshape(x_cols.shape))


def conv_backward_strides(dout: Array, cache: ColumnsCache) -> tuple[Array, Array, Array]:
    """Gradients of `conv_forward_strides`: dx, dw and db, of the shapes of x, w and b."""
    x, w, b, conv_param, x_cols = cache
    by_image = x_cols.reshape(len(x_cols), len(x), -1)  # (C * HH * WW, N, H_out * W_out)
    x_cols = by_image.swapaxes(1, 2).reshape(x_cols.shape)
    return conv_backward_im2col(dout, (x, w, b, conv_param, x_cols))


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


def max_pool_forward_reshape(x: Array, pool_param: Mapping[str, int]) -> tuple[Array, PoolCache]:
    """`max_pool_forward_fast` for square windows that tile the input, which the course takes apart by a reshape.

    Raises
    ------
    SpecError
        If the windows do not tile the input.

    Examples
    --------
    >>> import numpy as np
    >>> pool_param = {"pool_height": 2, "pool_width": 2, "stride": 2}
    >>> max_pool_forward_reshape(np.arange(8.0).reshape(1, 1, 2, 4), pool_param)[0]
    array([[[[5., 7.]]]])
    """
    x_checked, param = checked_pool(x, pool_param)
    sides = set(param.values())
    if len(sides) > 1 or any(length % max(sides) for length in x_checked.shape[2:]):
        raise SpecError(
            "pool_param",
            tuple(param.values()),
            x.shape[2:],
            "windows (height, width, stride) {value} do not tile an input of {limit}",
            "use max_pool_forward_fast",
        )
    return max_pool_forward_fast(x, pool_param)


max_pool_backward_reshape = max_pool_backward_fast  # equal maxima share the gradient
max_pool_forward_im2col = max_pool_forward_fast


def max_pool_backward_im2col(dout: Array, cache: PoolCache) -> Array:
    """`max_pool_backward_fast` with the whole gradient for the first of equal maxima, as an argmax has it.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.array([[[[1.0, 3, 2, 0], [3, 3, 1, 5]]]])
    >>> out, cache = max_pool_forward_im2col(x, {"pool_height": 2, "pool_width": 2, "stride": 2})
    >>> max_pool_backward_im2col(np.array([[[[6.0, 7.0]]]]), cache)[0, 0]
    array([[0., 6., 0., 0.],
           [0., 0., 0., 7.]])
    """
    dout, x, param = checked_pool_backward(dout, *cache)
    kernel = param["pool_height"], param["pool_width"]
    return max_pool2d_backward(dout, x, kernel, param["stride"], ties="first")
