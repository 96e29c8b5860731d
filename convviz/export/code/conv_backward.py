"""The gradients of a convolution as scripts: by the backward loop, and the input's as a convolution itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.conv import conv_words, filters
from convviz.export.code.script import Library, filled, loops, written
from convviz.ops.naive import (
    conv_backward_loops,
    conv_backward_naive,
    conv_group_backward_loops,
    course_conv_param,
    dx_correlation_loops,
)
from convviz.ops.naive.source import FLIP, FLIP_BACK
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats, Pair
from convviz.ops.window import Window2d


@dataclass(frozen=True, eq=False)
class ConvBackwardCode:
    """The backward pass. The scripts leave ``dx``, ``dw`` and ``db``."""

    dout: Floats  # gradient of the output, (N, F, OH, OW)
    # x, w, spec: as for `ConvCode`
    x: Floats
    w: Floats
    spec: Conv2dSpec
    # As for `ConvCode`; ``dw`` is then the gradient of the filters before they were turned.
    rotated: bool = False
    name: ClassVar = "conv_backward"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Gradient, input and weights."""
        return {"dout": self.dout, "x": self.x} | filters(self.w, rotated=self.rotated)

    def words(self, library: Library) -> dict[str, object]:
        """The settings, and the loops that the stepper shows for them."""
        words = conv_words(self.spec, library) | dict.fromkeys(
            ("turned", "turned_back", "flip"), ""
        )
        if self.rotated:
            words |= {"turned": f"\n{FLIP}", "turned_back": f"\n{FLIP_BACK}", "flip": ".flip(2, 3)"}
        if param := course_conv_param(self.spec):
            cache = f"cache = x, w, np.zeros(len(w)), {written(param)}  # as the forward pass returns it"
            computed = f"{cache}\ndx, dw, db = conv_backward_naive(dout, cache)"
            return words | {"loops": loops(conv_backward_naive), "computed": computed}
        computed = filled("loops/conv_backward", words)
        loop = conv_backward_loops if self.spec.groups == 1 else conv_group_backward_loops
        return words | {"loops": loops(loop), "computed": computed}


@dataclass(frozen=True, eq=False)
class FullCorrelation:
    """The gradient of the padded input, gathered. The scripts leave ``dx_pad``."""

    # dout, w: gradient of the output, and weights
    dout: Floats
    w: Floats
    # window, size: of the forward pass, and (H, W) of its input
    window: Window2d
    size: Pair
    name: ClassVar = "full_correlation"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Gradient and weights."""
        return {"dout": self.dout, "w": self.w}

    def words(self, library: Library) -> dict[str, object]:  # noqa: ARG002
        """The settings, which both libraries write alike, and the loops that the stepper shows."""
        return {
            "loops": loops(dx_correlation_loops),
            "stride": self.window.stride,
            "dilation": self.window.dilation,
            "leftover": self.window.leftover(self.size),
        }
