"""Global pooling: one number for each channel, whatever the size of the map.

The general backward passes take a step for each tap, and here every pixel is one. With a single window the same
gradients are one expression.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import Ties, check_gradient, check_image_axes, check_ties
from convviz.ops.dtypes import check_dtypes
from convviz.ops.masks import selected
from convviz.ops.pool.holders import holders_in
from convviz.ops.pool.maximum import max_pool2d
from convviz.ops.pool.mean import avg_pool2d
from convviz.ops.types import Array, Pair


def global_max_pool2d(x: Array) -> Array:
    """The largest number of each channel: shape (N, C, H, W) to (N, C, 1, 1), or (C, H, W) to (C, 1, 1).

    Examples
    --------
    >>> global_max_pool2d(np.arange(8.0).reshape(2, 2, 2)).tolist()
    [[[3.0]], [[7.0]]]
    """
    return max_pool2d(x, _plane(x))


def global_max_pool2d_backward(dout: Array, x: Array, ties: Ties = "split") -> Array:
    """Gradient of `global_max_pool2d`, of the shape of x; ties as in `max_pool2d_backward`.

    Examples
    --------
    >>> global_max_pool2d_backward(np.full((1, 1, 1), 5.0), np.array([[[1.0, 4], [2, 3]]])).tolist()
    [[[0.0, 5.0], [0.0, 0.0]]]
    """
    check_ties(ties)
    _check_gradient(dout, x)
    holds = holders_in(x, ties)
    share = dout / holds.sum(axis=(-2, -1), keepdims=True, dtype=x.dtype)
    return selected(share, holds)


def global_avg_pool2d(x: Array) -> Array:
    """The mean of each channel: shape (N, C, H, W) to (N, C, 1, 1), or (C, H, W) to (C, 1, 1).

    Examples
    --------
    >>> global_avg_pool2d(np.arange(8.0).reshape(2, 2, 2)).tolist()
    [[[1.5]], [[5.5]]]
    """
    return avg_pool2d(x, _plane(x))


def global_avg_pool2d_backward(dout: Array, x: Array) -> Array:
    """Gradient of `global_avg_pool2d`, of the shape of x.

    Examples
    --------
    >>> global_avg_pool2d_backward(np.full((1, 1, 1), 8.0), np.zeros((1, 2, 2))).tolist()
    [[[2.0, 2.0], [2.0, 2.0]]]
    """
    _check_gradient(dout, x)
    height, width = _plane(x)
    return np.broadcast_to(dout / (height * width), x.shape).copy()


def _check_gradient(dout: Array, x: Array) -> None:
    check_image_axes(x)
    check_dtypes(x=x, dout=dout)
    check_gradient(dout, (*x.shape[:-2], 1, 1))


def _plane(x: Array) -> Pair:
    """The size of its maps, as the kernel that covers them."""
    check_image_axes(x)
    return x.shape[-2], x.shape[-1]
