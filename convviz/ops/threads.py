"""BLAS on one thread, where its matrix products are too small to be shared.

A convolution makes thousands of small matrix products. Handing half of each to another thread costs more than it
saves, and on a busy processor the threads wait for each other: a training took three times as long. So whoever
makes such products calls `one_blas_thread`; large products elsewhere keep all threads.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import numpy as np

_lock = threading.Lock()
_inside = {
    "count": 0,
    "before": 1,
}  # how many threads are inside, and BLAS's threads before the first came


@contextmanager
def one_blas_thread() -> Iterator[None]:
    """Let OpenBLAS, the library in NumPy's own packages, use one thread; other libraries are left alone.

    Examples
    --------
    >>> with one_blas_thread():
    ...     np.ones((2, 2)) @ np.ones((2, 2))
    array([[2., 2.],
           [2., 2.]])
    """
    get, put = _openblas()
    with _lock:
        _inside["count"] += 1
        if _inside["count"] == 1:
            _inside["before"] = get()
            put(1)
    try:
        yield
    finally:
        with _lock:
            _inside["count"] -= 1
            if _inside["count"] == 0:
                put(_inside["before"])


@cache
def _openblas() -> tuple[Callable[[], int], Callable[[int], None]]:
    """Its functions that return and set the number of threads; functions that do nothing, if it is not there."""
    for path in (Path(np.__file__).parents[1] / "numpy.libs").glob("*openblas*"):
        library = ctypes.CDLL(str(path))
        for suffix in ("64_", ""):
            get = getattr(library, f"scipy_openblas_get_num_threads{suffix}", None)
            put = getattr(library, f"scipy_openblas_set_num_threads{suffix}", None)
            if get is not None and put is not None:
                put.restype, put.argtypes = None, [ctypes.c_int]
                return get, put
    return lambda: 1, lambda _count: None
