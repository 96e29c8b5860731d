"""Kernels of different sizes and depths as one stack of filters."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.ops.types import Floats, Pair

MOST_FILTERS = 8  # that slide together where a person chooses them


def stack_kernels(kernels: Sequence[Floats], channels: int) -> Floats:
    """Filters that slide together: smaller kernels lie centred among zeros, flat ones repeat for every channel.

    Parameters
    ----------
    kernels
        Each of shape (KH, KW) or (C, KH, KW).
    channels
        C of the input.

    Returns
    -------
    ndarray
        Shape (F, C, KH, KW), KH and KW the largest of all.

    Examples
    --------
    >>> stack_kernels([np.ones((1, 1)), np.ones((3, 1))], channels=2)[0]
    array([[[0.],
            [1.],
            [0.]],
    <BLANKLINE>
           [[0.],
            [1.],
            [0.]]])
    """
    height = max(kernel.shape[-2] for kernel in kernels)
    width = max(kernel.shape[-1] for kernel in kernels)
    fitted = [fit_kernel(kernel, (height, width)) for kernel in kernels]
    return np.stack([np.broadcast_to(kernel, (channels, height, width)) for kernel in fitted])


def fit_kernel(kernel: Floats, size: Pair) -> Floats:
    """The kernel centred in a grid of another size: cut, or surrounded by zeros.

    Examples
    --------
    >>> fit_kernel(np.array([[1.0, 2, 3]]), (1, 1)), fit_kernel(np.array([[2.0]]), (1, 3))
    (array([[2.]]), array([[0., 2., 0.]]))
    """
    for axis, wanted in ((-2, size[0]), (-1, size[1])):
        have = kernel.shape[axis]
        if have > wanted:
            start = (have - wanted) // 2
            kernel = np.take(kernel, range(start, start + wanted), axis=axis)
        elif have < wanted:
            before = (wanted - have) // 2
            widths = [(0, 0)] * kernel.ndim
            widths[axis] = (before, wanted - have - before)
            kernel = np.pad(kernel, widths)
    return kernel
