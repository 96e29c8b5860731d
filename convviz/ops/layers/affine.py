"""The fully connected layer: every input meets every output."""

from __future__ import annotations

from math import prod

import numpy as np

from convviz.ops.checks import check_gradient
from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError
from convviz.ops.memory import empty
from convviz.ops.types import Array


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
    rows = _rows(x, w)
    if b.shape != w.shape[1:]:
        raise SpecError(
            "b",
            b.shape,
            w.shape[1:],
            "b has shape {value} for w of shape {w}",
            "use shape {limit}",
            w=w.shape,
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

    Raises
    ------
    SpecError
        If the shapes do not go together.

    Examples
    --------
    >>> dx, dw, db = affine_backward(np.array([[2.0]]), np.array([[1.0, 3.0]]), np.array([[5.0], [7.0]]))
    >>> dx, dw, db
    (array([[10., 14.]]), array([[2.],
           [6.]]), array([2.]))
    """
    check_dtypes(x=x, w=w, dout=dout)
    rows = _rows(x, w)
    check_gradient(dout, (len(x), w.shape[1]))
    dx = np.matmul(dout, w.T, out=empty(rows.shape, x.dtype))
    dw = np.matmul(rows.T, dout, out=empty(w.shape, x.dtype))
    return dx.reshape(x.shape), dw, dout.sum(axis=0)


def _rows(x: Array, w: Array) -> Array:
    """Each example as a row (N, D); refused unless w has shape (D, M)."""
    numbers = prod(x.shape[1:])  # not -1 below: of no examples at all, NumPy could not tell
    if x.ndim == 0 or w.ndim != 2 or len(w) != numbers:
        raise SpecError(
            "w",
            w.shape,
            numbers,
            "x of shape {x} has {limit} numbers an example, and w has shape {value}",
            "use x of shape (N, ...) and w of shape ({limit}, M)",
            x=x.shape,
        )
    return x.reshape(len(x), numbers)  # (N, D)
