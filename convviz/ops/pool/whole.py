"""Global pooling: one number for each channel, whatever the size of the map."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from convviz.ops.checks import Ties, check_image_axes
from convviz.ops.pool.maximum import max_pool2d, max_pool2d_backward
from convviz.ops.pool.mean import avg_pool2d, avg_pool2d_backward
from convviz.ops.window import Pair

Array = npt.NDArray[Any]


def global_max_pool2d(x: Array) -> Array:
    """The largest number of each channel: shape (N, C, H, W) to (N, C, 1, 1), or (C, H, W) to (C, 1, 1).

    Examples
    --------
    >>> import numpy as np
    >>> global_max_pool2d(np.arange(8.0).reshape(2, 2, 2)).tolist()
    [[[3.0]], [[7.0]]]
    """
    return max_pool2d(x, _plane(x))


def global_max_pool2d_backward(dout: Array, x: Array, ties: Ties = "split") -> Array:
    """Gradient of `global_max_pool2d`, of the shape of x; ties as in `max_pool2d_backward`.

    Examples
    --------
    >>> import numpy as np
    >>> global_max_pool2d_backward(np.full((1, 1, 1), 5.0), np.array([[[1.0, 4], [2, 3]]])).tolist()
    [[[0.0, 5.0], [0.0, 0.0]]]
    """
    return max_pool2d_backward(dout, x, _plane(x), ties=ties)


def global_avg_pool2d(x: Array) -> Array:
    """The mean of each channel: shape (N, C, H, W) to (N, C, 1, 1), or (C, H, W) to (C, 1, 1).

    Examples
    --------
    >>> import numpy as np
    >>> global_avg_pool2d(np.arange(8.0).reshape(2, 2, 2)).tolist()
    [[[1.5]], [[5.5]]]
    """
    return avg_pool2d(x, _plane(x))


def global_avg_pool2d_backward(dout: Array, x: Array) -> Array:
    """Gradient of `global_avg_pool2d`, of the shape of x.

    Examples
    --------
    >>> import numpy as np
    >>> global_avg_pool2d_backward(np.full((1, 1, 1), 8.0), np.zeros((1, 2, 2))).tolist()
    [[[2.0, 2.0], [2.0, 2.0]]]
    """
    return avg_pool2d_backward(dout, x, _plane(x))


def _plane(x: Array) -> Pair:
    """The size of its maps, as the kernel that covers them."""
    check_image_axes(x)
    return x.shape[-2], x.shape[-1]
