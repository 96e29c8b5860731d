"""Which numbers the operations compute with.

- `convviz.ops` takes NumPy arrays of float32 or of float64, all of one dtype, and returns that dtype. It refuses
  anything else with a TypeError that names the array: whole numbers would wrap around, or be cut off.
- The course's functions (`convviz.cs231n`, and the loops in `convviz.ops.naive` that it hands out) also take whole
  numbers, and mixtures, as the course's notebooks do: float64 data and float32 weights. They compute in float32 if
  every array is float32, else in float64.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from convviz.ops.types import Array

FLOATS = (np.dtype(np.float32), np.dtype(np.float64))


def check_dtypes(**arrays: Any) -> None:
    """Refuse anything but arrays that are all float32 or all float64.

    Raises
    ------
    TypeError
        Naming the array.

    Examples
    --------
    >>> check_dtypes(x=np.zeros(2), w=np.zeros(2, dtype=np.float32))
    Traceback (most recent call last):
        ...
    TypeError: w has dtype float32 but x has float64: use one dtype
    """
    first = next(iter(arrays))
    for name, array in arrays.items():
        _check_array(name, array)
        if array.dtype not in FLOATS:
            raise TypeError(f"{name} has dtype {array.dtype}: use float32 or float64")
        if array.dtype != arrays[first].dtype:
            raise TypeError(
                f"{name} has dtype {array.dtype} but {first} has {arrays[first].dtype}: use one dtype"
            )


def in_one_dtype(**arrays: Any) -> list[Array]:
    """The arrays in float32 if every one of them is, else in float64; none is copied that has the dtype already.

    Raises
    ------
    TypeError
        If one is no array, or holds anything but real numbers of at most 64 bits.

    Examples
    --------
    >>> x, w = in_one_dtype(x=np.zeros(2), w=np.zeros(2, dtype=np.float32))
    >>> x.dtype, w.dtype
    (dtype('float64'), dtype('float64'))
    """
    for name, array in arrays.items():
        _check_array(name, array)
        if array.dtype.kind not in "biuf" or array.dtype.itemsize > 8:
            raise TypeError(f"{name} has dtype {array.dtype}: use float32 or float64")
    every = all(array.dtype == np.float32 for array in arrays.values())
    return [array.astype(FLOATS[not every], copy=False) for array in arrays.values()]


def _check_array(name: str, array: object) -> None:
    if not isinstance(array, np.ndarray):
        raise TypeError(f"{name} is a {type(array).__name__}: use a NumPy array")
