"""A kernel's numbers as a small table, and a way to change them."""

from __future__ import annotations

from html import escape

import numpy as np
import streamlit as st

from convviz.ops.types import Floats
from convviz.text.i18n import _
from convviz.text.prose import number

MOST_COLUMNS = 9  # side by side in the sidebar
DIGITS = 2
TINT = 45  # percent of the colour of the largest number


def kernel_table(weights: Floats, names: str) -> bool:
    """Show the numbers of one filter, if there is room in the sidebar; say whether there was.

    Parameters
    ----------
    weights
        Shape (C, KH, KW). Where all channels have the same numbers, they are shown once.
    names
        One letter for each channel.
    """
    alike = bool((weights == weights[0]).all())
    planes = weights[:1] if alike else weights
    if planes.shape[0] * planes.shape[2] > MOST_COLUMNS or planes.shape[1] > MOST_COLUMNS // 2 + 1:
        return False
    limit = float(np.abs(weights).max()) or 1.0
    captions = [""] if alike else list(names)
    tables = "".join(
        _table(plane, limit, caption) for plane, caption in zip(planes, captions, strict=True)
    )
    st.html(f'<div class="kernels">{tables}</div>')
    return True


def _table(plane: Floats, limit: float, caption: str) -> str:
    rows = "".join(f"<tr>{''.join(_cell(value, limit) for value in row)}</tr>" for row in plane)
    named = caption or _("Kernel")
    title = f"<caption>{escape(caption)}</caption>" if caption else ""
    return f'<table aria-label="{escape(named)}">{title}{rows}</table>'


def _cell(value: float, limit: float) -> str:
    colour = "200, 80, 8" if value > 0 else "24, 90, 188"
    share = abs(value) / limit * TINT / 100
    return f'<td style="background: rgba({colour}, {share:.2f})">{number(value, DIGITS)}</td>'
