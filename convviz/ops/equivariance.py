"""Does shifting the input shift the output? Exactly, or how far from it.

A map f is equivariant to a shift g if f(g(x)) = g(f(x)). A convolution with stride 1 is, away from the borders;
with circular padding everywhere. Strides, pools and padding break it.

Sources: Goodfellow, Bengio and Courville, Deep Learning (2016), section 9.2; Zhang, "Making Convolutional Networks
Shift-Invariant Again", ICML (2019).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import comb

import numpy as np

from convviz.ops.conv import conv2d
from convviz.ops.errors import require_int, require_word
from convviz.ops.types import Array, Pair


@dataclass(frozen=True, eq=False)
class Commutation:
    """Both orders of shifting and computing, and how they differ.

    Parameters
    ----------
    shifted_first
        f(shift(x)).
    shifted_after
        shift(f(x)), shifted by what the input's shift is in the output.
    exact_shift
        False if the input's shift is no whole number of output cells, so that no shift of the output equals it.
    """

    shifted_first: Array
    shifted_after: Array
    exact_shift: bool

    @property
    def difference(self) -> Array:
        """Of the two, cell by cell."""
        return np.asarray(self.shifted_first - self.shifted_after)

    @property
    def largest(self) -> float:
        """Largest absolute difference."""
        return float(np.abs(self.difference).max())

    @property
    def relative(self) -> float:
        """Length of the difference over length of the output; 0 where both are 0."""
        length = float(np.linalg.norm(self.shifted_after))
        return float(np.linalg.norm(self.difference)) / length if length else self.largest


def shift(x: Array, by: Pair, fill: str = "circular") -> Array:
    """Move everything down and to the right.

    Parameters
    ----------
    x
        Array whose last two axes are rows and columns.
    by
        (rows, columns); negative ones move up and to the left.
    fill
        What comes in: "circular" for what went out on the other side, "zeros" for zeros.

    Examples
    --------
    >>> shift(np.array([[1, 2, 3]]), (0, 1)), shift(np.array([[1, 2, 3]]), (0, -1), "zeros")
    (array([[3, 1, 2]]), array([[2, 3, 0]]))
    """
    require_word("fill", fill, ("circular", "zeros"))
    moved = np.roll(x, by, axis=(-2, -1))
    if fill == "zeros":
        for axis, step in ((-2, by[0]), (-1, by[1])):
            rolled = np.moveaxis(moved, axis, 0)
            came_in = slice(0, step) if step >= 0 else slice(step, None)
            rolled[came_in] = 0
    return moved


def commutation(
    compute: Callable[[Array], Array], x: Array, by: Pair, stride: int = 1, fill: str = "circular"
) -> Commutation:
    """Compare computing on the shifted input with shifting what was computed.

    Parameters
    ----------
    compute
        From (..., H, W) to (..., OH, OW).
    x
        Input.
    by
        (rows, columns) of the input.
    stride
        Input cells from one output cell to the next; the output is shifted by ``by // stride``.
    fill
        As for `shift`.

    Examples
    --------
    A maximum of pairs, before and after a shift by one (Zhang, 2019, figure 3):

    >>> x = np.array([[0.0, 0, 1, 1, 0, 0, 1, 1]])
    >>> from convviz import max_pool2d
    >>> result = commutation(lambda x: max_pool2d(x[None], (1, 2))[0], x, (0, 1), stride=2)
    >>> result.shifted_first, result.shifted_after, result.exact_shift
    (array([[1., 1., 1., 1.]]), array([[0., 1., 0., 1.]]), False)
    """
    require_int("stride", stride, least=1)
    out_by = (by[0] // stride, by[1] // stride)
    return Commutation(
        compute(shift(x, by, fill)),
        shift(compute(x), out_by, fill),
        by[0] % stride == 0 and by[1] % stride == 0,
    )


def blur_pool(x: Array, taps: int = 3, stride: int = 2, padding_mode: str = "reflect") -> Array:
    """Blur with a row of Pascal's triangle in both directions, then keep every ``stride``-th cell.

    Parameters
    ----------
    x
        Shape (C, H, W) or (N, C, H, W); float32 or float64.
    taps
        1 only thins out, 2 is [1, 1], 3 is [1, 2, 1], 5 is [1, 4, 6, 4, 1], each scaled to sum 1.
    stride
        Cells from one output to the next.
    padding_mode
        What lies beyond the border, as for `convviz.conv2d`; the odd cell is added after.

    Notes
    -----
    The recipe of Zhang (2019): MaxPool with stride 2 becomes MaxPool with stride 1 and this; a convolution with
    stride 2 becomes one with stride 1, ReLU and this; AvgPool becomes this.

    Examples
    --------
    >>> x = np.array([[[0.0, 0, 1, 1, 0, 0, 1, 1]]])
    >>> blur_pool(x.repeat(3, axis=1), padding_mode="circular")[0, 0]
    array([0.25, 0.75, 0.25, 0.75])
    """
    require_int("taps", taps, least=1)
    row = np.array([comb(taps - 1, k) for k in range(taps)], dtype=x.dtype)
    kernel = np.outer(row, row) / row.sum() ** 2  # (taps, taps)
    channels = x.shape[-3]
    w = np.ascontiguousarray(np.broadcast_to(kernel, (channels, 1, taps, taps)))  # (C, 1, K, K)
    before, after = (taps - 1) // 2, taps // 2
    sides = ((before, after), (before, after))
    return conv2d(x, w, stride=stride, padding=sides, groups=channels, padding_mode=padding_mode)


def global_average(x: Array) -> Array:
    """The mean of each map: the same wherever its content lies.

    Examples
    --------
    >>> x = np.zeros((1, 4, 4)); x[0, 1, 2] = 8
    >>> global_average(x), global_average(shift(x, (2, 1)))
    (array([0.5]), array([0.5]))
    """
    return np.asarray(x.mean(axis=(-2, -1)))
