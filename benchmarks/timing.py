"""How calls are timed beside each other on a machine that others use too.

Each round makes every call once, in another order, so that all see the same machine. On one thread the time is
that of the thread's processor, and calls that had to wait for it are left out: their cache was taken meanwhile.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Call = Callable[[], Any]
SECONDS, ROUNDS, LEAST = 6.0, 40, 7  # of each row
WAITED = 1.2  # times its processor's time: the call had to wait


@dataclass(frozen=True)
class Timed:
    """Rounds of one row.

    Parameters
    ----------
    seconds
        For each call by name, its time in every round that counts.
    rounds
        How many rounds there were.
    """

    seconds: dict[str, npt.NDArray[np.float64]]
    rounds: int

    def middle(self, name: str) -> float:
        """Median of a call's milliseconds."""
        return float(np.median(self.seconds[name])) * 1000

    def ratio(self, name: str, other: str) -> tuple[float, float, float]:
        """Of the rounds' quotients of two calls the median, and the quartiles."""
        low, middle, high = np.percentile(self.seconds[name] / self.seconds[other], [25, 50, 75])
        return float(middle), float(low), float(high)


def compare(calls: Mapping[str, Call], threads: int = 1) -> Timed:
    """Time some calls beside each other."""
    for call in calls.values():
        call()
    names, rows = list(calls), []
    begun = time.perf_counter()
    while len(rows) < ROUNDS and (len(rows) < LEAST or time.perf_counter() - begun < SECONDS):
        random.shuffle(names)
        rows.append({name: _time(calls[name]) for name in names})
    # The rounds in which the calls had to wait least: all that did not wait, but no fewer than LEAST.
    waits = [max(wall / max(cpu, 1e-9) for wall, cpu in row.values()) for row in rows]
    kept = sorted(range(len(rows)), key=waits.__getitem__)
    kept = kept[: max(LEAST, sum(wait <= WAITED for wait in waits))]
    which = 1 if threads == 1 else 0
    seconds = {name: np.array([rows[k][name][which] for k in kept]) for name in names}
    return Timed(seconds, len(rows))


def _time(call: Call) -> tuple[float, float]:
    """Wall time and the thread's processor time."""
    wall, cpu = time.perf_counter(), time.thread_time()
    call()
    cpu = time.thread_time() - cpu
    return time.perf_counter() - wall, cpu
