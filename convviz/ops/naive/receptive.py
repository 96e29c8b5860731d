"""The recurrence of receptive fields as a loop over layers, the one the stepper shows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.ops.types import Floats


def receptive_loop(e: Sequence[int], s: Sequence[int]) -> tuple[Floats, Floats]:
    """Field and jump after every layer, along one axis.

    Parameters
    ----------
    e
        Extents of the kernels: ``dilation * (kernel - 1) + 1``, one for each of L layers.
    s
        Their strides.

    Returns
    -------
    r, j
        Shape (L + 1,) each: pixels one unit sees, and pixels from one unit to the next; first of the input.

    Examples
    --------
    >>> receptive_loop([11, 3, 5], [4, 2, 1])
    (array([ 1., 11., 19., 51.]), array([1., 4., 8., 8.]))
    """
    L = len(e)
    r, j = np.ones(L + 1), np.ones(L + 1)
    for layer in range(L):  # from the input on
        r[layer + 1] = r[layer] + (e[layer] - 1) * j[layer]
        j[layer + 1] = j[layer] * s[layer]
    return r, j
