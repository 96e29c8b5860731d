"""A convolution as one matrix product, as scripts: forward, and back to the input and the filters."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.conv import conv_words
from convviz.export.code.script import Library, loops
from convviz.ops.naive import col2im_loops, dw_product_loops, im2col_loops, product_loops
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats


@dataclass(frozen=True, eq=False)
class ColumnsCode:
    """im2col and the product. The scripts leave ``x_cols``, ``w_rows`` and ``out``."""

    x: Floats  # input, (N, C, H, W)
    w: Floats  # weights, (F, C, KH, KW)
    b: Floats  # bias, (F,)
    spec: Conv2dSpec  # stride, padding, dilation and padding mode
    name: ClassVar = "columns"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Input, weights and bias."""
        return {"x": self.x, "w": self.w, "b": self.b}

    def words(self, library: Library) -> dict[str, object]:
        """The settings, and the loops that the stepper shows."""
        words = conv_words(self.spec, library)
        return words | {"loops": loops(im2col_loops, product_loops), "kernel": self.w.shape[2:]}


@dataclass(frozen=True, eq=False)
class ColumnsBackwardCode:
    """The gradients by matrix products and col2im. The scripts leave ``dw``, ``dx_cols`` and ``dx_pad``."""

    dout: Floats  # gradient of the output, (N, F, OH, OW)
    # x, w, spec: as for `ColumnsCode`
    x: Floats
    w: Floats
    spec: Conv2dSpec
    name: ClassVar = "columns_backward"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Gradient, input and weights."""
        return {"dout": self.dout, "x": self.x, "w": self.w}

    def words(self, library: Library) -> dict[str, object]:
        """The settings, and the loops that the stepper shows."""
        words = conv_words(self.spec, library)
        return words | {
            "loops": loops(im2col_loops, dw_product_loops, col2im_loops),
            "kernel": self.w.shape[2:],
        }
