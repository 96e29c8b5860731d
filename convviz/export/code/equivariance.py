"""Both orders of shifting and computing as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library
from convviz.ops.chain import Chain
from convviz.ops.padding import PADDING_MODES
from convviz.ops.types import Floats, Pair


@dataclass(frozen=True, eq=False)
class Equivariance:
    """An image that is shifted before and after a chain.

    The scripts leave ``shifted_first``, ``shifted_after``, their ``difference``, its ``largest`` value, and the
    global ``means`` before and after the shift.
    """

    x: Floats  # the image before it is shifted, (H, W)
    w: Floats  # the filter of every convolution, (3, 3)
    chain: Chain  # what the image goes through
    by: Pair  # (rows, columns) of the shift
    fill: str  # what comes in: "circular" or "zeros"
    name: ClassVar = "equivariance"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Image and filter."""
        return {"x": self.x, "w": self.w}

    def words(self, library: Library) -> dict[str, object]:
        """The shift and the chain."""
        mode = PADDING_MODES[self.chain.padding_mode]
        return {
            "by": self.by,
            "fill": self.fill,
            "layers": self.chain.layers,
            "stride": self.chain.stride,
            "pooling": self.chain.pooling,
            "blur": self.chain.blur,
            "mode": getattr(mode, library),
        }
