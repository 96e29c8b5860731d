"""Layer and group normalisation, forward beside backward: each example by itself, whatever the batch.

Both are batch normalisation turned on its side: the numbers of one group of one example become a column, and each
column is normalised. Scale and shift belong to the features, as there.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import check_gradient
from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError, require_int
from convviz.ops.layers.batch import check_axes
from convviz.ops.layers.norm import batch_norm, batch_norm_backward
from convviz.ops.types import Array


def group_norm(x: Array, gamma: Array, beta: Array, groups: int = 1, eps: float = 1e-5) -> Array:
    """Bring each group of channels of each image to mean 0 and deviation 1, then scale and shift each channel.

    Parameters
    ----------
    x
        Maps, shape (N, C, H, W); float32 or float64.
    gamma, beta
        Scale and shift of each channel, shape (C,).
    groups
        How many groups of neighbouring channels; it divides C.
    eps
        Keeps a constant group from a division by 0.

    Returns
    -------
    ndarray
        Of the shape and dtype of x.

    Raises
    ------
    SpecError
        If the groups do not divide the channels, or shapes do not go together.

    Notes
    -----
    Equals ``torch.nn.functional.group_norm``. Source: Wu and He, "Group Normalization" (2018).

    Examples
    --------
    >>> x = np.arange(8.0).reshape(1, 4, 1, 2)
    >>> group_norm(x, np.ones(4), np.zeros(4), groups=2)[0, :, 0].round(3).tolist()
    [[-1.342, -0.447], [0.447, 1.342], [-1.342, -0.447], [0.447, 1.342]]
    """
    _check(x, gamma, groups, beta=beta)
    return _by_channel(gamma) * _normalised(x, groups, eps) + _by_channel(beta)


def group_norm_backward(
    dout: Array, x: Array, gamma: Array, groups: int = 1, eps: float = 1e-5
) -> tuple[Array, Array, Array]:
    """Gradients of `group_norm`: dx (N, C, H, W), dgamma (C,), dbeta (C,).

    Examples
    --------
    >>> x = np.arange(8.0).reshape(1, 4, 1, 2)
    >>> dx, dgamma, dbeta = group_norm_backward(np.ones_like(x), x, np.ones(4), groups=2)
    >>> bool(abs(dx).max() < 1e-12), dbeta  # shifting a whole group changes nothing
    (True, array([2., 2., 2., 2.]))
    """
    _check(x, gamma, groups, dout=dout)
    check_gradient(dout, x.shape)
    dgamma, dbeta = (
        (dout * _normalised(x, groups, eps)).sum(axis=(0, 2, 3)),
        dout.sum(axis=(0, 2, 3)),
    )
    columns = _as_columns(x, groups)
    ones = np.ones(columns.shape[1], dtype=x.dtype)
    dnormed = _as_columns(dout * _by_channel(gamma), groups)
    dx, *_ = batch_norm_backward(dnormed, columns, ones, eps)
    return _as_images(dx, x.shape), dgamma, dbeta


def layer_norm(x: Array, gamma: Array, beta: Array, eps: float = 1e-5) -> Array:
    """Bring each example of x (N, D) to mean 0 and deviation 1, then scale and shift each feature.

    Notes
    -----
    Equals ``torch.nn.functional.layer_norm``. Source: Ba, Kiros and Hinton, "Layer Normalization" (2016).

    Examples
    --------
    >>> layer_norm(np.array([[1.0, 3.0], [10.0, 10.0]]), np.ones(2), np.zeros(2), eps=0.1).round(3)
    array([[-0.953,  0.953],
           [ 0.   ,  0.   ]])
    """
    check_axes(x, 2, "(N, D)")
    return group_norm(x[:, :, None, None], gamma, beta, 1, eps)[:, :, 0, 0]


def layer_norm_backward(
    dout: Array, x: Array, gamma: Array, eps: float = 1e-5
) -> tuple[Array, Array, Array]:
    """Gradients of `layer_norm`: dx (N, D), dgamma (D,), dbeta (D,).

    Examples
    --------
    >>> x, dout = np.array([[1.0, 3.0, 8.0]]), np.array([[1.0, 0.0, 0.0]])
    >>> dx, dgamma, dbeta = layer_norm_backward(dout, x, np.ones(3))
    >>> bool(abs(dx.sum()) < 1e-12), dbeta
    (True, array([1., 0., 0.]))
    """
    check_axes(x, 2, "(N, D)")
    check_gradient(dout, x.shape)
    dout, x = dout[:, :, None, None], x[:, :, None, None]  # (N, D, 1, 1)
    dx, dgamma, dbeta = group_norm_backward(dout, x, gamma, 1, eps)
    return dx[:, :, 0, 0], dgamma, dbeta


def _normalised(x: Array, groups: int, eps: float) -> Array:
    columns = _as_columns(x, groups)
    ones = np.ones(columns.shape[1], dtype=x.dtype)
    return _as_images(batch_norm(columns, ones, np.zeros_like(ones), eps=eps), x.shape)


def _as_columns(x: Array, groups: int) -> Array:
    """The numbers of each group of each image as a column, (C / G * H * W, N * G)."""
    return x.reshape(len(x) * groups, -1).T


def _as_images(columns: Array, shape: tuple[int, ...]) -> Array:
    return np.ascontiguousarray(columns.T).reshape(shape)  # (N, C, H, W)


def _by_channel(value: Array) -> Array:
    return value[:, None, None]  # (C, 1, 1)


def _check(x: Array, gamma: Array, groups: int, **others: Array) -> None:
    """Refuse groups that do not divide the channels, and numbers that are not one for each channel."""
    check_dtypes(x=x, gamma=gamma, **others)
    check_axes(x, 4, "(N, C, H, W)")
    if x.size == 0:
        raise SpecError("x", x.shape, 1, "x has shape {value}", "use at least {limit} example")
    channels = x.shape[1]
    for name, value in {"gamma": gamma, **others}.items():
        if name != "dout" and value.shape != (channels,):
            raise SpecError(
                name,
                value.shape,
                (channels,),
                "{argument} has shape {value} but x has {channels} channels",
                "use {argument} of shape {limit}",
                channels=channels,
            )
    if channels % require_int("groups", groups, least=1):
        raise SpecError(
            "groups",
            groups,
            channels,
            "groups {value} does not divide {limit} channels",
            "use a divisor of {limit}",
        )
