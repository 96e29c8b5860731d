"""The course's ``layers.py``: affine, ReLU, dropout and the losses, and what it takes from other modules."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import numpy as np
import numpy.typing as npt

from convviz import ops
from convviz.cs231n.norm import (
    batchnorm_backward,
    batchnorm_backward_alt,
    batchnorm_forward,
    layernorm_backward,
    layernorm_forward,
    spatial_batchnorm_backward,
    spatial_batchnorm_forward,
    spatial_groupnorm_backward,
    spatial_groupnorm_forward,
)
from convviz.ops.dtypes import in_one_dtype
from convviz.ops.naive import (
    conv_backward_naive,
    conv_forward_naive,
    max_pool_backward_naive,
    max_pool_forward_naive,
)
from convviz.ops.params import read_param, require_mode
from convviz.ops.types import Array

__all__ = [
    "affine_backward",
    "affine_forward",
    "batchnorm_backward",
    "batchnorm_backward_alt",
    "batchnorm_forward",
    "conv_backward_naive",
    "conv_forward_naive",
    "dropout_backward",
    "dropout_forward",
    "layernorm_backward",
    "layernorm_forward",
    "max_pool_backward_naive",
    "max_pool_forward_naive",
    "relu_backward",
    "relu_forward",
    "softmax_loss",
    "spatial_batchnorm_backward",
    "spatial_batchnorm_forward",
    "spatial_groupnorm_backward",
    "spatial_groupnorm_forward",
    "svm_loss",
]


def affine_forward(x: Array, w: Array, b: Array) -> tuple[Array, tuple[Array, Array, Array]]:
    """Flatten each example and multiply: x (N, d_1, ..., d_k), w (D, M), b (M,) to (N, M).

    Examples
    --------
    >>> out, cache = affine_forward(np.arange(8.0).reshape(2, 2, 2), np.ones((4, 1)), np.array([0.5]))
    >>> out
    array([[ 6.5],
           [22.5]])
    """
    return ops.affine(*in_one_dtype(x=x, w=w, b=b)), (x, w, b)


def affine_backward(dout: Array, cache: tuple[Array, Array, Array]) -> tuple[Array, Array, Array]:
    """Gradients dx, dw and db, of the shapes of x, w and b.

    Examples
    --------
    >>> out, cache = affine_forward(np.array([[1.0, 3.0]]), np.array([[5.0], [7.0]]), np.zeros(1))
    >>> affine_backward(np.array([[2.0]]), cache)
    (array([[10., 14.]]), array([[2.],
           [6.]]), array([2.]))
    """
    x, w, b = cache
    dout, x, w, _ = in_one_dtype(dout=dout, x=x, w=w, b=b)
    return ops.affine_backward(dout, x, w)


def relu_forward(x: Array) -> tuple[Array, Array]:
    """``max(0, x)``.

    Examples
    --------
    >>> relu_forward(np.array([-2.0, 3.0]))[0]
    array([0., 3.])
    """
    (floats,) = in_one_dtype(x=x)
    return ops.relu(floats), x


def relu_backward(dout: Array, cache: Array) -> Array:
    """The gradient where x was positive, and 0 elsewhere.

    Examples
    --------
    >>> out, cache = relu_forward(np.array([-2.0, 3.0]))
    >>> relu_backward(np.array([5.0, 6.0]), cache)
    array([0., 6.])
    """
    dout, x = in_one_dtype(dout=dout, x=cache)
    return ops.relu_backward(dout, x)


def dropout_forward(
    x: Array, dropout_param: Mapping[str, Any]
) -> tuple[Array, tuple[Mapping[str, Any], Array | None]]:
    """Inverted dropout: in training, keep each number with probability p and divide it by p.

    Parameters
    ----------
    x
        Input of any shape.
    dropout_param
        ``{"p": probability of keeping, "mode": "train" or "test"}``, and if the same numbers are to be dropped
        each time, ``"seed"``: the mask is then the one the course draws after ``np.random.seed(seed)``. Without
        a seed the numbers come from NumPy's global generator.

    Returns
    -------
    out, cache
        `out` of the shape and dtype of x; in mode "test", x itself.

    Raises
    ------
    SpecError
        If a key is missing or unknown, or the mode or p is not one.

    Examples
    --------
    >>> out, cache = dropout_forward(np.ones(6), {"p": 0.5, "mode": "train", "seed": 1})
    >>> out
    array([2., 0., 2., 2., 2., 2.])
    """
    keep, mode, seed = read_param("dropout_param", dropout_param, ("p", "mode"), {"seed": None})
    require_mode("dropout_param", mode)
    (x,) = in_one_dtype(x=x)
    if mode == "test":
        return x, (dropout_param, None)
    # The module has the functions of a RandomState: those of the global one, which np.random.seed sets.
    rng = cast(np.random.RandomState, np.random) if seed is None else np.random.RandomState(seed)
    out, mask = ops.dropout(x, keep, rng)
    return out, (dropout_param, mask)


def dropout_backward(dout: Array, cache: tuple[Mapping[str, Any], Array | None]) -> Array:
    """The gradient of the numbers that were kept, scaled as they were; in mode "test", the whole gradient.

    Examples
    --------
    >>> out, cache = dropout_forward(np.ones(6), {"p": 0.5, "mode": "train", "seed": 1})
    >>> dropout_backward(np.ones(6), cache)
    array([2., 0., 2., 2., 2., 2.])
    """
    _, mask = cache
    if mask is None:
        return dout
    dout, mask = in_one_dtype(dout=dout, mask=mask)
    return ops.dropout_backward(dout, mask)


def softmax_loss(x: Array, y: npt.NDArray[np.integer[Any]]) -> tuple[float, Array]:
    """Mean of ``-log(probability of the right class)`` and its gradient: scores x (N, K), classes y (N,).

    Examples
    --------
    >>> loss, dx = softmax_loss(np.zeros((1, 4)), np.array([2]))
    >>> round(loss, 6), dx
    (1.386294, array([[ 0.25,  0.25, -0.75,  0.25]]))
    """
    (x,) = in_one_dtype(x=x)
    return ops.softmax_loss(x, y)


def svm_loss(x: Array, y: npt.NDArray[np.integer[Any]]) -> tuple[float, Array]:
    """Multiclass hinge loss and its gradient: scores x (N, K), classes y (N,).

    Examples
    --------
    >>> loss, dx = svm_loss(np.array([[3.0, 2.5, -1.0]]), np.array([0]))
    >>> loss, dx
    (0.5, array([[-1.,  1.,  0.]]))
    """
    (x,) = in_one_dtype(x=x)
    return ops.svm_loss(x, y)
