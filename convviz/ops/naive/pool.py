"""Max pooling as the course writes it, forward beside backward."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from convviz.ops.naive.checks import checked_pool, checked_pool_backward
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Array, Pair

Cache = tuple[Array, Mapping[str, int]]


def max_pool_forward_naive(x: Array, pool_param: Mapping[str, int]) -> tuple[Array, Cache]:
    """Forward pass of a max-pooling layer, one output cell at a time.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    pool_param
        ``{"pool_height": int, "pool_width": int, "stride": int}``; there is no padding.

    Returns
    -------
    out
        Shape (N, C, H_out, W_out), where ``H_out = 1 + (H - pool_height) // stride``.
    cache
        ``(x, pool_param)`` for the backward pass.

    Raises
    ------
    SpecError
        If a key is missing or unknown, x has other axes, or the window is larger than the input.

    Notes
    -----
    Source: Stanford CS231n, assignment 2, ``cs231n/layers.py``.

    Examples
    --------
    >>> x = np.array([[[[1.0, 3, 2, 0], [3, 3, 1, 5]]]])
    >>> out, cache = max_pool_forward_naive(x, {"pool_height": 2, "pool_width": 2, "stride": 2})
    >>> out[0, 0]
    array([[3., 5.]])
    """
    x, pool_param = checked_pool(x, pool_param)
    pool_height, pool_width = pool_param["pool_height"], pool_param["pool_width"]
    stride = pool_param["stride"]
    N, C, H, W = x.shape
    H_out, W_out = 1 + (H - pool_height) // stride, 1 + (W - pool_width) // stride
    out = np.zeros((N, C, H_out, W_out), dtype=x.dtype)
    for n in range(N):  # every image
        for c in range(C):  # every channel
            for i in range(H_out):  # every output row
                for j in range(W_out):  # every output column
                    top, left = i * stride, j * stride
                    bottom, right = top + pool_height, left + pool_width
                    x_window = x[n, c, top:bottom, left:right]  # (pool_height, pool_width)
                    out[n, c, i, j] = x_window.max()
    return out, (x, pool_param)


def max_pool_backward_naive(dout: Array, cache: Cache) -> Array:
    """Backward pass of a max-pooling layer, one gradient cell of the output at a time.

    The gradient goes to the maximum of the window, in equal shares where several cells hold it. Windows that
    overlap may have the same maximum, which then receives from each of them: `+=`.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, C, H_out, W_out).
    cache
        ``(x, pool_param)`` as `max_pool_forward_naive` returned it.

    Returns
    -------
    ndarray
        Gradient with respect to `x`, shape (N, C, H, W).

    Raises
    ------
    SpecError
        If `dout` has another shape than the output.

    Examples
    --------
    >>> x = np.array([[[[1.0, 3, 2, 0], [3, 3, 1, 5]]]])
    >>> out, cache = max_pool_forward_naive(x, {"pool_height": 2, "pool_width": 2, "stride": 2})
    >>> max_pool_backward_naive(np.array([[[[6.0, 7.0]]]]), cache)[0, 0]
    array([[0., 2., 0., 0.],
           [2., 2., 0., 7.]])
    """
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
                    dx[n, c, top:bottom, left:right] += np.where(is_max, share, 0)
    return dx


def course_pool_param(spec: PoolSpec, size: Pair) -> dict[str, int] | None:
    """A setting as the course's ``pool_param``: no padding, one stride; None if that cannot describe it.

    Examples
    --------
    >>> course_pool_param(PoolSpec.make((2, 3), 2), (4, 5))
    {'pool_height': 2, 'pool_width': 3, 'stride': 2}
    >>> course_pool_param(PoolSpec.make(2, ceil_mode=True), (4, 5)) is None  # the last window hangs over
    True
    """
    window = spec.reaching(size)
    plain = window.padding == ((0, 0), (0, 0)) and window.dilation == (1, 1)
    if not plain or window.stride[0] != window.stride[1]:
        return None
    (height, width), (stride, _) = window.kernel, window.stride
    return {"pool_height": height, "pool_width": width, "stride": stride}
