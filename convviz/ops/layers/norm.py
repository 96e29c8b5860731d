"""Batch normalisation, forward beside backward, and the same for maps."""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import check_gradient
from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError, require_number
from convviz.ops.layers.batch import batch_statistics, check_axes, check_examples
from convviz.ops.layers.maps import maps_backward, normalised_maps
from convviz.ops.types import Array


def batch_norm(
    x: Array,
    gamma: Array,
    beta: Array,
    mean: Array | None = None,
    var: Array | None = None,
    eps: float = 1e-5,
) -> Array:
    """Bring each feature to mean 0 and deviation 1, then scale and shift it.

    ``out = gamma * (x - mean) / sqrt(var + eps) + beta``

    Parameters
    ----------
    x
        Input, shape (N, D); float32 or float64.
    gamma, beta
        Scale and shift of each feature, shape (D,).
    mean, var
        Statistics of each feature, shape (D,). None, as in training: the batch's own, with the variance divided
        by N. After training: the running averages.
    eps
        Keeps a constant feature from a division by 0.

    Returns
    -------
    ndarray
        Shape (N, D), of the input's dtype.

    Raises
    ------
    SpecError
        If x has other axes, an array has not one number for each feature, or the batch is empty.

    Notes
    -----
    Source: Ioffe and Szegedy, "Batch Normalization" (2015). PyTorch normalises by the same variance, but its
    running variance is the one divided by N - 1, and its momentum is the weight of the new value where the
    course's is the weight of the old.

    Examples
    --------
    >>> x = np.array([[1.0], [3.0]])
    >>> batch_norm(x, np.array([2.0]), np.array([10.0]), eps=0.0)
    array([[ 8.],
           [12.]])
    """
    check_dtypes(x=x, gamma=gamma, beta=beta)
    check_axes(x, 2, "(N, D)")
    mean, var = _checked(x, gamma, beta, mean, var, eps)
    return np.asarray(gamma * _normalised(x, mean, var, eps) + beta)


def batch_norm_backward(
    dout: Array, x: Array, gamma: Array, eps: float = 1e-5
) -> tuple[Array, Array, Array]:
    """Gradients of `batch_norm` with the batch's own statistics.

    Every example also moves the mean and the variance, and through them all others: two terms are taken off, the
    mean of what arrives and the part of it that goes along with the normalised input.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, shape (N, D).
    x, gamma, eps
        As they were given to `batch_norm`.

    Returns
    -------
    dx, dgamma, dbeta
        Of the shapes of x, gamma and beta.

    Raises
    ------
    SpecError
        If `dout` has another shape than x, or `gamma` not one number for each feature.

    Examples
    --------
    >>> x, dout = np.array([[1.0], [3.0], [8.0]]), np.array([[1.0], [0.0], [0.0]])
    >>> dx, dgamma, dbeta = batch_norm_backward(dout, x, np.array([1.0]))
    >>> bool(abs(dx.sum()) < 1e-12)  # shifting all examples together changes nothing
    True
    """
    check_dtypes(x=x, dout=dout, gamma=gamma)
    check_axes(x, 2, "(N, D)")
    require_number("eps", eps, least=0)
    check_gradient(dout, x.shape)
    _check_features("gamma", gamma, x)
    mean, var = batch_statistics(x)
    x_hat = _normalised(x, mean, var, eps)
    dgamma, dbeta = (dout * x_hat).sum(axis=0), dout.sum(axis=0)
    centred = dout - dbeta / len(x) - x_hat * (dgamma / len(x))
    return gamma / np.sqrt(var + eps) * centred, dgamma, dbeta


def spatial_batch_norm(
    x: Array,
    gamma: Array,
    beta: Array,
    mean: Array | None = None,
    var: Array | None = None,
    eps: float = 1e-5,
) -> Array:
    """`batch_norm` of each channel of maps (N, C, H, W): every pixel of every image counts as an example.

    Examples
    --------
    >>> x = np.arange(8.0).reshape(1, 2, 2, 2)
    >>> out = spatial_batch_norm(x, np.ones(2), np.zeros(2))
    >>> np.abs(out.mean(axis=(0, 2, 3))).round(12), out.std(axis=(0, 2, 3)).round(4)
    (array([0., 0.]), array([1., 1.]))
    """
    check_dtypes(x=x, gamma=gamma, beta=beta)
    check_axes(x, 4, "(N, C, H, W)")
    mean, var = _checked(x, gamma, beta, mean, var, eps)
    return normalised_maps(x, gamma / np.sqrt(var + x.dtype.type(eps)), mean, beta)


def spatial_batch_norm_backward(
    dout: Array, x: Array, gamma: Array, eps: float = 1e-5
) -> tuple[Array, Array, Array]:
    """Gradients of `spatial_batch_norm`: dx (N, C, H, W), dgamma (C,), dbeta (C,).

    Examples
    --------
    >>> x = np.arange(8.0).reshape(1, 2, 2, 2)
    >>> dx, dgamma, dbeta = spatial_batch_norm_backward(np.ones_like(x), x, np.ones(2))
    >>> dbeta
    array([4., 4.])
    """
    check_dtypes(x=x, dout=dout, gamma=gamma)
    check_axes(x, 4, "(N, C, H, W)")
    require_number("eps", eps, least=0)
    check_gradient(dout, x.shape)
    _check_features("gamma", gamma, x)
    check_examples(x)
    return maps_backward(dout, x, gamma, eps)


def _checked(
    x: Array, gamma: Array, beta: Array, mean: Array | None, var: Array | None, eps: float
) -> tuple[Array, Array]:
    """The statistics to normalise by, once every array has one number for each feature."""
    require_number("eps", eps, least=0)
    if mean is None or var is None:
        batch_mean, batch_var = batch_statistics(x)
        mean = batch_mean if mean is None else mean
        var = batch_var if var is None else var
    mean, var = np.asarray(mean, dtype=x.dtype), np.asarray(var, dtype=x.dtype)
    for name, value in {"gamma": gamma, "beta": beta, "mean": mean, "var": var}.items():
        _check_features(name, value, x)
    return mean, var


def _check_features(name: str, value: Array, x: Array) -> None:
    """Refuse what would be stretched over the features instead of having a number for each."""
    if value.shape != x.shape[1:2]:
        raise SpecError(
            name,
            value.shape,
            x.shape[1:2],
            "{argument} has shape {value} but x has features of shape {limit}",
            "use {argument} of shape {limit}",
        )


def _normalised(x: Array, mean: Array, var: Array, eps: float) -> Array:
    return np.asarray((x - mean) / np.sqrt(var + x.dtype.type(eps)))
