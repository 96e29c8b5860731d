"""Arrays in memory that is used again: asking the system for fresh pages costs more than many operations do.

The system hands out memory page by page and fills each page with zeros when it is first touched: for the maps of a
photo that takes as long as computing them. So the process remembers the blocks it has had, also for the threads
that come after, such as the one of each run of a page. A block is lent to an array, and is free again as soon as
neither this array nor any view of it is left:

    block   |######## 8 MB ########|        the process remembers it
    lease        ^ each array on the block holds its lease; the process only watches whether the lease still lives
    array   out, out[0], out.T, ...
"""

from __future__ import annotations

import threading
from math import prod
from typing import Any
from weakref import ref

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Array, Shape

SMALLEST, LARGEST = 1 << 12, 1 << 24  # bytes: smaller blocks cost little, and larger ones last long
MOST = 3 << 24  # bytes of free blocks that are kept
_ALIGNED = 64  # bytes of a cache line


class _Lease:
    """What every array on a block holds on to, so that its end is the end of them all."""

    def __init__(
        self, memory: npt.NDArray[np.uint8], address: int, shape: Shape, dtype: np.dtype[Any]
    ):
        self.memory = memory  # outlives the list of blocks
        self.__array_interface__ = {
            "version": 3,
            "data": (address, False),
            "shape": shape,
            "typestr": dtype.str,
        }


class _Block:
    def __init__(self, size: int):
        self.bytes, self.size = np.empty(size + _ALIGNED, dtype=np.uint8), size
        address = self.bytes.ctypes.data
        self.address = address + -address % _ALIGNED
        self.lease: ref[_Lease] | None = None

    @property
    def free(self) -> bool:
        """Whether no array is left on it."""
        return self.lease is None or self.lease() is None

    def lend(self, shape: Shape, dtype: np.dtype[Any]) -> Array:
        """An array on it."""
        lease = _Lease(self.bytes, self.address, shape, dtype)
        self.lease = ref(lease)
        return np.asarray(lease)


class _Blocks:
    """The blocks, those last used at the end."""

    def __init__(self) -> None:
        self.all: list[_Block] = []
        self.lock = threading.Lock()


_blocks = _Blocks()


def empty(shape: Shape, dtype: npt.DTypeLike) -> Array:
    """An array as from ``np.empty``, in memory that an array before it has left if there is some.

    Examples
    --------
    >>> first = empty((100, 100), np.float32)
    >>> where = first.ctypes.data
    >>> del first
    >>> empty((50, 200), np.float32).ctypes.data == where
    True
    """
    dtype = np.dtype(dtype)
    size = prod(shape) * dtype.itemsize
    if not SMALLEST <= size <= LARGEST:
        return np.empty(shape, dtype)
    size = rounded(size)
    with _blocks.lock:
        for block in reversed(_blocks.all):  # of the latest, more may still be in the cache
            if block.size == size and block.free:
                _blocks.all.remove(block)
                _blocks.all.append(block)
                return block.lend(shape, dtype)
        block = _Block(size)
        _blocks.all.append(block)
        array = block.lend(shape, dtype)
        _forget_surplus()
        return array


def rounded(size: int) -> int:
    """The next of eight sizes from each power of two to the next: so that few sizes occur, and often.

    So a loop that asks for the same arrays in the same order finds a free block for each.

    Examples
    --------
    >>> rounded(8192), rounded(8193), rounded(9000)
    (8192, 9216, 9216)
    """
    step = 1 << max(0, size.bit_length() - 4)
    return -(-size // step) * step


def zeros(shape: Shape, dtype: npt.DTypeLike) -> Array:
    """The same, filled with 0."""
    array = empty(shape, dtype)
    array.fill(0)
    return array


def _forget_surplus() -> None:
    """Give the free blocks used longest ago back to the system, until the rest is no more than `MOST`."""
    kept = 0
    for block in reversed(_blocks.all.copy()):
        if block.free:
            kept += block.size
            if kept > MOST:
                _blocks.all.remove(block)
