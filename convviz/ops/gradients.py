"""Gradients to start a backward pass with, if there is no network above that would send one."""

from __future__ import annotations

import numpy as np

from convviz.ops.types import Floats, Shape


def ones(shape: Shape) -> Floats:
    """The gradient of the sum of all outputs.

    Examples
    --------
    >>> ones((1, 2))
    array([[1., 1.]])
    """
    return np.ones(shape)


def one_cell(shape: Shape, row: int, column: int) -> Floats:
    """The gradient of a single output cell, the same one in every plane.

    Examples
    --------
    >>> one_cell((1, 1, 2, 2), 0, 1)[0, 0]
    array([[0., 1.],
           [0., 0.]])
    """
    gradient = np.zeros(shape)
    gradient[..., row, column] = 1
    return gradient


def random(shape: Shape, seed: int) -> Floats:
    """Normally distributed numbers, rounded to one decimal so that they can be followed.

    Examples
    --------
    >>> random((2,), seed=0)
    array([ 0.1, -0.1])
    """
    return np.random.default_rng(seed).normal(size=shape).round(1) + 0.0


def of_mean_square(out: Floats) -> Floats:
    """The gradient of the loss ``mean(out²) / 2``: ``out`` over the number of its cells.

    Examples
    --------
    >>> of_mean_square(np.array([2.0, -4.0]))
    array([ 1., -2.])
    """
    return out / out.size


def in_every_plane(numbers: Floats, shape: Shape) -> Floats:
    """The same numbers, (rows, columns), in every plane of a gradient.

    Examples
    --------
    >>> in_every_plane(np.array([[5.0]]), (1, 2, 1, 1)).tolist()
    [[[[5.0]], [[5.0]]]]
    """
    return np.array(np.broadcast_to(numbers, shape))
