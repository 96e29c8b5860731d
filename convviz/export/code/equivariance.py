"""Both orders of shifting and computing as scripts."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.export.code.script import Library
from convviz.ops.chain import Chain
from convviz.ops.padding import PADDING_MODES
from convviz.ops.types import Floats, Pair


@dataclass(frozen=True, eq=False)
class Equivariance:
    """An image that is shifted before and after a chain.

    The scripts leave ``shifted_first``, ``shifted_after``, their ``difference``, its ``largest`` value, and the
    global ``means`` before and after the shift.

    Parameters
    ----------
    x
        The image before it is shifted, (H, W).
    w
        The filter of every convolution, (3, 3).
    chain
        What the image goes through.
    by
        (rows, columns) of the shift.
    fill
        What comes in: "circular" or "zeros".
    """

    x: Floats
    w: Floats
    chain: Chain
    by: Pair
    fill: str

    @property
    def name(self) -> str:
        """Of the files."""
        return "equivariance"

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
