"""Batch, layer and group normalisation as the course calls them."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from typing import Any

import numpy as np

from convviz import ops
from convviz.ops.dtypes import in_one_dtype
from convviz.ops.errors import SpecError, require_number
from convviz.ops.layers.batch import as_maps, as_rows, batch_statistics
from convviz.ops.params import read_param, require_mode
from convviz.ops.types import Array

Cache = tuple[Array, Array, float] | None
GroupCache = tuple[Array, Array, int, float]


def batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: MutableMapping[str, Any]
) -> tuple[Array, Cache]:
    """Batch normalisation of x (N, D).

    Parameters
    ----------
    x
        Input, shape (N, D).
    gamma, beta
        Scale and shift, shape (D,).
    bn_param
        ``{"mode": "train" or "test"}`` and, if wanted, ``"eps"`` (1e-5), ``"momentum"`` (0.9: the weight of the
        old average), ``"running_mean"`` and ``"running_var"`` (0, shape (D,)). In training the running averages
        are put into it anew.

    Returns
    -------
    out
        Shape (N, D).
    cache
        For `batchnorm_backward`; None in mode "test", as in the course.

    Raises
    ------
    SpecError
        If a key is missing or unknown, or the mode is neither.

    Examples
    --------
    >>> bn_param = {"mode": "train"}
    >>> x = np.array([[1.0], [3.0]])
    >>> out, cache = batchnorm_forward(x, np.array([2.0]), np.array([10.0]), bn_param)
    >>> out.round(3), bn_param["running_mean"], bn_param["running_var"]
    (array([[ 8.],
           [12.]]), array([0.2]), array([0.1]))
    """
    x, gamma, beta = in_one_dtype(x=x, gamma=gamma, beta=beta)
    nothing = np.zeros_like(gamma)
    optional = {"eps": 1e-5, "momentum": 0.9, "running_mean": nothing, "running_var": nothing}
    mode, eps, momentum, mean, var = read_param("bn_param", bn_param, ("mode",), optional)
    require_mode("bn_param", mode)
    momentum = require_number("momentum", momentum, least=0)
    for name, running in (("running_mean", mean), ("running_var", var)):
        if not isinstance(running, np.ndarray):
            raise SpecError(
                name,
                running,
                gamma.shape,
                "{argument} {value!r} is no array",
                "use an array of shape {limit}, or leave it out",
            )
    if mode == "test":
        return ops.batch_norm(x, gamma, beta, mean, var, eps), None
    out = ops.batch_norm(x, gamma, beta, eps=eps)
    batch_mean, batch_var = batch_statistics(x)
    bn_param["running_mean"] = momentum * mean + (1 - momentum) * batch_mean
    bn_param["running_var"] = momentum * var + (1 - momentum) * batch_var
    return out, (x, gamma, eps)


def batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of a forward pass in mode "train": dx (N, D), dgamma (D,), dbeta (D,).

    Examples
    --------
    >>> x, gamma = np.array([[1.0], [3.0], [8.0]]), np.ones(1)
    >>> out, cache = batchnorm_forward(x, gamma, np.zeros(1), {"mode": "train"})
    >>> dx, dgamma, dbeta = batchnorm_backward(np.array([[1.0], [0.0], [0.0]]), cache)
    >>> dgamma.round(4), dbeta
    (array([-1.019]), array([1.]))
    """
    x, gamma, eps = _of_training(cache)
    dout, x, gamma = in_one_dtype(dout=dout, x=x, gamma=gamma)
    return ops.batch_norm_backward(dout, x, gamma, eps)


# The course asks for the backward pass twice: step by step, and simplified on paper. This is the simplified one.
batchnorm_backward_alt = batchnorm_backward


def spatial_batchnorm_forward(
    x: Array, gamma: Array, beta: Array, bn_param: MutableMapping[str, Any]
) -> tuple[Array, Cache]:
    """`batchnorm_forward` of each channel of x (N, C, H, W): every pixel of every image counts as an example.

    Examples
    --------
    >>> x = np.arange(8.0).reshape(1, 2, 2, 2)
    >>> out, cache = spatial_batchnorm_forward(x, np.ones(2), np.zeros(2), {"mode": "train"})
    >>> out.mean(axis=(0, 2, 3)).round(12), out.std(axis=(0, 2, 3)).round(4)
    (array([0., 0.]), array([1., 1.]))
    """
    rows, cache = batchnorm_forward(as_rows(x), gamma, beta, bn_param)
    return as_maps(rows, x.shape), cache


def spatial_batchnorm_backward(dout: Array, cache: Cache) -> tuple[Array, Array, Array]:
    """Gradients of a forward pass in mode "train": dx (N, C, H, W), dgamma (C,), dbeta (C,).

    Examples
    --------
    >>> x = np.arange(8.0).reshape(1, 2, 2, 2)
    >>> out, cache = spatial_batchnorm_forward(x, np.ones(2), np.zeros(2), {"mode": "train"})
    >>> dx, dgamma, dbeta = spatial_batchnorm_backward(np.ones_like(x), cache)
    >>> dbeta
    array([4., 4.])
    """
    dx, dgamma, dbeta = batchnorm_backward(as_rows(dout), cache)
    return as_maps(dx, dout.shape), dgamma, dbeta


def layernorm_forward(
    x: Array, gamma: Array, beta: Array, ln_param: Mapping[str, Any]
) -> tuple[Array, Any]:
    """Layer normalisation of x (N, D): every example by itself, in training as after it.

    Parameters
    ----------
    x
        Input, shape (N, D).
    gamma, beta
        Scale and shift, shape (D,).
    ln_param
        ``"eps"`` (1e-5) if wanted. It may have a ``"mode"``, as the notebook gives it: it changes nothing.

    Examples
    --------
    >>> out, cache = layernorm_forward(np.array([[1.0, 3.0], [10.0, 30.0]]), np.ones(2), np.zeros(2), {})
    >>> out.round(3)
    array([[-1.,  1.],
           [-1.,  1.]])
    """
    x, gamma, beta = in_one_dtype(x=x, gamma=gamma, beta=beta)
    eps = _epsilon("ln_param", ln_param)
    return ops.layer_norm(x, gamma, beta, eps), (x, gamma, eps)


def layernorm_backward(dout: Array, cache: Any) -> tuple[Array, Array, Array]:
    """Gradients dx (N, D), dgamma (D,) and dbeta (D,).

    Examples
    --------
    >>> out, cache = layernorm_forward(np.array([[1.0, 3.0]]), np.ones(2), np.zeros(2), {})
    >>> dx, dgamma, dbeta = layernorm_backward(np.array([[1.0, 1.0]]), cache)
    >>> dgamma.round(3), dbeta
    (array([-1.,  1.]), array([1., 1.]))
    """
    x, gamma, eps = cache
    dout, x, gamma = in_one_dtype(dout=dout, x=x, gamma=gamma)
    return ops.layer_norm_backward(dout, x, gamma, eps)


def spatial_groupnorm_forward(
    x: Array, gamma: Array, beta: Array, G: int, gn_param: Mapping[str, Any]
) -> tuple[Array, GroupCache]:
    """Group normalisation of x (N, C, H, W): each of G groups of channels of each image by itself.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W).
    gamma, beta
        Scale and shift, shape (1, C, 1, 1) or (C,).
    G
        How many groups; it divides C.
    gn_param
        As `layernorm_forward` takes it.

    Examples
    --------
    >>> x, ones = np.arange(8.0).reshape(1, 4, 1, 2), np.ones((1, 4, 1, 1))
    >>> out, cache = spatial_groupnorm_forward(x, ones, 0 * ones, 2, {})
    >>> out[0, :, 0].round(3).tolist()
    [[-1.342, -0.447], [0.447, 1.342], [-1.342, -0.447], [0.447, 1.342]]
    """
    x, gamma, beta = in_one_dtype(x=x, gamma=gamma, beta=beta)
    eps = _epsilon("gn_param", gn_param)
    return ops.group_norm(x, gamma.ravel(), beta.ravel(), G, eps), (x, gamma, G, eps)


def spatial_groupnorm_backward(dout: Array, cache: GroupCache) -> tuple[Array, Array, Array]:
    """Gradients dx (N, C, H, W), dgamma and dbeta, of the shapes of x, gamma and beta.

    Examples
    --------
    >>> x, ones = np.arange(8.0).reshape(1, 4, 1, 2), np.ones((1, 4, 1, 1))
    >>> out, cache = spatial_groupnorm_forward(x, ones, 0 * ones, 2, {})
    >>> dx, dgamma, dbeta = spatial_groupnorm_backward(np.ones_like(x), cache)
    >>> dbeta.shape, dbeta.ravel()
    ((1, 4, 1, 1), array([2., 2., 2., 2.]))
    """
    x, gamma, groups, eps = cache
    dout, x, gamma = in_one_dtype(dout=dout, x=x, gamma=gamma)
    dx, dgamma, dbeta = ops.group_norm_backward(dout, x, gamma.ravel(), groups, eps)
    return dx, dgamma.reshape(gamma.shape), dbeta.reshape(gamma.shape)


def _epsilon(name: str, param: Mapping[str, Any]) -> float:
    eps, _mode = read_param(name, param, (), {"eps": 1e-5, "mode": "train"})
    return float(eps)


def _of_training(cache: Cache) -> tuple[Array, Array, float]:
    if cache is None:
        raise SpecError(
            "cache",
            cache,
            "train",
            "a forward pass in mode 'test' leaves no cache",
            "call the forward pass with mode '{limit}' first",
        )
    return cache
