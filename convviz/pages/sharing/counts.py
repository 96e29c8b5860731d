"""Counts of connections, parameters and multiply–adds as a table and as sentences."""

from __future__ import annotations

from collections.abc import Mapping

from convviz.ops.counting import EdgeExample, LayerShape, count
from convviz.text.i18n import _


def costs_rows(shape: LayerShape, names: Mapping[str, str]) -> tuple[list[str], list[list[str]]]:
    """Names of the columns, and a row of texts each for dense, locally connected and convolution."""
    heads = [
        _("Layer"),
        _("Weights"),
        _("Biases"),
        _("Connections"),
        _("Multiply–adds with padding"),
        _("Weights against the convolution"),
    ]
    shared, rows = count(shape, "conv").weights, []
    for connecting in ("dense", "local", "conv"):
        costs = count(shape, connecting)
        numbers = (costs.weights, costs.biases, costs.connections, costs.multiply_adds)
        against = f"×{costs.weights / shared:,.6g}"
        rows.append([_(names[connecting]), *(f"{number:,}" for number in numbers), against])
    return heads, rows


def shape_sentence(shape: LayerShape) -> str:
    """From how many numbers to how many."""
    (height, width), (out_h, out_w) = shape.size, shape.output_size
    return _(
        "{h}×{w}×{c} = {inputs:,} numbers in, {oh}×{ow}×{f} = {outputs:,} out. "
        "Each output of a convolution takes {taps:,}."
    ).format(
        h=height,
        w=width,
        c=shape.channels,
        inputs=shape.inputs,
        oh=out_h,
        ow=out_w,
        f=shape.filters,
        outputs=shape.outputs,
        taps=shape.taps,
    )


def edge_sentences() -> list[str]:
    """The book's counts, exactly."""
    example = EdgeExample()
    height, width = example.shape.output_size
    return [
        _(
            "As a convolution: {width}×{height}×3 = **{operations:,}** operations and **2** weights."
        ).format(width=width, height=height, operations=example.operations),
        _(
            "As a dense matrix: **{entries:,}** entries, of which {nonzero:,} are not 0, "
            "and **{matrix:,}** operations."
        ).format(
            entries=example.matrix_entries,
            nonzero=example.nonzero,
            matrix=example.matrix_operations,
        ),
        _(
            "So the convolution needs **{storage:,.0f}** times fewer numbers and **{speed:,.1f}** times "
            "fewer operations (Goodfellow, Bengio and Courville, Deep Learning, figure 9.6)."
        ).format(storage=example.storage_ratio, speed=example.speed_ratio),
    ]
