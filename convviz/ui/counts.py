"""How often a loop visits each cell of its input, as the Pooling and the Backward page show it."""

from __future__ import annotations

import streamlit as st

from convviz.export.code import Visits
from convviz.ops.index import visits
from convviz.ops.types import Pair
from convviz.ops.window import Window2d
from convviz.pictures.cells import number_cells
from convviz.text.i18n import _
from convviz.text.windows import window_line
from convviz.ui.view import CellsPart, View


def show_counts(
    page: str, said: str, window: Window2d, size: Pair, out: Pair, *, pooling: bool = False
) -> None:
    """In how many windows each cell lies, for an input of ``size`` (H, W) and an output of ``out`` (OH, OW).

    `page` is the page's name, and `said` what it says of the counts, both in the language in use.
    """
    st.markdown(said)
    counts = visits(window, out, window.padded_size(size))
    View(
        [page, _("Visit counts")],
        "visit-counts",
        [[CellsPart(number_cells(counts), "counts")]],
        [window_line(window, pooling=pooling), said],
        lambda: {"counts": counts},
        lambda: Visits(window, size),
    ).show()
