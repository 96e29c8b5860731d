"""A scene read as a sequence of steps, one at a time and on demand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import overload

import numpy as np

from convviz.trace.scene import Floats, Ints, Phase, Scene


@dataclass(frozen=True)
class Step:
    """What happens at one step.

    Parameters
    ----------
    loops
        Value of each loop variable.
    phase
        The phase the step belongs to; `phase.line` is the source line.
    tap
        Which tap is handled, counted from 0; None in a phase that does not go tap by tap.
    reads
        Flat positions read, by access key.
    writes
        Flat positions written, by access key.
    products
        The products known so far in this visit.
    running
        Their sum.
    """

    loops: dict[str, int]
    phase: Phase
    tap: int | None
    reads: dict[str, Ints]
    writes: dict[str, Ints]
    products: Floats
    running: float


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
        products = self._products(loops)[: self._known(slot)]
        return Step(
            loops=dict(zip((name for name, _ in self.scene.loops), loops, strict=True)),
            phase=phase,
            tap=tap,
            reads={key: self.scene.accesses[key].cells(loops) for key in phase.reads},
            writes={key: self.scene.accesses[key].cells(loops) for key in (phase.writes,) if key},
            products=products,
            running=float(np.sum(products)),
        )

    def loops(self, visit: int) -> tuple[int, ...]:
        """Values of the loop variables at a visit, outermost first."""
        values = np.unravel_index(visit, [length for _, length in self.scene.loops])
        return tuple(int(value) for value in values)

    def _known(self, slot: int) -> int:
        """How many products are known once the step in this slot is done."""
        return sum(phase.operation == "multiply" for phase, _ in self._slots[: slot + 1])

    def _products(self, loops: tuple[int, ...]) -> Floats:
        """All products of a visit: what the multiplying phase reads, multiplied tap by tap."""
        (phase,) = (phase for phase in self.scene.phases if phase.operation == "multiply")
        factors = [
            self.scene.panels[self.scene.accesses[key].panel].values.ravel()[
                self.scene.accesses[key].cells(loops)
            ]
            for key in phase.reads
        ]
        return np.asarray(np.prod(factors, axis=0))
