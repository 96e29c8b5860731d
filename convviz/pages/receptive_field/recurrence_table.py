"""The recurrence with its numbers filled in, a row for each layer."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from convviz.ops.receptive import Layer, LayerField
from convviz.ops.types import Pair
from convviz.text.i18n import N_, _
from convviz.text.windows import pair_text, sides_text

ONE = (1, 1)
HEADS = {
    "layer": N_("Layer"),
    "size": N_("Map"),
    "kernel": N_("k"),
    "stride": N_("s"),
    "padding": N_("p"),
    "dilation": N_("d"),
    "field": N_("Field: r + (e − 1)·j"),
    "jump": N_("Jump: j·s"),
    "before": N_("Padding: P + p·j"),
    "start": N_("First centre"),
    "fits": N_("Stride divides"),
}


def recurrence_table(
    layers: Sequence[Layer], records: Sequence[LayerField], chosen: int, height: int
) -> int | None:
    """Draw the table, at most ``height`` pixels high; return the layer whose row was just picked.

    None where that is the chosen one.
    """
    rows = recurrence_rows(layers, records)
    chosen_row = st.dataframe(
        {_(label): [row[key] for row in rows] for key, label in HEADS.items()},
        hide_index=True,
        height=min(height, 35 * len(rows) + 38),
        on_select="rerun",
        selection_mode="single-row-required",
        selection_default={"selection": {"rows": [chosen]}},
        key=f"recurrence {chosen}",
    )
    picked = chosen_row.selection.rows
    return picked[0] if picked and picked[0] != chosen else None


def extent_sentence() -> str:
    """What the heads of the table call e, and where the recurrence begins."""
    return _(
        "e = d(k − 1) + 1: cells from a kernel's first tap to its last. On the photo r = j = 1, P = 0."
    )


def recurrence_rows(layers: Sequence[Layer], records: Sequence[LayerField]) -> list[dict[str, str]]:
    """A row for each layer, with a text for each of `HEADS`."""
    return [_row(layer, records, level) for level, layer in enumerate(layers)]


def _row(layer: Layer, records: Sequence[LayerField], level: int) -> dict[str, str]:
    now, step = records[level], records[level].step
    before = records[level - 1] if level else None
    field, jump = (before.receptive_field, before.jump) if before else (ONE, ONE)
    padding = before.effective_padding if before else (0, 0)
    known = now.effective_padding is not None and padding is not None and step.before is not None
    return {
        "layer": layer.name,
        "size": "" if now.output_size is None else _joined(now.output_size),
        "kernel": pair_text(layer.window.kernel),
        "stride": pair_text(layer.window.stride),
        "padding": "SAME" if layer.same else sides_text(layer.window.padding),
        "dilation": pair_text(layer.window.dilation),
        "field": _filled(now.receptive_field, "{} + ({} − 1)·{}", field, step.extent, jump),
        "jump": _filled(now.jump, "{}·{}", jump, step.stride),
        "before": _filled(now.effective_padding, "{} + {}·{}", padding, step.before, jump)
        if known
        else "",
        "start": "" if now.start is None else _joined(now.start),
        "fits": "" if now.fits is None else (_("yes") if all(now.fits) else _("no")),
    }


def _filled(result: Pair | None, formula: str, *parts: Pair | None) -> str:
    """A result and the numbers it is made of; for both axes where they differ."""
    columns = [pair or (0, 0) for pair in (result, *parts)]
    down, across = (
        f"{pairs[0]} = {formula.format(*pairs[1:])}" for pairs in zip(*columns, strict=True)
    )
    return down if down == across else f"{down} × {across}"


def _joined(pair: tuple[float, float]) -> str:
    return "×".join(f"{value:g}" for value in pair)
