"""The effective receptive field of a stack as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from convviz.export.code.script import Library, functions
from convviz.ops.types import Floats


@dataclass(frozen=True, eq=False)
class EffectiveField:
    """The gradient of the middle unit of a stack of equal convolutions that keep the size.

    The scripts leave ``influence``, the mean absolute gradient (H, W), the share of the ``columns``, the
    ``centre`` and ``sigma`` fitted to them, and ``size``, as of `convviz.ops.receptive.effective.effective_size`.
    """

    x: Floats  # input, (1, H, W), of even sides
    # Of each sample and in it of each convolution, (F, C, K, K) with K odd; at least one sample.
    weights: tuple[tuple[Floats, ...], ...]
    dilation: int = 1  # of all
    halving: int = 0  # after so many convolutions 2×2 means halve the map; 0 for never
    relu: bool = False  # whether a ReLU follows each convolution but the last
    name: ClassVar = "effective_field"

    @property
    def arrays(self) -> dict[str, Floats]:
        """The input, the weights of the first layers, and those of the others."""
        first = np.stack([sample[0] for sample in self.weights])  # (samples, F, 1, K, K)
        filters, kernel = first.shape[1], first.shape[-1]
        rest = np.empty((len(first), 0, filters, filters, kernel, kernel))
        if len(self.weights[0]) > 1:
            rest = np.array([sample[1:] for sample in self.weights])
        return {"x": self.x, "first": first, "rest": rest}

    def words(self, library: Library) -> dict[str, object]:
        """The settings, the functions, and the lines that compute the widths from the influence."""
        return {
            "dilation": self.dilation,
            "halving": self.halving,
            "relu": self.relu,
            "functions": functions(["conv", "conv_backward"]),
            "widths": functions([f"widths_{library}"]),
        }
