"""The stages a pipeline is built of. Each knows its window, its output, its parameters and its work."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

from convviz.ops.conv import conv2d
from convviz.ops.errors import SpecError, require_int
from convviz.ops.grouping import GroupedConv
from convviz.ops.layers.relu import relu
from convviz.ops.pool import avg_pool2d, max_pool2d
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Array, Floats
from convviz.ops.window import Window2d
from convviz.pipeline.banks import Bank
from convviz.pipeline.limits import check_maps, check_numbers

Shape = tuple[int, int, int]
LARGEST_SETTING = 32  # of stride, padding, dilation and pooling window


@dataclass(frozen=True)
class StageCost:
    """What a stage makes of one input, and what that takes.

    Parameters
    ----------
    output_shape
        (C, H, W).
    parameters
        Weights and biases.
    multiply_adds
        Products of a weight and a number, each added to a sum.
    """

    output_shape: Shape
    parameters: int = 0
    multiply_adds: int = 0


@dataclass(frozen=True)
class Conv:
    """A bank of filters slid over all channels, or in groups over those of their own group, padded with zeros.

    Parameters
    ----------
    bank
        The filters.
    stride, padding, dilation
        The same for both axes.
    bias
        One number for each filter, or one for all.
    groups
        Channels and filters are split into so many; as many as channels is depthwise.

    Examples
    --------
    >>> from convviz.pipeline.generated import Random
    >>> Conv(Random(8, size=3), padding=1).cost((3, 32, 32))
    StageCost(output_shape=(8, 32, 32), parameters=224, multiply_adds=221184)
    """

    bank: Bank
    stride: int = 1
    padding: int = 0
    dilation: int = 1
    bias: tuple[float, ...] = (0.0,)
    groups: int = 1

    def __post_init__(self) -> None:
        _check(1, stride=self.stride, dilation=self.dilation)
        require_int("groups", self.groups, 1)
        _check(0, padding=self.padding)
        if len(self.bias) not in (1, self.filters):
            raise SpecError(
                "bias",
                len(self.bias),
                self.filters,
                "{value} biases do not fit {limit} filters",
                "give one for all, or {limit}",
            )
        check_numbers("bias", self.bias)

    @property
    def filters(self) -> int:
        """F."""
        return len(self.bank.names)

    @property
    def window(self) -> Window2d:
        """Of the bank's kernel."""
        return Window2d.make(self.bank.kernel, self.stride, self.padding, self.dilation)

    @property
    def biases(self) -> Floats:
        """Shape (F,)."""
        return np.broadcast_to(np.array(self.bias, dtype=np.float64), (self.filters,)).copy()

    def weights(self, channels: int) -> Floats:
        """The filters for an input of so many channels, float64 of shape (F, C // groups, KH, KW).

        Raises
        ------
        SpecError
            If the groups do not divide channels and filters, or the filters are for another number of channels.
        """
        return self.bank.weights(
            GroupedConv(channels, self.filters, (1, 1), self.groups).factors[1]
        )

    def cost(self, shape: Shape) -> StageCost:
        """``F * C / groups * KH * KW`` weights and F biases; each weight meets a number at each of OH * OW places.

        Raises
        ------
        SpecError
            If the kernel exceeds the padded input, the filters do not go with so many channels, or their maps
            hold more numbers than are kept.
        """
        weights = int(self.weights(shape[0]).size)
        height, width = self.window.output_size(shape[1:])
        check_maps(self.filters, height, width)
        return StageCost(
            (self.filters, height, width), weights + self.filters, weights * height * width
        )

    def apply(self, x: Array) -> Array:
        """`convviz.conv2d` with the bank's weights. `x` has shape (C, H, W) or (N, C, H, W)."""
        w = self.weights(x.shape[-3]).astype(x.dtype)
        b = self.biases.astype(x.dtype)
        return conv2d(x, w, b, self.stride, self.padding, self.dilation, self.groups)


@dataclass(frozen=True)
class Relu:
    """Negative numbers become 0.

    Examples
    --------
    >>> Relu().apply(np.array([[[-2.0, 0.5]]]))
    array([[[0. , 0.5]]])
    """

    @property
    def window(self) -> Window2d:
        """One cell."""
        return Window2d.make(1)

    def cost(self, shape: Shape) -> StageCost:
        """The shape stays. It only compares: no multiplication."""
        return StageCost(shape)

    def apply(self, x: Array) -> Array:
        """`convviz.ops.layers.relu`: ``max(x, 0)``, cell by cell."""
        return relu(x)


@dataclass(frozen=True)
class Pool:
    """The largest number of each window, or their mean; every map by itself, without padding.

    Examples
    --------
    >>> Pool("max").apply(np.array([[[1.0, 3], [2, 0]]])), Pool("average").cost((8, 13, 12))
    (array([[[3.]]]), StageCost(output_shape=(8, 6, 6), parameters=0, multiply_adds=0))
    """

    kind: Literal["max", "average"] = "max"
    size: int = 2
    stride: int = 2

    def __post_init__(self) -> None:
        _check(1, kernel=self.size, stride=self.stride)
        if self.kind not in ("max", "average"):
            raise SpecError(
                "kind", self.kind, "max", "there is no pooling {value!r}", "use max or average"
            )

    @property
    def spec(self) -> PoolSpec:
        """As the operations take it."""
        return PoolSpec.make(self.size, self.stride)

    @property
    def window(self) -> Window2d:
        """Of every map."""
        return self.spec.window

    def cost(self, shape: Shape) -> StageCost:
        """A maximum compares, and a mean adds without weights: no multiplication counts.

        Raises
        ------
        SpecError
            If the window exceeds the input.
        """
        return StageCost((shape[0], *self.window.output_size(shape[1:])))

    def apply(self, x: Array) -> Array:
        """`convviz.max_pool2d` or `convviz.avg_pool2d`. `x` has shape (C, H, W) or (N, C, H, W)."""
        if self.kind == "average":
            return avg_pool2d(x, self.size, self.stride)
        return max_pool2d(x, self.size, self.stride)


Stage: TypeAlias = Conv | Relu | Pool


def _check(least: int, **settings: int) -> None:
    """Refuse a setting that is no whole number, too small, or larger than can be shown."""
    for name, value in settings.items():
        require_int(name, value, least)
        if value > LARGEST_SETTING:
            problem = "{argument} {value} is too large"
            raise SpecError(name, value, LARGEST_SETTING, problem, "use at most {limit}")
