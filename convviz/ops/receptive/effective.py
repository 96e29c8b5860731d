"""The effective receptive field: how much each input pixel really moves a unit, not only whether it can.

It is the gradient of one unit with respect to the input, taken through the real stack. For a stack of equal
kernels of equal weights it is the n-fold convolution of the kernel with itself: nearly a Gaussian, whose width
grows with the square root of the depth, while the theoretical field grows with the depth itself.

Source: Luo, Li, Urtasun and Zemel, "Understanding the Effective Receptive Field in Deep Convolutional Neural
Networks", NeurIPS (2016).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from convviz.ops.conv import conv2d_backward
from convviz.ops.errors import SpecError
from convviz.ops.masks import selected
from convviz.ops.pool import avg_pool2d_backward, max_pool2d_backward
from convviz.ops.receptive.stack import Stack, run, uniform_weights
from convviz.ops.types import Array

SHARE = 1 - 0.9545  # of the peak; a pixel below it does not count (Luo et al.)


def effective_field(x: Array, stack: Stack, row: int, col: int) -> Array:
    """The gradient of one unit with respect to the input.

    Parameters
    ----------
    x
        Input, shape (C, H, W), float64. It matters only where a ReLU or a maximum chooses.
    stack
        What it goes through.
    row, col
        The unit; if the last layer has several maps, the sum of theirs.

    Returns
    -------
    ndarray
        Shape (C, H, W): how much the unit's value grows for each unit of a pixel's.

    Examples
    --------
    >>> two = [(3,), (3,)]
    >>> stack = Stack.make(two, uniform_weights(two))
    >>> (effective_field(np.ones((1, 5, 5)), stack, 0, 0)[0] * 81).round()
    array([[1., 2., 3., 2., 1.],
           [2., 4., 6., 4., 2.],
           [3., 6., 9., 6., 3.],
           [2., 4., 6., 4., 2.],
           [1., 2., 3., 2., 1.]])
    """
    *inputs, out = run(x, stack)
    if not (0 <= row < out.shape[1] and 0 <= col < out.shape[2]):
        raise SpecError(
            "row, col",
            (row, col),
            out.shape[1:],
            "unit {value} lies outside the map of {limit}",
            "use a row and column inside it",
        )
    grad = np.zeros_like(out)
    grad[:, row, col] = 1
    for level in range(len(stack.layers) - 1, -1, -1):
        if stack.relu and level < len(stack.layers) - 1 and stack.weights[level] is not None:
            grad = selected(grad, inputs[level + 1] > 0)  # where the ReLU was open
        grad = _backward(grad, inputs[level], stack, level)
    return grad


@dataclass(frozen=True)
class GaussianFit:
    """A Gaussian with the mean and the deviation of an influence map, each (rows, columns) in pixels."""

    centre: tuple[float, float]
    sigma: tuple[float, float]

    @property
    def width(self) -> tuple[float, float]:
        """From two deviations on one side to two on the other: 95.45 % of the influence along an axis."""
        return 4 * self.sigma[0], 4 * self.sigma[1]

    def profile(self, columns: Array) -> Array:
        """Density along the second axis at these columns.

        Examples
        --------
        >>> GaussianFit((0.0, 1.0), (1.0, 0.5)).profile(np.array([1.0])).round(4)
        array([0.7979])
        """
        sigma = max(self.sigma[1], 1e-9)
        bell = np.exp(-0.5 * ((columns - self.centre[1]) / sigma) ** 2)
        return np.asarray(bell / (sigma * np.sqrt(2 * np.pi)))


def influence(gradients: Iterable[Array]) -> Array:
    """Mean absolute gradient over samples and channels, shape (H, W), from gradients (C, H, W)."""
    return np.asarray(np.mean([np.abs(gradient).mean(axis=0) for gradient in gradients], axis=0))


def fit_gaussian(influence: Array) -> GaussianFit | None:
    """Fit by moments; None where there is no influence at all, as behind a ReLU that is shut.

    Examples
    --------
    >>> fit_gaussian(np.array([[0.0, 0, 0], [1, 2, 1], [0, 0, 0]]))
    GaussianFit(centre=(1.0, 1.0), sigma=(0.0, 0.7071067811865476))
    """
    total = influence.sum()
    if total <= 0:
        return None
    centre, sigma = [], []
    for axis in (0, 1):
        share = influence.sum(axis=1 - axis) / total  # (H,) or (W,)
        place = np.arange(len(share))
        mean = float((share * place).sum())
        centre.append(mean)
        sigma.append(float(np.sqrt((share * (place - mean) ** 2).sum())))
    return GaussianFit((centre[0], centre[1]), (sigma[0], sigma[1]))


def effective_size(influence: Array) -> float:
    """Side of a square with as many pixels as have more than 4.55 % of the largest influence (Luo et al.).

    Examples
    --------
    >>> effective_size(np.array([[0.04, 1.0], [0.05, 0.2]]))
    1.7320508075688772
    """
    return float(np.sqrt((influence > SHARE * influence.max()).sum()))


@dataclass(frozen=True)
class Growth:
    """Widths of the field of a stack, along its columns.

    Parameters
    ----------
    depth
        Number of convolutions.
    theoretical
        Pixels the field spans.
    sigma
        Deviation of the fitted Gaussian.
    counted
        `effective_size`.
    """

    depth: int
    theoretical: int
    sigma: float
    counted: float


def growth(depths: Iterable[int], kernel: int) -> list[Growth]:
    """How the field widens with depth, measured on stacks of ``kernel`` × ``kernel`` means, stride 1.

    Examples
    --------
    >>> for row in growth([5, 20], kernel=3):
    ...     print(row.theoretical, round(row.sigma, 3), round(row.counted, 3))
    11 1.826 8.307
    41 3.651 16.155
    """
    rows = []
    for depth in depths:
        side = depth * (kernel - 1) + 1
        layers = [(kernel,)] * depth
        stack = Stack.make(layers, uniform_weights(layers))
        gradient = effective_field(np.zeros((1, side, side)), stack, 0, 0)[0]
        fit = fit_gaussian(gradient)
        assert fit is not None, "means let everything through"
        rows.append(Growth(depth, side, fit.sigma[0], effective_size(gradient)))
    return rows


def _backward(grad: Array, x: Array, stack: Stack, level: int) -> Array:
    """From the gradient of a layer's output to that of its input."""
    window, w = stack.layers[level].at((x.shape[1], x.shape[2])), stack.weights[level]
    if w is not None:
        return conv2d_backward(grad, x, w, window.stride, window.padding, window.dilation)[0]
    if stack.pooling == "max":
        return max_pool2d_backward(
            grad, x, window.kernel, window.stride, window.padding, window.dilation
        )
    return avg_pool2d_backward(grad, x, window.kernel, window.stride, window.padding)
