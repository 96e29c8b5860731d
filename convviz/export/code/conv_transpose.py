"""A transposed convolution as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library, loops
from convviz.ops.conv_transpose import transposed_size
from convviz.ops.naive import conv_transpose_loops
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d


@dataclass(frozen=True, eq=False)
class TransposedCode:
    """A transposed convolution. The scripts leave ``out`` and ``overlaps``."""

    x: Floats  # input, (N, C, H, W)
    w: Floats  # filters, (C, F, KH, KW)
    window: Window2d  # of the convolution whose dx this is; equal padding on opposite sides
    output_padding: Pair
    name: ClassVar = "conv_transpose"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Input and filters."""
        return {"x": self.x, "w": self.w}

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """The settings, and the loop that the stepper shows."""
        window = self.window
        size = transposed_size((self.x.shape[2], self.x.shape[3]), window, self.output_padding)
        (top, _bottom), (left, _right) = window.padding
        return {
            "loops": loops(conv_transpose_loops),
            "stride": window.stride,
            "dilation": window.dilation,
            "padding": (top, left),
            "output_padding": self.output_padding,
            "size": size,
            "padded": window.padded_size(size),
        }
