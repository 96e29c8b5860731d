"""What other libraries give, as a table and as maps: padding, size, and the cells that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

from convviz.export.code import Code
from convviz.ops.frameworks import (
    DILATED,
    DOES_NOT_FIT,
    STRIDED_DILATED,
    STRIDED_SAME,
    UNEVEN,
    Answer,
)
from convviz.ops.frameworks_pool import OUTSIDE
from convviz.ops.types import Floats
from convviz.pictures.cells import number_cells
from convviz.text.i18n import N_, _
from convviz.ui.view import CellsPart, Part, TablePart, View

LIBRARIES = N_("Libraries")
SMALL, HIGH = 4, 200  # rows of a map of which six stand side by side; pixels of a larger one
LARGEST = 16  # rows and columns of a map whose numbers are shown
REFUSED = {
    STRIDED_SAME: N_(
        "refused: with a stride, “same” needs padding that depends on the size of the input"
    ),
    STRIDED_DILATED: N_("refused: a stride together with a dilation"),
    UNEVEN: N_("refused: padding that differs on opposite sides"),
    DILATED: N_("refused: it has no dilation"),
    DOES_NOT_FIT: N_("refused: the kernel does not fit"),
    OUTSIDE: N_("undefined: its last window begins beyond the input"),
}


@dataclass(frozen=True, eq=False)
class Elsewhere:
    """What a view compares."""

    page: str  # title of its page
    name: str  # of its files
    answers: Sequence[Answer]  # the first is that of convviz
    shown: int  # which map has its numbers shown
    about: Sequence[str]  # said above the table
    code: Code  # what convviz computes

    @property
    def here(self) -> Floats:
        """What convviz gives, (F, OH, OW)."""
        out = self.answers[0].out
        assert out is not None
        return out

    def show(self, arrays: Mapping[str, Floats]) -> None:
        """Draw the table and the maps; `arrays` can be taken away besides."""
        head = (_("Library"), _("Settings"), _("Padding"), _("Output"), _("Compared with convviz"))
        table = TablePart(head, [_line(each, self.here) for each in self.answers], 0)
        cells = _cells(self.answers, self.here, self.shown)
        across = 6 if max(self.here.shape[1:]) <= SMALL else 2
        rows: list[Sequence[Part]] = [[table]]
        rows += [cells[k : k + across] for k in range(0, len(cells), across)]
        for each in self.about:
            st.markdown(f":small[{each}]")
        View(
            [self.page, _(LIBRARIES)],
            self.name,
            rows,
            self.about,
            lambda: {**arrays, "out": self.here[None], **_arrays(self.answers)},
            lambda: self.code,
        ).show([1], *([1] * across for _row in rows[1:]))


def _line(answer: Answer, here: Floats) -> tuple[str, ...]:
    """A row of the table."""
    if answer.out is None:
        return answer.library, answer.call, "–", "–", _(REFUSED[answer.refused])
    differ = int(answer.differing(here).sum())
    said = _("the same") if not differ else _("{count} of {cells} cells differ")
    if answer.out.shape != here.shape:
        said = _("another size; {count} of {cells} cells differ")
    compared = "" if answer.out is here else said.format(count=differ, cells=answer.out.size)
    (top, bottom), (left, right) = answer.padding
    padding = _("above {top}, below {bottom}, left {left}, right {right}").format(
        top=top, bottom=bottom, left=left, right=right
    )
    return answer.library, answer.call, padding, _size(answer.out), compared


def _cells(answers: Sequence[Answer], here: Floats, f: int) -> list[CellsPart]:
    """The map of filter f that each library gives; cells that differ have a frame."""
    made = [(each, each.out[f]) for each in answers if each.out is not None]
    limit = max(float(np.abs(values).max()) for _answer, values in made) or 1.0
    return [
        CellsPart(
            number_cells(values, limit=limit, marked=each.differing(here)[f]),
            f"elsewhere {k}",
            f"**{each.library.removeprefix('TensorFlow, ')}**",  # in one line, so that the maps line up
            most=HIGH,
        )
        for k, (each, values) in enumerate(made)
        if max(values.shape) <= LARGEST
    ]


def _arrays(answers: Sequence[Answer]) -> dict[str, Floats]:
    """The maps of the libraries, numbered as in the table."""
    return {
        f"out_{k}": each.out[None] for k, each in enumerate(answers) if k and each.out is not None
    }


def _size(out: Floats) -> str:
    return "×".join(map(str, out.shape))
