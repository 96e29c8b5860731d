"""Losses that compare scores with the right classes: softmax, and the support vector machine's."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError
from convviz.ops.types import Array


def softmax(scores: Array) -> Array:
    """Scores as probabilities: ``exp(score) / sum of exp(scores)`` in each row.

    The largest score of the row is taken off first: that changes no quotient, and no exponential overflows.

    Parameters
    ----------
    scores
        Shape (N, K).

    Raises
    ------
    SpecError
        If they have other axes, or there is no class.
    TypeError
        If they are not float32 or float64.

    Examples
    --------
    >>> softmax(np.array([[0.0, np.log(3)], [1000.0, 1000.0]]))
    array([[0.25, 0.75],
           [0.5 , 0.5 ]])
    """
    _check_scores(scores)
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def softmax_loss(scores: Array, y: npt.NDArray[np.integer[Any]]) -> tuple[float, Array]:
    """Mean of ``-log(probability of the right class)``, and its gradient.

    The gradient is short: the probabilities, less 1 at the right class, divided by N.

    Parameters
    ----------
    scores
        Shape (N, K).
    y
        The right class of each example, shape (N,), from 0 to K - 1.

    Returns
    -------
    loss
        Mean over the examples.
    dscores
        Its gradient with respect to the scores, of their shape and dtype.

    Raises
    ------
    SpecError
        If `y` is not one class, a whole number, for each example, or there is no example.
    TypeError
        If the scores are not float32 or float64.

    Examples
    --------
    >>> loss, dscores = softmax_loss(np.zeros((1, 4)), np.array([2]))
    >>> round(loss, 6), dscores  # nothing known: the loss is log(4)
    (1.386294, array([[ 0.25,  0.25, -0.75,  0.25]]))
    """
    y = _right_classes(scores, y)
    shifted = scores - scores.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(shifted).sum(axis=1))
    row = np.arange(len(scores))
    loss = float((log_sums - shifted[row, y]).mean())
    dscores = softmax(scores)
    dscores[row, y] -= 1
    return loss, dscores / len(scores)


def svm_loss(scores: Array, y: npt.NDArray[np.integer[Any]]) -> tuple[float, Array]:
    """Multiclass hinge loss: each wrong class costs what its score lacks to lie 1 below the right one's.

    ``loss = mean over n of the sum over wrong classes k of max(0, scores[n, k] - scores[n, y[n]] + 1)``

    Parameters
    ----------
    scores, y
        As for `softmax_loss`.

    Returns
    -------
    loss
        Mean over the examples.
    dscores
        Its gradient with respect to the scores, of their shape and dtype.

    Raises
    ------
    SpecError, TypeError
        As `softmax_loss` does.

    Notes
    -----
    Source: Weston and Watkins, "Support Vector Machines for Multi-Class Pattern Recognition" (1999).

    Examples
    --------
    >>> loss, dscores = svm_loss(np.array([[3.0, 2.5, -1.0]]), np.array([0]))
    >>> loss, dscores  # only the second score is less than 1 below the first
    (0.5, array([[-1.,  1.,  0.]]))
    """
    y = _right_classes(scores, y)
    row = np.arange(len(scores))
    margins = np.maximum(0, scores - scores[row, y][:, None] + 1)  # (N, K)
    margins[row, y] = 0
    dscores = (margins > 0).astype(scores.dtype)
    dscores[row, y] = -dscores.sum(axis=1)
    return float(margins.sum(axis=1).mean()), dscores / len(scores)


def _right_classes(scores: Array, y: npt.NDArray[np.integer[Any]]) -> npt.NDArray[np.integer[Any]]:
    """The classes as an array, once there is one for each row of scores."""
    _check_scores(scores)
    if len(scores) == 0:
        raise SpecError(
            "scores", scores.shape, 1, "scores has shape {value}", "use at least {limit} example"
        )
    (examples, classes), y = scores.shape, np.asarray(y)
    whole = y.shape == (examples,) and np.issubdtype(y.dtype, np.integer)
    if not whole or not ((y >= 0) & (y < classes)).all():
        raise SpecError(
            "y",
            y.shape,
            scores.shape,
            "y does not hold one class for each row of scores, which has shape {limit}",
            "use {examples} whole numbers from 0 to {last}",
            examples=examples,
            last=classes - 1,
        )
    return y


def _check_scores(scores: Array) -> None:
    """Refuse scores that are not one row of at least one class for each example."""
    check_dtypes(scores=scores)
    if scores.ndim != 2 or scores.shape[1] == 0:
        raise SpecError(
            "scores", scores.shape, 2, "scores has shape {value}", "use (N, K), for K classes"
        )
