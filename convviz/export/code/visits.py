"""How often each cell is visited, as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d


@dataclass(frozen=True)
class Visits:
    """In how many windows each cell of a padded input lies. The scripts leave ``counts``."""

    window: Window2d  # kernel, stride, padding and dilation
    size: Pair  # (H, W) of the unpadded input
    name: ClassVar = "visits"

    @property
    def arrays(self) -> dict[str, Floats]:
        """None: the counts do not depend on what the cells hold."""
        return {}

    def words(self, library: Library) -> dict[str, object]:
        """The window and the sizes."""
        words = {
            "size": self.window.padded_size(self.size),
            "kernel": self.window.kernel,
            "stride": self.window.stride,
            "dilation": self.window.dilation,
        }
        if library == "torch":
            return dict(words)
        rows, columns = self.window.output_size(self.size)
        return {**words, "rows": rows, "columns": columns}
