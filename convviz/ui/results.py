"""Results kept for all sessions by the digest of what they were made from: the latest of each function."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from math import inf
from typing import Any

_all: list[Results] = []


class Results:
    """The latest results of one function."""

    def __init__(self, most: int, megabytes: float = inf) -> None:
        """Keep `most` of them, and arrays of so many megabytes together; the latest in any case."""
        self._most, self._most_bytes = most, megabytes * 2**20
        self._kept: OrderedDict[str, Any] = OrderedDict()  # the one used last at the end
        self._making: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        _all.append(self)

    def get(self, key: str, make: Callable[[], Any]) -> Any:
        """The result with a key, made now if there is none; while it is made, others wait for it."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            making = self._making.setdefault(key, threading.Lock())
        with making:
            if key not in self._kept:
                try:
                    made = make()
                    with self._lock:
                        self._kept[key] = made
                        while len(self._kept) > 1 and self._are_too_many():
                            self._kept.popitem(last=False)
                finally:
                    self._making.pop(key, None)
                return made
        return self.get(key, make)

    def _are_too_many(self) -> bool:
        used = sum(getattr(each, "nbytes", 0) for each in self._kept.values())
        return len(self._kept) > self._most or used > self._most_bytes

    def forget(self) -> None:
        """Keep none."""
        with self._lock:
            self._kept.clear()


def forget_results() -> None:
    """Forget the results of all functions."""
    for results in _all:
        results.forget()
