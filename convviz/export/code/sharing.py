"""What sharing weights saves, as scripts: the counts of a layer, and the edges of a photo."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from convviz.export.code.script import Library
from convviz.ops.counting import LayerShape
from convviz.ops.types import Array, Floats


@dataclass(frozen=True)
class LayerCosts:
    """A layer as a dense one, a locally connected one and a convolution.

    The scripts leave ``weights``, ``biases``, ``connections`` and ``multiply_adds``, each by "dense", "local" and
    "conv".
    """

    shape: LayerShape
    name: ClassVar = "costs"

    @property
    def arrays(self) -> dict[str, Floats]:
        """None: counts depend on sizes alone."""
        return {}

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """Sizes."""
        window = self.shape.window
        return {
            "input": (self.shape.channels, *self.shape.size),
            "filters": self.shape.filters,
            "kernel": window.kernel,
            "stride": window.stride,
            "dilation": window.dilation,
            "padding": window.padding,
        }


@dataclass(frozen=True, eq=False)
class Edges:
    """Vertical edges of a photo. The scripts leave ``edges`` and the counts beside them."""

    photo: Array  # in gray, or numbers; (H, W)
    name: ClassVar = "edges"

    @property
    def arrays(self) -> dict[str, Floats]:
        """The photo."""
        return {"photo": self.photo.astype(np.float64)}

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """Nothing else."""
        return {}
