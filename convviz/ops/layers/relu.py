"""The rectified linear unit: what is negative becomes 0."""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import check_gradient
from convviz.ops.dtypes import check_dtypes
from convviz.ops.masks import selected
from convviz.ops.memory import empty
from convviz.ops.types import Array


def relu(x: Array) -> Array:
    """``max(0, x)``, number by number; NaN stays NaN.

    Examples
    --------
    >>> relu(np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 3.])
    """
    check_dtypes(x=x)
    return np.maximum(x, 0, out=empty(x.shape, x.dtype))


def relu_backward(dout: Array, x: Array) -> Array:
    """The gradient passes where `x` was positive. At 0 there is no slope; as in PyTorch, the gradient there is 0.

    Examples
    --------
    >>> relu_backward(np.array([5.0, 6.0, 7.0]), np.array([-2.0, 0.0, 3.0]))
    array([0., 0., 7.])
    """
    check_dtypes(x=x, dout=dout)
    check_gradient(dout, x.shape)
    return selected(dout, x > 0)
