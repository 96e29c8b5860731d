"""Batch normalisation in training, number by number."""

from __future__ import annotations

import numpy as np

from convviz.ops.dtypes import check_dtypes
from convviz.ops.types import Array


def batchnorm_loops(x: Array, gamma: Array, beta: Array, eps: float) -> Array:
    """Normalise each feature by its own mean and variance, then scale and shift it.

    Parameters
    ----------
    x
        Examples, shape (N, D).
    gamma, beta
        Scale and shift of each feature, shape (D,).
    eps
        Added to the variance, below the root.

    Returns
    -------
    ndarray
        Shape (N, D).

    Examples
    --------
    >>> batchnorm_loops(np.array([[1.0], [3.0]]), np.ones(1), np.zeros(1), eps=3.0)
    array([[-0.5],
           [ 0.5]])
    """
    check_dtypes(x=x, gamma=gamma, beta=beta)
    N, D = x.shape
    centred, var = x - x.mean(axis=0), x.var(axis=0)
    out = np.zeros_like(x)
    for i in range(N):  # every example
        for j in range(D):  # every feature
            scale = gamma[j] / np.sqrt(var[j] + eps)
            product = centred[i, j] * scale
            out[i, j] = product + beta[j]
    return out
