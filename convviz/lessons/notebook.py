"""Checks of CS231n's notebooks ConvolutionalNetworks and BatchNormalization, with their seeds and shapes."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np

from convviz.cs231n import eval_numerical_gradient_array, rel_error
from convviz.ops.naive import conv_forward_naive, max_pool_forward_naive

POOL_2 = {"pool_height": 2, "pool_width": 2, "stride": 2}


def conv_check(backward: Callable[..., Any]) -> dict[str, float]:
    """Relative errors of dx, dw and db in "Convolution: Naive backward pass".

    Examples
    --------
    >>> from convviz.ops.naive import conv_backward_naive
    >>> max(conv_check(conv_backward_naive).values()) < 2e-8  # "around e-8 or less"
    True
    """
    x, w, b, dout, param, numeric = _conv_numeric()
    got = backward(dout, (x, w, b, param))
    names = ("dx", "dw", "db")
    return {name: rel_error(a, b) for name, a, b in zip(names, got, numeric, strict=True)}


@cache
def _conv_numeric() -> tuple[Any, ...]:
    """The notebook's arrays and settings, and the numeric gradients, which are those of any backward pass."""
    rng = np.random.RandomState(231)
    x, w, b = rng.randn(4, 3, 5, 5), rng.randn(2, 3, 3, 3), rng.randn(2)
    dout, param = rng.randn(4, 2, 5, 5), {"stride": 1, "pad": 1}
    functions = (
        (lambda x: conv_forward_naive(x, w, b, param)[0], x),
        (lambda w: conv_forward_naive(x, w, b, param)[0], w),
        (lambda b: conv_forward_naive(x, w, b, param)[0], b),
    )
    numeric = [eval_numerical_gradient_array(f, at, dout) for f, at in functions]
    return x, w, b, dout, param, numeric


def pool_check(backward: Callable[..., Any]) -> dict[str, float]:
    """Relative error of dx in "Max-Pooling: Naive backward".

    Examples
    --------
    >>> from convviz.ops.naive import max_pool_backward_naive
    >>> pool_check(max_pool_backward_naive)["dx"] < 1e-11  # "on the order of e-12"
    True
    """
    x, dout, numeric = _pool_numeric()
    return {"dx": rel_error(backward(dout, (x, POOL_2)), numeric)}


@cache
def _pool_numeric() -> tuple[Any, ...]:
    """The notebook's arrays and the numeric gradient."""
    rng = np.random.RandomState(231)
    x, dout = rng.randn(3, 2, 8, 8), rng.randn(3, 2, 4, 4)
    numeric = eval_numerical_gradient_array(lambda x: max_pool_forward_naive(x, POOL_2)[0], x, dout)
    return x, dout, numeric


def norm_check(forward: Callable[..., Any]) -> dict[str, float]:
    """How far means lie from beta and deviations from gamma in "Batch normalization: forward".

    Examples
    --------
    >>> from convviz.lessons.bugs import batchnorm_forward
    >>> max(norm_check(batchnorm_forward).values()) < 1e-7  # "close to beta" and "close to gamma"
    True
    """
    rng = np.random.RandomState(231)
    x, first, second = rng.randn(200, 50), rng.randn(50, 60), rng.randn(60, 3)
    features = np.maximum(0, x @ first) @ second  # (200, 3)
    gamma, beta = np.array([1.0, 2, 3]), np.array([11.0, 12, 13])
    out, _cache = forward(features, gamma, beta, {"eps": 1e-5})
    means, stds = np.abs(out.mean(axis=0) - beta), np.abs(out.std(axis=0) - gamma)
    return {"means": float(means.max()), "stds": float(stds.max())}
