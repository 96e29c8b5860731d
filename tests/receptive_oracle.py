"""Receptive fields by brute force: a gradient of one through weights of one, in plain loops.

Shares no code with convviz. A layer is (kernel, stride, padding, dilation), each a pair, padding
((top, bottom), (left, right)).
"""

from __future__ import annotations

import numpy as np


def out_size(layer, size):
    kernel, stride, padding, dilation = layer
    return tuple(
        (size[a] + sum(padding[a]) - dilation[a] * (kernel[a] - 1) - 1) // stride[a] + 1
        for a in (0, 1)
    )


def sizes(stack, size):
    """Sizes of the input and of every map; None where a kernel does not fit."""
    found = [tuple(size)]
    for layer in stack:
        found.append(out_size(layer, found[-1]))
        if min(found[-1]) < 1:
            return None
    return found


def gradient(stack, unit, size):
    """The gradient of one unit of the last map with respect to the input: how many paths lead there."""
    chain = sizes(stack, size)
    grad = np.zeros(chain[-1])
    grad[unit] = 1
    for (kernel, stride, padding, dilation), before in zip(
        reversed(stack), chain[-2::-1], strict=True
    ):
        into = np.zeros(before)
        for i, j in np.argwhere(grad):
            for u in range(kernel[0]):
                for v in range(kernel[1]):
                    row = i * stride[0] + u * dilation[0] - padding[0][0]
                    column = j * stride[1] + v * dilation[1] - padding[1][0]
                    if 0 <= row < before[0] and 0 <= column < before[1]:
                        into[row, column] += grad[i, j]
        grad = into
    return grad


def span(mask):
    """(top, left, bottom, right) of what is not zero; bottom and right are one past it."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    return rows[0], columns[0], rows[-1] + 1, columns[-1] + 1
