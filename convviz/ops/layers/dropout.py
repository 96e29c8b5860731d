"""Dropout: in training, numbers become 0 at random, so that none relies on another."""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import check_gradient
from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError
from convviz.ops.masks import selected
from convviz.ops.types import Array


def dropout(
    x: Array, keep: float, rng: np.random.Generator | np.random.RandomState
) -> tuple[Array, Array]:
    """Keep each number with probability ``keep`` and divide it by ``keep`` ("inverted" dropout).

    The expected output is the input, so nothing needs to be done after training.

    Parameters
    ----------
    x
        Input of any shape; float32 or float64.
    keep
        Probability of keeping a number, above 0 and at most 1. This is the course's p; PyTorch's p is 1 - keep.
    rng
        Where the random numbers come from.

    Returns
    -------
    out, mask
        Both of the shape and dtype of x: ``out = x * mask``, and the mask holds 0 or 1 / keep.

    Raises
    ------
    SpecError
        If ``keep`` is out of range.
    TypeError
        If `x` is not float32 or float64: whole numbers could not be divided by ``keep``.

    Notes
    -----
    Source: Srivastava et al., "Dropout", Journal of Machine Learning Research 15 (2014).

    Examples
    --------
    >>> out, mask = dropout(np.ones(6), 0.5, np.random.default_rng(0))
    >>> out
    array([0., 2., 2., 2., 0., 0.])
    """
    check_dtypes(x=x)
    if not 0 < keep <= 1:
        raise SpecError(
            "keep",
            keep,
            (0, 1),
            "dropout keeps a unit with probability {value}",
            "use a number above 0 and at most 1",
        )
    mask = ((rng.random(x.shape) < keep) / keep).astype(x.dtype)
    return x * mask, mask


def dropout_backward(dout: Array, mask: Array) -> Array:
    """The gradient passes where the number was kept, scaled as the number was.

    Examples
    --------
    >>> dropout_backward(np.array([1.0, 1.0]), np.array([0.0, 2.0]))
    array([0., 2.])
    """
    check_dtypes(mask=mask, dout=dout)
    check_gradient(dout, mask.shape)
    return selected(dout, mask != 0) * mask
