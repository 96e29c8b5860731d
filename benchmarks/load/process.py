"""What the processes of a server cost, as Linux counts it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def family(pids: Iterable[int]) -> list[int]:
    """These processes and all that they have started, such as those that decode photos."""
    children: dict[int, list[int]] = {}
    for pid in (int(path.name) for path in Path("/proc").glob("[0-9]*")):
        try:
            children.setdefault(int(fields(pid)[1]), []).append(pid)
        except OSError:  # it has ended meanwhile
            continue
    found, new = [], [*pids]
    while new:
        pid = new.pop()
        found.append(pid)
        new += children.get(pid, [])
    return found


def cpu_seconds(pids: Iterable[int]) -> float:
    """What they have used of the processors so far."""
    ticks = 0
    for pid in family(pids):
        ticks += sum(map(int, fields(pid)[11:15]))  # its own, and that of children which have ended
    return ticks / TICK


def memory_mb(pids: Iterable[int]) -> float:
    """What they hold in memory; what several share counts once."""
    kilobytes = 0
    for pid in family(pids):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        kilobytes += int(text.partition("\nPss:")[2].split()[0])
    return kilobytes / 1024


def fields(pid: int) -> list[str]:
    """What Linux says of a process after its name, which may hold spaces."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
