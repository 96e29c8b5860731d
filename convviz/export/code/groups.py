"""Grouped convolutions as scripts: what each way costs, and a 1×1 convolution as a dense layer at each pixel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library
from convviz.ops.grouping import GroupedConv
from convviz.ops.types import Floats, Pair


@dataclass(frozen=True)
class GroupCosts:
    """Ways from some channels to some maps. The scripts leave ``weights`` and ``multiply_adds`` of each."""

    ways: Mapping[str, tuple[GroupedConv, ...]]  # the convolutions of each, by its name
    size: Pair  # of the maps
    name: ClassVar = "group_costs"

    @property
    def arrays(self) -> dict[str, Floats]:
        """None: counts depend on sizes alone."""
        return {}

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """Sizes."""
        lines = [
            f'    "{name}": {[(c.channels, c.filters, c.kernel, c.groups) for c in convs]},\n'
            for name, convs in self.ways.items()
        ]
        return {"ways": f"{{\n{''.join(lines)}}}", "size": self.size}


@dataclass(frozen=True, eq=False)
class PointwiseCode:
    """A 1×1 convolution. The scripts leave ``out``, and ``column``, what a dense layer makes of one pixel."""

    x: Floats  # input, (N, C, H, W)
    w: Floats  # filters, (F, C, 1, 1)
    pixel: Pair  # (row, column)
    name: ClassVar = "pointwise"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Input and filters."""
        return {"x": self.x, "w": self.w}

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """The pixel."""
        return {"pixel": self.pixel}
