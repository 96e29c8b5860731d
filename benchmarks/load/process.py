"""What the processes of a server cost, as Linux counts it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")


def family(pids: Iterable[int]) -> list[int]:
    """These processes and all that they have started, such as those that decode photos."""
    children: dict[int, list[int]] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            children.setdefault(int(_fields(path)[1]), []).append(int(path.parent.name))
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
        fields = _fields(Path(f"/proc/{pid}/stat"))
        ticks += sum(map(int, fields[11:15]))  # its own, and that of children which have ended
    return ticks / TICK


def memory_mb(pids: Iterable[int]) -> float:
    """What they hold in memory; what several share counts once."""
    kilobytes = 0
    for pid in family(pids):
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        kilobytes += int(text.partition("\nPss:")[2].split()[0])
    return kilobytes / 1024


def _fields(path: Path) -> list[str]:
    """The fields after the name, which may hold spaces."""
    return path.read_text().rpartition(")")[2].split()
