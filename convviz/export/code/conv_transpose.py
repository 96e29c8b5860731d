"""A transposed convolution as scripts, and its backward pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library, loops
from convviz.ops.conv_transpose import transposed_size
from convviz.ops.naive import conv_transpose_backward_loops, conv_transpose_loops
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
        size = transposed_size((self.x.shape[2], self.x.shape[3]), self.window, self.output_padding)
        return _words(self.window, self.output_padding) | {
            "loops": loops(conv_transpose_loops),
            "size": size,
            "padded": self.window.padded_size(size),
        }


@dataclass(frozen=True, eq=False)
class TransposedBackwardCode:
    """Its backward pass. The scripts leave ``dx``, ``dw`` and ``db``."""

    dout: Floats  # gradient of the output, (N, F, OH, OW)
    # x, w, window, output_padding: as for `TransposedCode`
    x: Floats
    w: Floats
    window: Window2d
    output_padding: Pair
    name: ClassVar = "conv_transpose_backward"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Gradient, input and filters."""
        return {"dout": self.dout, "x": self.x, "w": self.w}

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """The settings, and the loop that the stepper shows."""
        words = _words(self.window, self.output_padding)
        return words | {"loops": loops(conv_transpose_backward_loops), "sides": self.window.padding}


def _words(window: Window2d, output_padding: Pair) -> dict[str, object]:
    """The settings."""
    (top, _bottom), (left, _right) = window.padding
    return {
        "stride": window.stride,
        "dilation": window.dilation,
        "padding": (top, left),
        "output_padding": output_padding,
    }
