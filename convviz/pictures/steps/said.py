"""What a step says: the stepper's sentence with the step's numbers, in the language in use.

The same rules as ``browser/stepper/said.js``, and as ``fill`` in ``browser/shared/format.js``; a test compares
them.
"""

from __future__ import annotations

import math
import re

import numpy as np

from convviz.pictures.steps.progress import PanelState
from convviz.pictures.steps.sheet import factor_values
from convviz.text.i18n import _
from convviz.text.prose import cell_number, number
from convviz.trace import Phase, Scene, Step

FACTORS = ("a", "b")  # as their cells write them
EXACT = 1e-12  # of a number: what adding in another order may change
_PLACES = re.compile(r"([.:。：]\s?)|(= )?\{([^}]+)\}")
Loops = tuple[int, ...]


def sentence(progress: PanelState, index: int) -> str:
    """What happens at the step to which `progress` was brought.

    At the last step of a visit, what the whole visit did where the scene says it.

    Examples
    --------
    >>> from convviz.trace import conv_scene
    >>> progress = PanelState(conv_scene(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))))
    >>> progress.at(5)
    >>> sentence(progress, 5)
    'out[0, 0, 0, 0] = sum of 4 products 4 + bias 0 = 4'
    """
    scene, step = progress.scene, progress.trace[index]
    whole = scene.whole_at(index)
    numbers = _step_numbers(progress, step) | _maximum(scene, step)
    if whole:
        numbers |= _folded(progress, index)
    speaker = whole or step.phase
    template = speaker.tied if speaker.tied and numbers["ties"] > 1 else speaker.sentence
    names = {
        f"name_{key}": _(scene.panels[access.panel].label).split("[")[0]
        for key, access in scene.accesses.items()
    }
    return filled(_(template), numbers | step.loops, names)


def filled(template: str, numbers: dict[str, float], names: dict[str, str]) -> str:
    """Numbers and names in a sentence's {places}; ``{(name)}`` is in brackets where it is negative.

    A sign of equality before a place becomes ≈ where a number between it and the last colon or full stop says less
    than it holds.

    Examples
    --------
    >>> filled("{a}·{(b)} = {c}. Sum = {a}", {"a": 2, "b": -1 / 3, "c": -2 / 3}, {})
    '2·(−0.333) ≈ −0.666667. Sum = 2'
    """
    near = False

    def put(found: re.Match[str]) -> str:
        nonlocal near
        stop, equals, place = found.groups()
        if stop:
            near = False
            return found[0]
        name = place.strip("()")
        if name not in numbers:
            return f"{equals or ''}{names.get(name, f'{{{place}}}')}"
        text = (cell_number if name in FACTORS else number)(numbers[name])
        near = near or _says_less(text, numbers[name])
        bracketed = place != name and numbers[name] < 0
        return f"{'≈ ' if near else '= '}" * bool(equals) + (f"({text})" if bracketed else text)

    return _PLACES.sub(put, template)


def _says_less(text: str, value: float) -> bool:
    """Whether a text says less than the number it stands for."""
    if not math.isfinite(value):
        return False
    return abs(float(text.replace("−", "-")) - value) > EXACT * abs(value)


def _step_numbers(progress: PanelState, step: Step) -> dict[str, float]:
    """The numbers that a phase's sentence may name, but for a maximum's."""
    scene, loops = progress.scene, tuple(step.loops.values())
    numbers = {
        key: float(factor_values(scene, key, loops)[0])
        for key, access in scene.accesses.items()
        if access.table.shape[1] == 1
    }
    for variable in scene.variables:
        numbers[variable.name] = variable.at(loops)
    numbers |= _tap_numbers(scene, step)
    if step.terms.size:
        numbers["running"] = step.running
    if step.phase.adds:
        numbers |= _added(progress, step)
    elif step.phase.writes:
        numbers["result"] = float(factor_values(scene, step.phase.writes, loops)[0])
    return numbers


def _tap_numbers(scene: Scene, step: Step) -> dict[str, float]:
    """The tap as a sentence may name it, and the numbers multiplied there."""
    tap, loops = step.tap or 0, tuple(step.loops.values())
    phase = _seen(scene, step)
    factors = [factor_values(scene, key, loops) for key in phase.factors]
    here = [float(values[0 if values.size == 1 else tap]) for values in factors]
    channel, within = divmod(tap, scene.tap_grid[1] * scene.tap_grid[2])
    u, v = divmod(within, scene.tap_grid[2])
    taps = scene.taps if phase.by_tap else max(values.size for values in factors)
    found = {"tap": tap + 1, "taps": taps, "channel": channel, "u": u, "v": v}
    return {**found, **dict(zip("ab", here, strict=False)), "term": math.prod(here)}


def _seen(scene: Scene, step: Step) -> Phase:
    """The latest phase that multiplies, else the next."""
    done = scene.phases[: scene.phases.index(step.phase) + 1]
    return next(phase for phase in (*reversed(done), *scene.phases) if phase.factors)


def _added(progress: PanelState, step: Step) -> dict[str, float]:
    """The cell added to: where it is, what it held before and holds now."""
    assert step.phase.writes is not None
    (cells,) = step.writes.values()
    panel = progress.scene.accesses[step.phase.writes].panel
    row, column = _place(progress.scene, step.phase.writes, int(cells[0]))
    after = float(progress.values[panel][cells[0]])
    return {"row": row, "column": column, "before": progress.before, "after": after}


def _maximum(scene: Scene, step: Step) -> dict[str, float]:
    """How many taps hold the maximum so far, and where the first of them is."""
    phase = _seen(scene, step)
    if phase.fold != "max" or not step.terms.size:
        return {"ties": 0}
    holders = np.flatnonzero(step.terms == step.running)
    if step.phase.adds:
        return {"ties": holders.size}
    key = (step.phase.factors or phase.factors)[0]
    cells = scene.accesses[key].cells(tuple(step.loops.values()))
    row, column = _place(scene, key, int(cells[holders[0]]))
    return {"ties": holders.size, "row": row, "column": column}


def _folded(progress: PanelState, index: int) -> dict[str, float]:
    """What the terms of the visit that ends here are folded into, and where a maximum lies."""
    if not any(phase.fold for phase in progress.scene.phases):
        return {}
    steps = (progress.trace[k] for k in range(index, -1, -1))
    last = next(step for step in steps if step.phase.fold)
    return {"running": last.running} | _maximum(progress.scene, last)


def _place(scene: Scene, key: str, cell: int) -> tuple[int, int]:
    """Row and column of a flat position."""
    rows, columns = scene.panels[scene.accesses[key].panel].values.shape[-2:]
    row, column = divmod(cell % (rows * columns), columns)
    return row, column
