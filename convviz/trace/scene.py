"""A scene: everything the stepper needs to draw a loop, and nothing it must work out.

A loop visits its cells in order. At each visit it does a few phases (cut a window, multiply, sum), and a
phase may handle one tap (one kernel position in one channel) at a time. So a step has a number:

    step = visit * steps_per_visit + position within the visit

The stepper never does window arithmetic. Which cells a visit touches is read from an `Access`: a table of
flat positions, of which a visit uses one row, moved by an offset:

    row    = sum(loop index * row stride)        one stride for each loop variable
    offset = sum(loop index * offset stride)
    cells  = offset + table[row]                 one flat position for each tap

The tables are made by `convviz.ops.windows.tap_index`, the same ones NumPy's arithmetic is checked against.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int32]
Pair = tuple[int, int]

Colours = Literal["image", "signed"]
Operation = Literal["read", "multiply", "sum"]


@dataclass(frozen=True)
class Panel:
    """A named stack of grids of numbers.

    Parameters
    ----------
    key
        Name used by accesses, for example ``"x"``.
    label
        Heading, for example ``"x_pad"``.
    caption
        What it holds, in a few words, for example ``"padded input"``.
    values
        Numbers of shape (..., rows, columns); the leading axes are flattened into planes.
    planes
        One name for each plane, for example ``("R", "G", "B")``.
    colours
        ``"image"``: 0 is black and 255 is the channel's own colour. ``"signed"``: diverging, zero neutral.
    frame
        How many rows and columns on each side are padding: ((top, bottom), (left, right)).
    leftover
        How many trailing rows and columns no window reaches.
    fills
        True if cells stay blank until a step writes them.
    drawn
        False for values that need no grid of their own: factors seen tap by tap, and the bias.
    """

    key: str
    label: str
    caption: str
    values: Floats
    planes: tuple[str, ...]
    colours: Colours = "signed"
    frame: tuple[Pair, Pair] = ((0, 0), (0, 0))
    leftover: Pair = (0, 0)
    fills: bool = False
    drawn: bool = True

    def __post_init__(self) -> None:
        planes = int(np.prod(self.values.shape[:-2], dtype=int))
        assert planes == len(self.planes), f"{self.key}: {planes} planes, {len(self.planes)} names"


@dataclass(frozen=True)
class Access:
    """Which cells of a panel a visit touches; see the module's docstring.

    Parameters
    ----------
    panel
        Key of the panel.
    table
        Flat positions, shape (rows, taps).
    row_strides, offset_strides
        One integer for each loop variable.
    """

    panel: str
    table: Ints
    row_strides: tuple[int, ...]
    offset_strides: tuple[int, ...]

    def cells(self, loops: tuple[int, ...]) -> Ints:
        """Flat positions touched when the loop variables have these values, shape (taps,)."""
        row = sum(i * s for i, s in zip(loops, self.row_strides, strict=True))
        offset = sum(i * s for i, s in zip(loops, self.offset_strides, strict=True))
        return np.asarray(self.table[row] + offset, dtype=np.int32)


@dataclass(frozen=True)
class Phase:
    """One source line of the loop's body.

    Parameters
    ----------
    name
        Short name, for example ``"window"``.
    operation
        ``"read"``: look at the cells. ``"multiply"``: one product for each tap. ``"sum"``: add the products
        and the bias.
    line
        Index into `Scene.source`.
    reads
        Keys of the accesses read, in the order in which the sentence names them.
    writes
        Key of the access written, or None.
    by_tap
        True if each tap is a step of its own.
    sentence
        What happens, with placeholders in braces; `Scene` lists them.
    """

    name: str
    operation: Operation
    line: int
    reads: tuple[str, ...]
    writes: str | None
    by_tap: bool
    sentence: str


@dataclass(frozen=True)
class Variable:
    """A value shown beside the source: ``offset + sum(loop index * stride)``."""

    name: str
    strides: tuple[int, ...]
    offset: int = 0


@dataclass(frozen=True)
class Scene:
    """A stepped loop.

    Parameters
    ----------
    title
        Name of the function stepped.
    loops
        Name and length of each loop variable, outermost first.
    panels
        What is drawn, by key.
    accesses
        Tables of cells, by key.
    phases
        What one visit does, in order.
    tap_grid
        (planes, rows, columns) in which the taps of one visit are arranged: (C, KH, KW).
    tap_planes
        One name for each plane of taps, for example ``("R", "G", "B")``.
    source
        The lines shown.
    variables
        Values shown beside the source.
    units
        Names of the jumps, smallest first: ("tap", "cell", "row", "filter"). A unit's length in steps is
        `unit_lengths`.
    unit_lengths
        Steps in one jump of each unit.

    Notes
    -----
    Placeholders a sentence may use: each loop variable and each of `variables`; ``{tap}`` and ``{taps}`` (number
    of the current tap from 1, and how many there are), ``{plane}``, ``{u}``, ``{v}`` (plane name, row and column
    of the tap in the kernel), ``{a}``, ``{b}`` (the two numbers multiplied), ``{product}``, ``{running}`` (sum of
    the products so far), ``{sum}`` (of all products), ``{bias}``, ``{result}`` (the value written).
    """

    title: str
    loops: tuple[tuple[str, int], ...]
    panels: dict[str, Panel]
    accesses: dict[str, Access]
    phases: tuple[Phase, ...]
    tap_grid: tuple[int, int, int]
    tap_planes: tuple[str, ...]
    source: tuple[str, ...]
    variables: tuple[Variable, ...]
    units: tuple[str, ...]
    unit_lengths: tuple[int, ...]

    @property
    def taps(self) -> int:
        """Number of products in one visit."""
        planes, rows, columns = self.tap_grid
        return planes * rows * columns

    @property
    def visits(self) -> int:
        """Number of times the innermost body runs."""
        return int(np.prod([length for _, length in self.loops], dtype=int))

    @property
    def steps_per_visit(self) -> int:
        """Steps in one visit: a phase that goes tap by tap has one for each tap, any other has one."""
        return sum(self.taps if phase.by_tap else 1 for phase in self.phases)


def scene_data(scene: Scene) -> dict[str, Any]:
    """Flatten a scene for the browser: plain values under "scene", one-dimensional arrays beside it.

    Arrays are named ``values:<panel>`` (float64) and ``table:<access>`` (int32).
    """
    meta = {
        "title": scene.title,
        "loops": [{"name": name, "length": length} for name, length in scene.loops],
        "panels": [_panel_meta(panel) for panel in scene.panels.values()],
        "accesses": {key: _access_meta(access) for key, access in scene.accesses.items()},
        "phases": [vars(phase) | {"reads": list(phase.reads)} for phase in scene.phases],
        "tap_grid": list(scene.tap_grid),
        "tap_planes": list(scene.tap_planes),
        "source": list(scene.source),
        "variables": [vars(v) | {"strides": list(v.strides)} for v in scene.variables],
        "units": list(scene.units),
        "unit_lengths": list(scene.unit_lengths),
    }
    arrays = {f"values:{key}": panel.values.ravel() for key, panel in scene.panels.items()}
    tables = {f"table:{key}": access.table.ravel() for key, access in scene.accesses.items()}
    return {"scene": meta, **arrays, **tables}


def _panel_meta(panel: Panel) -> dict[str, Any]:
    rows, columns = panel.values.shape[-2:]
    return {
        "key": panel.key,
        "label": panel.label,
        "caption": panel.caption,
        "planes": list(panel.planes),
        "rows": rows,
        "columns": columns,
        "colours": panel.colours,
        "frame": [list(side) for side in panel.frame],
        "leftover": list(panel.leftover),
        "fills": panel.fills,
        "drawn": panel.drawn,
    }


def _access_meta(access: Access) -> dict[str, Any]:
    return {
        "panel": access.panel,
        "taps": access.table.shape[1],
        "row_strides": list(access.row_strides),
        "offset_strides": list(access.offset_strides),
    }
