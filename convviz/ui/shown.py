"""A stack on a photo, as Receptive field and Effective field show it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from convviz.ops.receptive import Layer, LayerField
from convviz.ops.types import Pair


@dataclass(frozen=True)
class Shown:
    """What a page shows of a stack: its photo's size, layers, their records, and the layer chosen."""

    size: Pair
    layers: tuple[Layer, ...]
    records: Sequence[LayerField]
    index: int

    @property
    def record(self) -> LayerField:
        """Of the layer chosen."""
        return self.records[self.index]

    @property
    def map_size(self) -> Pair:
        """(rows, columns) of the chosen layer's map."""
        return known(self.record.output_size)


def known(pair: Pair | None) -> Pair:
    """A pair that is there because the input's size was given."""
    assert pair is not None
    return pair
