"""A layer as the matrix it is: which input enters which output, and with which weight."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.ops.counting import CONNECTINGS, Connecting, LayerShape
from convviz.ops.errors import SpecError, require_word
from convviz.ops.index import tap_index

LARGEST_MATRIX = 40_000  # entries: what can be drawn


def connection_matrix(shape: LayerShape, connecting: Connecting) -> npt.NDArray[np.int64]:
    """The layer as the matrix it multiplies its flattened input by, each entry named by its weight.

    Parameters
    ----------
    shape
        Its sizes.
    connecting
        "dense", "local" or "conv".

    Returns
    -------
    ndarray of int
        Shape (F * OH * OW, C * H * W). Entries with the same number share that weight; -1 is no connection.
        A convolution's weight ``w[f, c, u, v]`` has its flat position in w.

    Raises
    ------
    SpecError
        If the matrix would have more than `LARGEST_MATRIX` entries.

    Examples
    --------
    >>> from convviz import Window2d
    >>> row = LayerShape(1, (1, 4), 1, Window2d.make((1, 2)))
    >>> connection_matrix(row, "conv")
    array([[ 0,  1, -1, -1],
           [-1,  0,  1, -1],
           [-1, -1,  0,  1]])
    >>> connection_matrix(row, "local")
    array([[ 0,  1, -1, -1],
           [-1,  2,  3, -1],
           [-1, -1,  4,  5]])
    """
    require_word("connecting", connecting, CONNECTINGS)
    entries = shape.inputs * shape.outputs
    if entries > LARGEST_MATRIX:
        raise SpecError(
            "shape",
            entries,
            LARGEST_MATRIX,
            "the matrix has {value:,} entries, more than the {limit:,} that are drawn",
            "take a smaller input, or fewer channels or filters",
        )
    if connecting == "dense":
        return np.arange(entries).reshape(shape.outputs, shape.inputs)
    plane = shape.size[0] * shape.size[1]
    index = tap_index(shape.window, shape.size)  # (OH, OW, KH, KW)
    index = index.reshape(-1, index.shape[2] * index.shape[3])  # (OH*OW, KH*KW)
    matrix = np.full((shape.filters, len(index), shape.channels, plane), -1)
    tap = np.arange(index.shape[1])
    place, at = np.nonzero(index >= 0)
    for f in range(shape.filters):
        for c in range(shape.channels):
            weight = (f * shape.channels + c) * len(tap) + tap[at]
            if connecting == "local":  # the weights of every place follow those of the place before
                weight = ((f * len(index) + place) * shape.channels + c) * len(tap) + tap[at]
            matrix[f, place, c, index[place, at]] = weight
    return matrix.reshape(shape.outputs, shape.inputs)
