"""What the scenes of a grouped convolution have besides: each filter's group and channels, and words."""

from __future__ import annotations

from dataclasses import replace

from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d
from convviz.text.i18n import N_
from convviz.trace.panel import Access
from convviz.trace.scene import Phase, Variable, Visit
from convviz.trace.tables import window_access, window_variables

WINDOW = N_(
    "Cell out[{n}, {f}, {i}, {j}]: filter {f} is in group {g}. Cut out its window "
    "x_pad[{n}, {first}:{last}, {top}:{bottom}, {left}:{right}]."
)
CELL = "dx_pad[{n}, {first} + {channel}, {row}, {column}]"
GAINS = N_(
    "dx_pad[{n}, {first} + {channel}, {row}, {column}] gains dout × w = {a} × {(b)} = {term}: "
    "{before} → {after}"
)
VISIT = Visit(
    N_(
        "dout[{n}, {f}, {i}, {j}] = {dout}, group {g}: db[{f}] gains {dout}, "
        "dx_pad[{n}, {first}:{last}, {top}:{bottom}, {left}:{right}] gains {dout}·w[{f}], "
        "dw[{f}] gains {dout}·window"
    ),
    N_("each is added to its cell of dw[{f}]"),
)


def group_access(panel: str, window: Window2d, size: Pair, w: Floats, groups: int) -> Access:
    """The window of (i, j) in the channels of filter f's group, in a panel of all channels of each image."""
    channels = w.shape[1]
    if groups == 1:
        return window_access(panel, window, size, channels, (channels, 0))
    access = window_access(panel, window, size, channels, (groups * channels, channels))
    return replace(access, every=_filters(w, groups))


def group_variables(window: Window2d, w: Floats, groups: int) -> tuple[Variable, ...]:
    """Where the window begins and ends; with several groups, before that, the filter's group and its channels."""
    if groups == 1:
        return window_variables(window)
    channels, every = w.shape[1], _filters(w, groups)
    own = (
        Variable("g", (0, 1, 0, 0), every=every),
        Variable("first", (0, channels, 0, 0), every=every),
        Variable("last", (0, channels, 0, 0), channels, every=every),
    )
    return (*own, *window_variables(window))


def with_groups(phases: tuple[Phase, ...], groups: int) -> tuple[Phase, ...]:
    """The phases of a convolution; with several groups in the words of a grouped one."""
    if groups == 1:
        return phases

    def said(phase: Phase) -> Phase:
        if phase.name == "window":
            return replace(phase, sentence=WINDOW)
        if phase.name == "dx":
            total = CELL + " = {before} + {(term)} = {after}"
            return replace(phase, sentence=GAINS, total=total, cell=CELL)
        return phase

    return tuple(map(said, phases))


def _filters(w: Floats, groups: int) -> tuple[int, ...]:
    """Filters of a group count as one; every other loop variable counts by ones."""
    return 1, len(w) // groups, 1, 1
