"""Batch normalisation of maps, a few images at a time: they stay in the cache while they are worked on.

Forward, a number is read three times (for the mean, for the variance, for the output) and written once. Backward
it is read three times, its gradient three times, and one number is written. What lies between, the centred images,
is one buffer that all images use in turn.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from convviz.ops.memory import empty
from convviz.ops.types import Array

PART = 1 << 18  # numbers worked on at a time


def statistics(x: Array) -> tuple[Array, Array]:
    """Mean and variance, divided by the number of pixels, of each channel of maps (N, C, H, W).

    The sums of the images are added up in float64, and the variance is that of the centred numbers: a float32 sum
    of many pixels would lose the last digits of each.

    Examples
    --------
    >>> statistics(np.arange(4.0).reshape(2, 1, 1, 2))
    (array([1.5]), array([1.25]))
    """
    flat, count = _flat(x), x.size // x.shape[1]
    mean = (flat.sum(axis=2).sum(axis=0, dtype=np.float64) / count).astype(x.dtype)
    squares = np.zeros(x.shape[1])
    for centred, _ in _centred(flat, mean):
        squares += _dots(centred, centred)
    return mean, (squares / count).astype(x.dtype)


def normalised_maps(x: Array, scale: Array, mean: Array, shift: Array) -> Array:
    """``(x - mean) * scale + shift`` with a number of each for every channel.

    Examples
    --------
    >>> two = np.full(1, 2.0)
    >>> normalised_maps(np.arange(4.0).reshape(2, 1, 1, 2), two, two, two).ravel()
    array([-2.,  0.,  2.,  4.])
    """
    out = empty(x.shape, x.dtype)
    flat, results = _flat(x), _flat(out)
    for images in _parts(flat):
        result = np.subtract(flat[images], mean[:, None], out=results[images])
        result *= scale[:, None]
        result += shift[:, None]
    return out


def maps_backward(dout: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    """dx, dgamma and dbeta of maps normalised by their own statistics; see `batch_norm_backward`.

    Examples
    --------
    >>> x = np.arange(4.0).reshape(2, 1, 1, 2)
    >>> maps_backward(np.ones_like(x), x, np.ones(1), 1e-5)[2]
    array([4.])
    """
    flat, gradients, count = _flat(x), _flat(dout), x.size // x.shape[1]
    mean = (flat.sum(axis=2).sum(axis=0, dtype=np.float64) / count).astype(x.dtype)
    squares, along = np.zeros((2, x.shape[1]))  # `along`: dout times the centred input
    for centred, images in _centred(flat, mean):
        squares += _dots(centred, centred)
        along += _dots(centred, gradients[images])
    scale = 1 / np.sqrt(squares / count + eps)
    dgamma, dbeta = along * scale, gradients.sum(axis=2).sum(axis=0, dtype=np.float64)
    of_all, of_one = dbeta / count, dgamma * scale / count
    factors = ((gamma * scale * of).astype(x.dtype)[:, None] for of in (of_one, of_all, 1))
    of_one, of_all, of_gradient = factors
    dx = empty(x.shape, x.dtype)
    results = _flat(dx)
    for centred, images in _centred(flat, mean):
        centred *= of_one
        centred += of_all
        result = np.multiply(gradients[images], of_gradient, out=results[images])
        result -= centred
    return dx, dgamma.astype(x.dtype), dbeta.astype(x.dtype)


def _flat(x: Array) -> Array:
    """Maps with their pixels in one axis, (N, C, H * W)."""
    return np.ascontiguousarray(x).reshape(*x.shape[:2], x.shape[2] * x.shape[3])


def _dots(one: Array, other: Array) -> Array:
    """For each channel the sum of the products of all pixels, over images (N, C, H * W)."""
    return np.asarray(np.vecdot(one, other).sum(axis=0, dtype=np.float64))


def _parts(flat: Array) -> Iterator[slice]:
    """As many images at a time as fit into `PART`."""
    together = max(1, PART // flat[0].size)
    for k in range(0, len(flat), together):
        yield slice(k, min(k + together, len(flat)))


def _centred(flat: Array, mean: Array) -> Iterator[tuple[Array, slice]]:
    """Images less the mean, in one buffer, and which they are."""
    for images in _parts(flat):
        centred = empty(flat[images].shape, flat.dtype)
        yield np.subtract(flat[images], mean[:, None], out=centred), images
        del centred
