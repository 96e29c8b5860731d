"""The cases that reveal bugs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from convviz.ops.types import Array, Pair
from convviz.ops.window import Window2d

POOL_3 = {"pool_height": 3, "pool_width": 3, "stride": 2}
PEAK = np.zeros((5, 5))
PEAK[2, 2] = 1
EQUAL = [[1.0, 1, 0, 2], [0, 0, 0, 0], [5, 0, 3, 3], [0, 0, 3, 3]]
WIDE = [[1, 2, 3, 1, 2, 9], [4, 5, 9, 4, 5, 6], [0] * 6, [1, 2, 3, 1, 9, 3], [9, 5, 6, 4, 5, 6]]
POOL_23 = {"pool_height": 2, "pool_width": 3, "stride": 3}


@dataclass(frozen=True)
class Revealed:
    """The case that reveals a bug."""

    # For a backward pass the gradient that arrives ("dout") and the input; else the function's own arrays.
    arrays: dict[str, Array]
    param: dict[str, Any]  # the course's dictionary of settings

    @property
    def arguments(self) -> tuple[Any, ...]:
        """What the functions take: ``(dout, cache)``, or the arrays and the settings."""
        if "dout" not in self.arrays:
            return *self.arrays.values(), self.param
        dout, *inputs = self.arrays.values()
        bias = [np.zeros(len(self.arrays["w"]))] if "w" in self.arrays else []
        return dout, (*inputs, *bias, self.param)


def conv_case(size: Pair, kernel: int, stride: int = 1, pad: int = 0) -> Callable[[], Revealed]:
    """A convolution of one plane with ones; dout is all ones, so dx counts the windows."""

    def revealing() -> Revealed:
        param = {"stride": stride, "pad": pad}
        out = Window2d.make(kernel, stride, pad).output_size(size)
        x = np.arange(float(size[0] * size[1])).reshape(1, 1, *size)
        w, dout = np.ones((1, 1, kernel, kernel)), np.ones((1, 1, *out))
        return Revealed({"dout": dout, "x": x, "w": w}, param)

    return revealing


def pool_case(x: Any, param: dict[str, int]) -> Callable[[], Revealed]:
    """Max pooling of one plane, with a gradient for each window."""

    def revealing() -> Revealed:
        image = np.asarray(x, dtype=np.float64)[None, None]
        kernel = param["pool_height"], param["pool_width"]
        out = Window2d.make(kernel, param["stride"]).output_size(image.shape[2:])
        return Revealed({"dout": np.ones((1, 1, *out)), "x": image}, param)

    return revealing


def features_case() -> Revealed:
    """Three features, each of them a number and its negative, of three sizes."""
    x = np.array([[1.0], [-1]]) * np.array([10, 0.01, 0.001])  # (2, 3)
    return Revealed({"x": x, "gamma": np.ones(3), "beta": np.zeros(3)}, {"eps": 1e-5})
