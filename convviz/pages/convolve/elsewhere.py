"""What other libraries give for the settings shown: padding, size, and the cells that differ."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import streamlit as st

from convviz.export.code import ConvCode
from convviz.ops.conv import conv2d
from convviz.ops.frameworks import (
    DOES_NOT_FIT,
    STRIDED_DILATED,
    STRIDED_SAME,
    Answer,
    conv_elsewhere,
)
from convviz.ops.types import Floats
from convviz.pictures.cells import number_cells
from convviz.text.i18n import N_, _
from convviz.text.windows import window_line
from convviz.ui.inputs.convolve_controls import ConvolveSettings
from convviz.ui.inputs.window_controls import is_same
from convviz.ui.view import CellsPart, Part, TablePart, View

LIBRARIES = N_("Libraries")
NAME = "convolution-elsewhere"
SMALL, HIGH = (
    4,
    200,
)  # rows of a map of which six stand side by side, and screen pixels of a larger one
LARGEST = 16  # rows and columns of a map whose numbers are shown
REFUSED = {
    STRIDED_SAME: N_(
        "refused: with a stride, “same” needs padding that depends on the size of the input"
    ),
    STRIDED_DILATED: N_("refused: a stride together with a dilation"),
    DOES_NOT_FIT: N_("refused: the kernel does not fit"),
}
ABOUT = N_(
    "What deep learning calls convolution is cross-correlation: the kernel is multiplied as it stands. scipy's "
    "convolve2d turns it by 180° first, as mathematics does, and so does Operation: Convolution."
)
UP = N_(
    "Caffe rounds the size up where it pools; its convolution rounds down. Every number is computed by convviz; "
    "no other library runs here."
)


def elsewhere_view(settings: ConvolveSettings) -> None:
    """A table of the libraries, and below it the map that each gives for the filter shown."""
    filters, spec = settings.filters, settings.spec
    x = settings.region.batch(settings.photos, settings.channels)[:1]
    given = filters.weights[:, :, ::-1, ::-1] if filters.rotated else filters.weights
    here = conv2d(x, filters.weights, filters.biases, **spec.keywords)[0]  # (F, OH, OW)
    answers = conv_elsewhere(
        x[0], np.ascontiguousarray(given), filters.biases, spec, same=is_same()
    )
    answers.insert(0, Answer("convviz", window_line(spec.window), spec.window.padding, here))
    head = (_("Library"), _("Settings"), _("Padding"), _("Output"), _("Compared with convviz"))
    table = TablePart(head, [_line(each, here) for each in answers], 0)
    cells = _cells(answers, here, filters.shown)
    across = 6 if max(here.shape[1:]) <= SMALL else 3
    rows: list[Sequence[Part]] = [[table]]
    rows += [cells[k : k + across] for k in range(0, len(cells), across)]

    def code() -> ConvCode:
        return ConvCode(x, filters.weights, filters.biases, spec, filters.rotated)

    said = [_(ABOUT), _(UP)]
    for each in said:
        st.markdown(f":small[{each}]")
    View(
        [_("Convolve"), _(LIBRARIES)],
        NAME,
        rows,
        said,
        lambda: code().arrays | {"out": here[None], **_arrays(answers)},
        code,
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
            f"**{each.library}**",
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
