"""A scene: everything the stepper needs to draw a loop, and nothing it must work out.

A loop visits its cells in order. At each visit it does a few phases, one for each line of its body that does
something to see, and a phase may handle one tap (one kernel position in one channel) at a time. So a step has
a number:

    step = visit * steps_per_visit + position within the visit

The stepper never does window arithmetic. Which cells a visit touches is read from an `Access`: a table of
flat positions, of which a visit uses one row, moved by an offset:

    row    = sum(loop index * row stride)        one stride for each loop variable
    offset = sum(loop index * offset stride)
    cells  = offset + table[row]                 one flat position for each tap

The tables are made by `convviz.ops.index.tap_index`, the same ones NumPy's arithmetic is checked against.

A phase with factors has terms: tap by tap, the product of what its factors hold. The terms are folded into a
sum or a maximum that a later phase writes, or each is added to a cell of its own, as a backward pass does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from convviz.trace.panel import Access, Panel, counted
from convviz.trace.photo import ScenePhoto
from convviz.trace.place import ScenePlace

Fold = Literal["sum", "max"]
TERMS = "terms"  # in `Scene.columns`: the grids of factors and terms of the visit


@dataclass(frozen=True)
class Phase:
    """One source line of the loop's body.

    Parameters
    ----------
    name
        Short name, for example ``"window"``.
    line
        Index into `Scene.source`.
    sentence
        What happens, with placeholders in braces; `Scene` lists them.
    reads
        Keys of accesses looked at, besides the factors.
    factors
        Keys of the accesses multiplied, tap by tap; one that touches a single cell meets every tap.
    fold
        How the terms are gathered for a later phase to write; None if they are added one by one.
    writes
        Key of the access written, or None. A phase with factors adds its terms to these cells.
    by_tap
        True if each tap is a step of its own.
    heading
        Heading of the grid of its terms.
    total
        Last line of the arithmetic once the phase is done, with placeholders.
    tied
        The sentence where several taps hold the maximum; "" if it is the same.
    cell
        Name of the cell it writes, with placeholders, if a person may be asked to guess it before the
        visit; else "".
    asks
        The question where terms are added to cells, with ``{cell}`` for that name; a cell written once is
        asked for with the sentence of the visit's first phase.
    """

    name: str
    line: int
    sentence: str
    reads: tuple[str, ...] = ()
    factors: tuple[str, ...] = ()
    fold: Fold | None = None
    writes: str | None = None
    by_tap: bool = False
    heading: str = ""
    total: str = ""
    tied: str = ""
    cell: str = ""
    asks: str = ""

    @property
    def adds(self) -> bool:
        """Whether its terms are added to the cells it writes."""
        return bool(self.factors) and self.writes is not None


@dataclass(frozen=True)
class Visit:
    """What a whole visit does, for a person who steps by more than a tap.

    Parameters
    ----------
    sentence, total
        As those of a phase; the placeholders of a maximum are those of the visit's phase that folds into one.
    tied
        The sentence where several taps hold the maximum; "" if it is the same.
    """

    sentence: str
    total: str
    tied: str = ""


@dataclass(frozen=True)
class Variable:
    """A value shown beside the source: ``offset + sum(loop index * stride)``."""

    name: str
    strides: tuple[int, ...]
    offset: int = 0
    every: tuple[int, ...] = ()  # as for `Access`

    def at(self, loops: tuple[int, ...]) -> int:
        """Its value when the loop variables have these."""
        return self.offset + sum(
            i * stride for i, stride in zip(counted(loops, self.every), self.strides, strict=True)
        )


@dataclass(frozen=True)
class Unit:
    """A jump of so many steps, and what it is called."""

    name: str
    steps: int


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
        What holds numbers, by key.
    accesses
        Tables of cells, by key.
    phases
        What one visit does, in order.
    columns
        What is drawn, from left to right: in each column, from top to bottom, keys of accesses, whose panels
        are drawn, or `TERMS`.
    tap_grid
        (planes, rows, columns) in which the taps of one visit are arranged: (C, KH, KW).
    tap_planes
        One name for each plane of taps, for example ``("R", "G", "B")``.
    source
        The lines shown.
    variables
        Values shown beside the source.
    units
        The jumps, smallest first.
    visit
        What a visit does as a whole; None if the sentence of its last step is enough.
    photo
        Drawn beside the grids; None for none.
    place
        Where the steps lie on a photo and on its map; None where there is no photo behind them.
    whole
        Keys of the accesses of input, filters, bias and output whose planes are all drawn at once, instead of the
        columns, where the browser has room; () for the columns.

    Notes
    -----
    Placeholders a sentence may use:

    - each loop variable and each of `variables`;
    - ``{tap}`` and ``{taps}``: number of the current tap from 1, and how many there are;
    - ``{channel}``, ``{u}``, ``{v}``: plane, row and column of the tap in the kernel;
    - ``{a}``, ``{b}``, ``{term}``: the two numbers multiplied and their product;
    - ``{running}``: the terms so far, folded; ``{parts}``: their sum in each plane, joined by +;
    - ``{result}``: the number written;
    - where terms are added, ``{row}`` and ``{column}`` of the cell, ``{before}`` and ``{after}``;
    - where the fold is a maximum, ``{row}`` and ``{column}`` of the first that holds it, ``{ties}``: how many do;
    - the key of each access that touches a single cell: the number there; ``{name_<key>}``: its panel's name.

    ``{(name)}`` is the same number, in brackets if negative.
    """

    title: str
    loops: tuple[tuple[str, int], ...]
    panels: dict[str, Panel]
    accesses: dict[str, Access]
    phases: tuple[Phase, ...]
    columns: tuple[tuple[str, ...], ...]
    tap_grid: tuple[int, int, int]
    tap_planes: tuple[str, ...]
    source: tuple[str, ...]
    variables: tuple[Variable, ...]
    units: tuple[Unit, ...]
    visit: Visit | None = None
    photo: ScenePhoto | None = None
    place: ScenePlace | None = None
    whole: tuple[str, ...] = ()

    @property
    def taps(self) -> int:
        """Number of taps in one visit."""
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

    def whole_at(self, step: int) -> Visit | None:
        """The sentence for the whole visit at its last step, if it needs one; None at other steps."""
        return self.visit if (step + 1) % self.steps_per_visit == 0 else None
