"""A convolution as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from convviz.export.code.script import Library, filled, loops, written
from convviz.ops.naive import conv_forward_naive, conv_group_loops, conv_loops, course_conv_param
from convviz.ops.naive.source import FLIP
from convviz.ops.padding import PADDING_MODES
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats

TORCH_FLIP = FLIP.replace("w[:, :, ::-1, ::-1]", "w.flip(2, 3)")


@dataclass(frozen=True, eq=False)
class ConvCode:
    """A convolution: its arrays and its settings. The scripts leave ``out``."""

    # x, w, b: input (N, C, H, W), weights as they are multiplied (F, C // groups, KH, KW), and bias
    # (F,)
    x: Floats
    w: Floats
    b: Floats
    spec: Conv2dSpec  # stride, padding, dilation, groups and padding mode
    # True if `w` was turned by 180° to make the cross-correlation a convolution. The scripts then
    # begin with the filters before that, and turn them.
    rotated: bool = False
    name: ClassVar = "conv"

    @property
    def arrays(self) -> dict[str, Floats]:
        """Input, weights and bias; where the weights are turned, ``w`` before and ``w_turned`` after that."""
        return {"x": self.x, "b": self.b} | filters(self.w, rotated=self.rotated)

    def words(self, library: Library) -> dict[str, object]:
        """The settings, and the loops that the stepper shows for them."""
        words = conv_words(self.spec, library) | {"turned": ""}
        if self.rotated:
            words["turned"] = f"\n{FLIP if library == 'numpy' else TORCH_FLIP}"
        if param := course_conv_param(self.spec):
            computed = f"out, cache = conv_forward_naive(x, w, b, {written(param)})"
            return words | {"loops": loops(conv_forward_naive), "computed": computed}
        loop = conv_loops if self.spec.groups == 1 else conv_group_loops
        return words | {"loops": loops(loop), "computed": filled("loops/conv", words)}


def filters(w: Floats, *, rotated: bool) -> dict[str, Floats]:
    """Weights as they are multiplied; if they were turned, ``w`` before that and ``w_turned``.

    Examples
    --------
    >>> filters(np.array([[[[1.0, 2.0]]]]), rotated=True)
    {'w': array([[[[2., 1.]]]]), 'w_turned': array([[[[1., 2.]]]])}
    """
    if not rotated:
        return {"w": w}
    return {"w": np.ascontiguousarray(w[:, :, ::-1, ::-1]), "w_turned": w}


def conv_words(spec: Conv2dSpec, library: Library) -> dict[str, object]:
    """The settings of a convolution as a library writes them.

    Examples
    --------
    >>> spec = Conv2dSpec.make(3, padding=((1, 2), (3, 4)), padding_mode="circular")
    >>> for library in ("numpy", "torch"):
    ...     print(conv_words(spec, library)["padding"], conv_words(spec, library)["mode"])
    ((1, 2), (3, 4)) wrap
    (3, 4, 1, 2) circular
    """
    window, mode = spec.window, PADDING_MODES[spec.padding_mode]
    (top, bottom), (left, right) = window.padding
    return {
        "stride": window.stride,
        "dilation": window.dilation,
        "grouped": f", groups={spec.groups}" if spec.groups > 1 else "",
        "loop": "conv_group" if spec.groups > 1 else "conv",
        "padding": (left, right, top, bottom) if library == "torch" else window.padding,
        "mode": getattr(mode, library),
    }
