"""What the Receptive field page offers to take away."""

from __future__ import annotations

from collections.abc import Sequence

from convviz.ops.receptive import LayerField
from convviz.ui.giving.exports import offer_arrays


def offer_table(records: Sequence[LayerField], name: str) -> None:
    """The jump and the field of each layer as arrays."""
    columns = ("jump", "receptive_field")
    offer_arrays(
        lambda: {column: [getattr(record, column) for record in records] for column in columns},
        name,
    )
