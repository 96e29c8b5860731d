"""The layers a network is stacked of: convolution, ReLU, max pooling, affine."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

from convviz.nets.layer import Layer, Mode, Params
from convviz.ops.conv import conv2d, conv2d_backward, conv2d_backward_params
from convviz.ops.errors import SpecError, require_int
from convviz.ops.grouping import GroupedConv
from convviz.ops.layers import affine, affine_backward, relu, relu_backward
from convviz.ops.pool import max_pool2d, max_pool2d_backward
from convviz.ops.spec import Conv2dSpec, PoolSpec
from convviz.ops.types import Array, Shape


@dataclass(frozen=True)
class Conv2d(Layer):
    """Filters slid over the input at stride 1, with as much padding as keeps its size.

    For an even kernel the padding cannot be equal on both sides; the larger part lies at the bottom and right.

    Parameters
    ----------
    filters
        How many.
    kernel
        Their height and width.
    groups
        Each filter sees the channels of its own group; as many groups as channels is depthwise.
    """

    kind: ClassVar[str] = "conv"
    filters: int
    kernel: int
    groups: int = 1

    def __post_init__(self) -> None:
        for name in ("filters", "kernel", "groups"):
            require_int(name, getattr(self, name), least=1)

    @property
    def text(self) -> str:
        """For example ``conv7-32``: kernel, filters; with groups ``conv3-32-g4``."""
        return f"conv{self.kernel}-{self.filters}" + (f"-g{self.groups}" if self.groups > 1 else "")

    def shape_after(self, shape: Shape) -> Shape:
        """(F, H, W)."""
        channels, height, width = _image_shape(self, shape)
        self.sees(0, channels)  # refuses groups that do not divide
        return self.filters, height, width

    def sees(self, f: int, channels: int) -> slice:
        """Which of so many channels a filter sees.

        Raises
        ------
        SpecError
            If the groups do not divide channels and filters.

        Examples
        --------
        >>> Conv2d(4, 3, groups=2).sees(3, 6)
        slice(3, 6, None)
        """
        conv = GroupedConv(channels, self.filters, (self.kernel, self.kernel), self.groups)
        own = conv.sees(f)
        return slice(own.start, own.stop)

    def sizes(self, shape: Shape) -> dict[str, Shape]:
        """W (F, C // groups, K, K) and b (F,)."""
        channels = shape[0] // self.groups
        return {"W": (self.filters, channels, self.kernel, self.kernel), "b": (self.filters,)}

    def forward(self, x: Array, params: Params, mode: Mode) -> tuple[Array, Any]:  # noqa: ARG002
        """Slide the filters."""
        w, b = params["W"], params["b"]
        return conv2d(x, w, b, padding="same", groups=self.groups), (x, w)

    def backward(self, dout: Array, cache: Any) -> tuple[Array, Params]:
        """Gradients of the filters, the biases and the input."""
        x, w = cache
        dx, dw, db = conv2d_backward(dout, x, w, padding="same", groups=self.groups)
        return dx, {"W": dw, "b": db}

    def backward_params(self, dout: Array, cache: Any) -> Params:
        """Gradients of the filters and the biases: half the work of `backward`."""
        x, w = cache
        spec = Conv2dSpec.make(self.kernel, padding="same", groups=self.groups)
        dw, db = conv2d_backward_params(dout, x, w, spec)
        return {"W": dw, "b": db}


@dataclass(frozen=True)
class ReLU(Layer):
    """``max(0, x)``."""

    kind: ClassVar[str] = "relu"

    @property
    def text(self) -> str:
        """``relu``."""
        return self.kind

    def forward(self, x: Array, params: Params, mode: Mode) -> tuple[Array, Any]:  # noqa: ARG002
        """Negative numbers become 0."""
        return relu(x), x

    def backward(self, dout: Array, cache: Any) -> tuple[Array, Params]:
        """The gradient, where the input was positive."""
        return relu_backward(dout, cache), {}


@dataclass(frozen=True)
class MaxPool2d(Layer):
    """The largest number under each window; windows lie side by side, and what is left over is not read.

    Parameters
    ----------
    size
        Height and width of the window.
    """

    kind: ClassVar[str] = "pool"
    size: int

    def __post_init__(self) -> None:
        require_int("size", self.size, least=1)

    @property
    def text(self) -> str:
        """For example ``pool2``."""
        return f"pool{self.size}"

    def shape_after(self, shape: Shape) -> Shape:
        """(C, H // size, W // size)."""
        channels, height, width = _image_shape(self, shape)
        return channels, *PoolSpec.make(self.size).output_size((height, width))

    def forward(self, x: Array, params: Params, mode: Mode) -> tuple[Array, Any]:  # noqa: ARG002
        """Take the largest."""
        return max_pool2d(x, self.size), x

    def backward(self, dout: Array, cache: Any) -> tuple[Array, Params]:
        """The gradient goes to the first of the largest, as in PyTorch."""
        return max_pool2d_backward(dout, cache, self.size, ties="first"), {}


@dataclass(frozen=True)
class Affine(Layer):
    """Every output is a weighted sum of all inputs, and a bias.

    Parameters
    ----------
    units
        How many outputs.
    """

    kind: ClassVar[str] = "affine"
    units: int

    def __post_init__(self) -> None:
        require_int("units", self.units, least=1)

    @property
    def text(self) -> str:
        """For example ``affine100``."""
        return f"affine{self.units}"

    def shape_after(self, shape: Shape) -> Shape:  # noqa: ARG002
        """(units,)."""
        return (self.units,)

    def sizes(self, shape: Shape) -> dict[str, Shape]:
        """W (D, units), where D is the number of inputs, and b (units,)."""
        return {"W": (prod(shape), self.units), "b": (self.units,)}

    def forward(self, x: Array, params: Params, mode: Mode) -> tuple[Array, Any]:  # noqa: ARG002
        """``x @ W + b``, with each image's numbers in one row."""
        return affine(x, params["W"], params["b"]), (x, params["W"])

    def backward(self, dout: Array, cache: Any) -> tuple[Array, Params]:
        """Gradients of the weights, the biases and the input."""
        dx, dw, db = affine_backward(dout, *cache)
        return dx, {"W": dw, "b": db}


def _image_shape(layer: Layer, shape: Shape) -> tuple[int, int, int]:
    """(C, H, W), or a refusal where an affine layer has already flattened the image."""
    if len(shape) != 3:
        raise SpecError(
            "stack",
            layer.text,
            shape,
            "{value} needs feature maps but comes after an affine layer",
            "move it before the first affine layer",
        )
    return shape[0], shape[1], shape[2]
