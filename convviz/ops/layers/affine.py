"""The fully connected layer: every input meets every output."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.checks import check_dtypes, check_gradient
from convviz.ops.errors import SpecError

Array = npt.NDArray[Any]


def affine(x: Array, w: Array, b: Array) -> Array:
    """Flatten each example to a row and compute ``x @ w + b``.

    Parameters
    ----------
    x
        Input, shape (N, d_1, ..., d_k); float32 or float64.
    w
        Weights, shape (D, M) with D = d_1 * ... * d_k.
    b
        Biases, shape (M,).

    Returns
    -------
    ndarray
        Shape (N, M).

    Raises
    ------
    SpecError
        If the shapes do not go together.

    Examples
    --------
    >>> x = np.arange(8.0).reshape(2, 2, 2)
    >>> affine(x, np.ones((4, 1)), np.array([0.5]))
    array([[ 6.5],
           [22.5]])
    """
    check_dtypes(x=x, w=w, b=b)
    rows = x.reshape(len(x), -1)  # (N, D)
    if w.shape[0] != rows.shape[1] or b.shape != w.shape[1:]:
        raise SpecError(
            "w",
            w.shape,
            rows.shape[1],
            "x has {limit} numbers an example, w has shape {value} and b has shape {b_shape}",
            "use w of shape (D, M) with D = {limit}, and b of shape (M,)",
            b_shape=b.shape,
        )
    return np.asarray(rows @ w + b)  # (N, M)


def affine_backward(dout: Array, x: Array, w: Array) -> tuple[Array, Array, Array]:
    """Gradients of `affine`.

    ``out = x @ w + b``, so ``dx = dout @ w.T``, ``dw = x.T @ dout``, and ``db`` is the sum over the examples.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, M).
    x, w
        As they were given to `affine`.

    Returns
    -------
    dx, dw, db
        Of the shapes of x, w and b.

    Examples
    --------
    >>> dx, dw, db = affine_backward(np.array([[2.0]]), np.array([[1.0, 3.0]]), np.array([[5.0], [7.0]]))
    >>> dx, dw, db
    (array([[10., 14.]]), array([[2.],
           [6.]]), array([2.]))
    """
    check_dtypes(x=x, w=w, dout=dout)
    check_gradient(dout, (len(x), w.shape[1]))
    rows = x.reshape(len(x), -1)  # (N, D)
    return (dout @ w.T).reshape(x.shape), rows.T @ dout, dout.sum(axis=0)
