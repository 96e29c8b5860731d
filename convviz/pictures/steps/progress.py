"""What every panel of a scene holds once a step is done."""

from __future__ import annotations

import numpy as np

from convviz.ops.types import Floats
from convviz.trace import Phase, Scene, Trace


class PanelState:
    """The panels at one step after another. Going on from the latest step is quick, going back starts anew.

    Examples
    --------
    >>> from convviz.trace import conv_scene
    >>> scene = conv_scene(np.ones((1, 1, 2, 3)), np.ones((1, 1, 2, 2)))
    >>> progress = PanelState(scene)
    >>> progress.at(5)  # the end of the first of two visits
    >>> progress.values["out"].tolist()
    [4.0, nan]
    """

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.trace = Trace(scene)
        self._ends = self._phase_ends()
        self._done = 0  # steps carried out
        self._start = self._before()
        self.values: dict[str, Floats] = {}
        self.before = 0.0  # what the cell last added to held
        self._restart()

    def at(self, step: int) -> None:
        """Bring `values` to where they are once this step is done; NaN is a cell not yet written."""
        if step < self._done:
            self._restart()
        while self._done <= step:
            visit, slot = divmod(self._done, self.scene.steps_per_visit)
            last = min(step - visit * self.scene.steps_per_visit, self.scene.steps_per_visit - 1)
            for phase, first, end in self._ends:
                self._carry_out(phase, visit, first, max(first, slot), min(end, last + 1))
            self._done = visit * self.scene.steps_per_visit + last + 1

    def _restart(self) -> None:
        self._done = 0
        self.values = {key: values.copy() for key, values in self._start.items()}

    def _before(self) -> dict[str, Floats]:
        """Every panel before the first step: what no step writes is there from the start."""
        start = {
            key: panel.values.ravel().astype(float) for key, panel in self.scene.panels.items()
        }
        for key, panel in self.scene.panels.items():
            if panel.fills == "added":
                start[key][:] = 0
        for phase in self.scene.phases:
            if phase.writes is not None and not phase.adds:
                access = self.scene.accesses[phase.writes]
                for visit in range(self.scene.visits):
                    start[access.panel][access.cells(self.trace.loops(visit))] = np.nan
        return start

    def _phase_ends(self) -> list[tuple[Phase, int, int]]:
        """Each phase with its first slot of a visit and the one after its last."""
        found, slot = [], 0
        for phase in self.scene.phases:
            length = self.scene.taps if phase.by_tap else 1
            found.append((phase, slot, slot + length))
            slot += length
        return found

    def _carry_out(self, phase: Phase, visit: int, first: int, start: int, end: int) -> None:
        """Write what a phase, whose slots begin at ``first``, writes from one slot up to another."""
        if phase.writes is None or start >= end:
            return
        access = self.scene.accesses[phase.writes]
        cells, values = access.cells(self.trace.loops(visit)), self.values[access.panel]
        if not phase.adds:
            values[cells] = self.scene.panels[access.panel].values.ravel()[cells]
            return
        terms = self.trace[visit * self.scene.steps_per_visit + end - 1].terms
        if phase.by_tap:
            cells = cells[start - first : end - first]
            terms = terms[start - first :] if terms.size > 1 else terms  # one term meets every cell
        self.before = float(values[cells[-1]])  # the cells of one phase are all different
        np.add.at(values, cells, terms)
