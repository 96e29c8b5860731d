"""How many threads a convolution uses: one, or as many as `use_threads` or ``CONVVIZ_THREADS`` says.

A convolution makes thousands of small matrix products. Handing half of each to another thread costs more than it
saves, and on a busy processor the threads wait for each other: a training took three times as long. So BLAS gets
one thread (`one_blas_thread`), and with more threads each of them works on a tile of its own (`do_each`): NumPy
lets go of Python's lock while it copies and multiplies. What has fewer than `LEAST` multiplications stays on the
thread that asks: to wake others up and to share the cache with them takes longer than they save. The default is
one thread, because a server computes for many people at once, and they share the processors already.
"""

from __future__ import annotations

import ctypes
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

# Multiplications from which on several threads are faster. Measured on two processors where nothing else ran: up
# to 29 million two threads took between a quarter more and a quarter less, from 57 million on an eighth to 45 %
# less (the column "÷ one thread" of benchmarks/RESULTS.md).
LEAST = 50_000_000

_lock = threading.Lock()
# How many threads are inside, and BLAS's threads before the first came.
_inside = {"count": 0, "before": 1}

_setting: dict[str, int] = {}


def threads() -> int:
    """How many threads a convolution uses.

    Raises
    ------
    ValueError
        If ``CONVVIZ_THREADS`` is not a whole number from 1 on.
    """
    if "count" not in _setting:
        said = os.environ.get("CONVVIZ_THREADS", "1")
        use_threads(int(said) if said.isascii() and said.isdigit() else 0)
    return _setting["count"]


def use_threads(count: int) -> None:
    """Let convolutions use so many threads from now on. The numbers stay the same to the last bit.

    Raises
    ------
    ValueError
        If the number is less than 1.
    """
    if count < 1:
        raise ValueError(
            "The number of threads (CONVVIZ_THREADS) must be a whole number from 1 on."
        )
    _setting["count"] = count


def do_each(
    work: Callable[..., None], tiles: Iterable[tuple[Any, ...]], multiplications: int
) -> None:
    """Do the work for each tile, on `threads()` threads if it has so many multiplications that they help."""
    for _nothing in results(work, tiles, multiplications):
        pass


def results(
    work: Callable[..., Any], tiles: Iterable[tuple[Any, ...]], multiplications: int
) -> Iterator[Any]:
    """Do the same and yield the results in the order of the tiles, so that a sum of them is always the same sum.

    Examples
    --------
    >>> list(results(pow, [(2, 3), (3, 2)], multiplications=4))
    [8, 9]
    """
    count = threads() if multiplications >= LEAST else 1
    if count == 1:
        yield from (work(*tile) for tile in tiles)
        return
    waiting: deque[Future[Any]] = deque()
    for tile in tiles:
        waiting.append(_pool(count).submit(work, *tile))
        if len(waiting) > count:  # few tiles at a time hold memory
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@cache
def _pool(count: int) -> ThreadPoolExecutor:
    return ThreadPoolExecutor(count, "convviz tile")


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
