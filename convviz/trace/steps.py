"""A scene read as a sequence of steps, one at a time and on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from convviz.ops.types import Floats
from convviz.trace.panel import Ints
from convviz.trace.scene import Phase, Scene


@dataclass(frozen=True)
class Step:
    """What happens at one step."""

    loops: dict[str, int]  # value of each loop variable
    phase: Phase  # the phase the step belongs to; `phase.line` is the source line
    # Which tap is handled, counted from 0; None in a phase that does not go tap by tap.
    tap: int | None
    reads: dict[str, Ints]  # flat positions read, by access key
    # Flat positions written, by access key. Where terms are added tap by tap, the tap's own cell.
    writes: dict[str, Ints]
    terms: Floats  # the terms known so far of the latest phase that has any
    running: float  # their sum or maximum so far; 0 before the first of them


class Trace(Sequence[Step]):
    """The steps of a scene. Nothing is stored: step ``i`` is worked out when it is asked for.

    Examples
    --------
    >>> import numpy as np
    >>> from convviz.trace import Trace, conv_scene
    >>> x = np.arange(9.0).reshape(1, 1, 3, 3)
    >>> w = np.array([[[[1.0, 0.0], [0.0, -1.0]]]])
    >>> trace = Trace(conv_scene(x, w))
    >>> len(trace)  # 4 cells, each: cut the window, 4 products, 1 sum
    24
    >>> trace[5].loops, trace[5].running
    ({'n': 0, 'f': 0, 'i': 0, 'j': 0}, -4.0)
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self._slots = [
            (phase, tap)
            for phase in scene.phases
            for tap in (range(scene.taps) if phase.by_tap else (None,))
        ]

    def __len__(self) -> int:
        return self.scene.visits * self.scene.steps_per_visit

    @overload
    def __getitem__(self, index: int) -> Step: ...
    @overload
    def __getitem__(self, index: slice) -> list[Step]: ...
    def __getitem__(self, index: int | slice) -> Step | list[Step]:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        if not -len(self) <= index < len(self):
            raise IndexError(f"step {index} of {len(self)}")
        visit, slot = divmod(index % len(self), self.scene.steps_per_visit)
        phase, tap = self._slots[slot]
        loops = self.loops(visit)
        terms, fold = self._known_terms(loops, slot)
        return Step(
            loops=dict(zip((name for name, _ in self.scene.loops), loops, strict=True)),
            phase=phase,
            tap=tap,
            reads={key: self._cells(key, loops) for key in (*phase.reads, *phase.factors)},
            writes=self._written(phase, tap, loops),
            terms=terms,
            running=float((np.max if fold == "max" else np.sum)(terms)) if terms.size else 0.0,
        )

    def loops(self, visit: int) -> tuple[int, ...]:
        """Values of the loop variables at a visit, outermost first."""
        values = np.unravel_index(visit, [length for _, length in self.scene.loops])
        return tuple(int(value) for value in values)

    def _cells(self, key: str, loops: tuple[int, ...]) -> Ints:
        return self.scene.accesses[key].cells(loops)

    def _written(self, phase: Phase, tap: int | None, loops: tuple[int, ...]) -> dict[str, Ints]:
        if phase.writes is None:
            return {}
        cells = self._cells(phase.writes, loops)
        return {phase.writes: cells if tap is None else cells[tap : tap + 1]}

    def _known_terms(self, loops: tuple[int, ...], slot: int) -> tuple[Floats, str | None]:
        """Terms of the latest phase that has any, up to this slot, and how they are folded."""
        for phase, tap in reversed(self._slots[: slot + 1]):
            if phase.factors:
                terms = self._terms(phase, loops)
                return terms[: None if tap is None else tap + 1], phase.fold
        return np.empty(0), None

    def _terms(self, phase: Phase, loops: tuple[int, ...]) -> Floats:
        """What the factors hold, multiplied tap by tap; one that touches a single cell meets every tap."""
        terms: Floats = np.ones(self.scene.taps if phase.by_tap else 1)
        for key in phase.factors:
            values = self.scene.panels[self.scene.accesses[key].panel].values.ravel()
            terms = terms * values[self._cells(key, loops)]
        return terms


def cell_step(scene: Scene, n: int, f: int, i: int, j: int) -> int:
    """The step at which a cell has just been written.

    Examples
    --------
    >>> import numpy as np
    >>> from convviz.trace import conv_scene
    >>> scene = conv_scene(np.ones((1, 1, 4, 4)), np.ones((1, 1, 3, 3)))
    >>> scene.steps_per_visit, cell_step(scene, 0, 0, 1, 0)
    (11, 32)
    """
    visit = 0
    for index, (_, length) in zip((n, f, i, j), scene.loops, strict=True):
        visit = visit * length + index
    return (visit + 1) * scene.steps_per_visit - 1
