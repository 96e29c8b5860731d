"""The receptive fields of a stack as scripts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library, loops
from convviz.ops.naive import receptive_loop
from convviz.ops.receptive import Layer, receptive_field
from convviz.ops.types import Floats, Pair


@dataclass(frozen=True)
class ReceptiveField:
    """A stack on an input of a size, and one of its units.

    NumPy's script leaves ``receptive_field``, ``jump`` and ``start``, (layers, 2); both leave the ``rows`` and
    ``columns`` of pixels that the unit depends on, and the ``box`` around them.
    """

    layers: Sequence[Layer]  # the stack; it fits the input
    size: Pair  # (H, W) of the input
    index: int  # of the unit's layer
    unit: Pair  # (row, column) in the map of that layer
    name: ClassVar = "receptive_field"

    @property
    def arrays(self) -> dict[str, Floats]:
        """None: a field depends on no number of the input."""
        return {}

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """The stack, a line for each layer, the unit, and the loop that the stepper shows."""
        sizes = [self.size]
        for record in receptive_field(self.layers, self.size):
            assert record.output_size is not None, "the input's size is given"
            sizes.append(record.output_size)
        lines = [_line(layer, size) for layer, size in zip(self.layers, sizes, strict=False)]
        return {
            "size": self.size,
            "loops": loops(receptive_loop),
            "layers": "\n".join(lines),
            "shown": self.index + 1,
            "unit": self.unit,
        }


def _line(layer: Layer, size: Pair) -> str:
    """A layer as the tuple that the scripts list, with the padding it has on an input of ``size``."""
    window = layer.at(size)
    settings = (layer.name, window.kernel, window.stride, window.dilation, window.padding)
    return f"    {settings!r},"
