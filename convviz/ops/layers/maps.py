"""Batch normalisation of maps, a few images at a time: they stay in the cache while they are worked on.

Forward, a number is read twice and written once: read for the sums that give mean and variance, read and written
for the output. Backward, it and its gradient are read twice, and one number is written.

Mean and variance need one pass: the variance is the mean of the squares less the square of the mean. If the mean
is large beside the deviation, this is a small difference of large numbers, and most digits are lost. Then the sums
are made a second time, of the numbers less the mean:

    pixels 0, 2                     their sum 2, of squares 4     variance 4 / 2 - (2 / 2)**2 = 1
    pixels 1000, 1002, less 1001    their sum 0, of squares 2     variance 2 / 2 - (0 / 2)**2 = 1
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convviz.ops.bands import where_they_lie
from convviz.ops.memory import empty
from convviz.ops.parts import parts
from convviz.ops.sums import pixel_rows
from convviz.ops.types import Array

PART = 1 << 17  # numbers worked on at a time; measured


def statistics(x: Array) -> tuple[Array, Array]:
    """Mean and variance, divided by the number of pixels, of each channel of maps (N, C, H, W).

    The sums of the rows are added up in float64: a float32 sum of many pixels would lose the last digits of each.

    Examples
    --------
    >>> statistics(np.arange(4.0).reshape(2, 1, 1, 2))
    (array([1.5]), array([1.25]))
    """
    mean, var = _moments(pixel_rows(x))
    return mean.astype(x.dtype), var.astype(x.dtype)


def normalised_maps(x: Array, scale: Array, mean: Array, shift: Array) -> Array:
    """``(x - mean) * scale + shift`` with a number of each for every channel.

    Examples
    --------
    >>> two = np.full(1, 2.0)
    >>> normalised_maps(np.arange(4.0).reshape(2, 1, 1, 2), two, two, two).ravel()
    array([-2.,  0.,  2.,  4.])
    """
    out = empty(x.shape, x.dtype)
    rows, results = pixel_rows(x), pixel_rows(out)
    numbers = scale, shift - mean.astype(np.float64) * scale
    scale, shift = (_of_each(number, x.dtype) for number in numbers)
    with where_they_lie(rows.shape[3]):
        for images in parts(rows, PART):
            result = np.multiply(rows[images], scale, out=results[images])
            result += shift
    return out


def maps_backward(dout: Array, x: Array, gamma: Array, eps: float) -> tuple[Array, Array, Array]:
    """dx, dgamma and dbeta of maps normalised by their own statistics; see `batch_norm_backward`.

    ``dx = (x * factor + shift + dout) * slope`` with a number of each for every channel: four steps for a pixel.

    Examples
    --------
    >>> x = np.arange(4.0).reshape(2, 1, 1, 2)
    >>> maps_backward(np.ones_like(x), x, np.ones(1), 1e-5)[2]
    array([4.])
    """
    rows, gradients, count = pixel_rows(x), pixel_rows(dout), x.size // x.shape[1]
    mean, var, along, dbeta = _moments(rows, gradients)
    scale = 1 / np.sqrt(var + eps)
    dgamma = along * scale
    factor = -dgamma * scale / count
    numbers = factor, -dbeta / count - mean * factor, gamma * scale
    factor, shift, slope = (_of_each(number, x.dtype) for number in numbers)
    dx = empty(x.shape, x.dtype)
    results = pixel_rows(dx)
    with where_they_lie(rows.shape[3]):
        for images in parts(rows, PART):
            result = np.multiply(rows[images], factor, out=results[images])
            result += shift
            result += gradients[images]
            result *= slope
    return dx, dgamma.astype(x.dtype), dbeta.astype(x.dtype)


def _of_each(numbers: Array, dtype: np.dtype[Any]) -> Array:
    """A number for each channel, to be met by rows of pixels."""
    return numbers.astype(dtype)[:, None, None]  # (C, 1, 1)


def _moments(rows: Array, *gradients: Array) -> list[Array]:
    """Mean and variance of each channel; of gradients also their sum along the centred pixels, and their sum."""
    count, mean = rows.size // rows.shape[1], np.zeros(rows.shape[1])
    sums = _sums(rows, *gradients)
    if not (2 * sums[0] ** 2 <= count * sums[1]).all():  # the square of a mean exceeds the variance
        mean = sums[0] / count
        sums = _sums(rows, *gradients, less=_of_each(mean, rows.dtype))
        mean = mean.astype(rows.dtype)
    missing = sums[0] / count  # of the mean
    found = [mean + missing, np.maximum(sums[1] / count - missing**2, 0)]
    return [*found, sums[2] - missing * sums[3], sums[3]] if gradients else found


def _sums(rows: Array, *gradients: Array, less: Array | None = None) -> Array:
    """For each channel, in float64: the sum of the pixels, less a number, and that of their squares.

    Of gradients also the sum of their products with the pixels, and their own.
    """
    ones = np.ones(rows.shape[3], rows.dtype)
    sums = np.empty((4 if gradients else 2, *rows.shape[:3]), rows.dtype)
    for images in parts(rows, PART):
        pixels = rows[images]
        if less is not None:
            pixels = np.subtract(pixels, less, out=empty(pixels.shape, pixels.dtype))
        np.vecdot(pixels, ones, out=sums[0, images])
        np.vecdot(pixels, pixels, out=sums[1, images])
        for gradient in gradients:
            np.vecdot(pixels, gradient[images], out=sums[2, images])
            np.vecdot(gradient[images], ones, out=sums[3, images])
    return np.asarray(sums.sum(axis=(1, 3), dtype=np.float64))
