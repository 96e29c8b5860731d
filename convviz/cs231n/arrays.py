"""Mixed dtypes, which the course's networks have and `convviz.ops` refuses."""

from __future__ import annotations

import numpy as np

from convviz.ops.types import Array


def in_one_dtype(*arrays: Array) -> list[Array]:
    """The arrays in the dtype that arithmetic on all of them gives; none is copied that has it.

    The course's data are float64 and the weights of its networks float32.

    Examples
    --------
    >>> x, w = in_one_dtype(np.zeros(2), np.zeros(2, dtype=np.float32))
    >>> x.dtype, w.dtype
    (dtype('float64'), dtype('float64'))
    """
    dtype = np.result_type(*arrays)
    return [array.astype(dtype, copy=False) for array in arrays]
