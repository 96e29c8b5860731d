"""A stack that can be run: layers with their weights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from convviz.ops.conv import conv2d
from convviz.ops.errors import SpecError, require_word
from convviz.ops.pool import avg_pool2d, max_pool2d
from convviz.ops.receptive.layers import Branches, Layer, LayerLike, as_layers
from convviz.ops.types import Array, Shape

Weights = Sequence[Array | None]


@dataclass(frozen=True)
class Stack:
    """Layers with their weights, ready to be run.

    Parameters
    ----------
    layers
        Convolutions and pools.
    weights
        (F, C, KH, KW) for each convolution, None for each pool.
    relu
        Whether a ReLU follows each convolution but the last.
    pooling
        "max" or "average".
    """

    layers: tuple[Layer, ...]
    weights: tuple[Array | None, ...]
    relu: bool = False
    pooling: str = "max"

    def __post_init__(self) -> None:
        require_word("pooling", self.pooling, ("max", "average"))

    @classmethod
    def make(
        cls,
        layers: Iterable[LayerLike],
        weights: Weights,
        relu: bool = False,
        pooling: str = "max",
    ) -> Stack:
        """Build from layers as for `receptive_field`; branches have no weights here and are refused."""
        stack = as_layers(layers)
        plain = tuple(layer for layer in stack if not isinstance(layer, Branches))
        if len(plain) < len(stack) or len(stack) != len(weights):
            raise SpecError(
                "weights",
                len(weights),
                len(stack),
                "there are {value} weights for {limit} layers",
                "give an array for each convolution and None for each pool, without branches",
            )
        if pooling == "average" and any(
            layer.window.dilation != (1, 1) and w is None
            for layer, w in zip(plain, weights, strict=True)
        ):
            raise SpecError(
                "pooling",
                pooling,
                1,
                "{pooling} pooling does not support dilation",
                "use dilation {limit}, or pooling 'max'",
                pooling=pooling,
            )
        return cls(plain, tuple(weights), relu, pooling)


def uniform_weights(layers: Iterable[LayerLike], channels: int = 1) -> list[Array | None]:
    """For each convolution, ``1 / (C * KH * KW)`` everywhere, so that it takes means; None for each pool.

    Examples
    --------
    >>> uniform_weights([(2,)])[0].tolist()
    [[[[0.25, 0.25], [0.25, 0.25]]]]
    """
    shapes = _shapes(layers, channels)
    return [None if shape is None else np.full(shape, 1 / np.prod(shape[1:])) for shape in shapes]


def random_weights(layers: Iterable[LayerLike], seed: int, channels: int = 1) -> list[Array | None]:
    """For each convolution, normal numbers of deviation ``sqrt(2 / (C * KH * KW))`` (He et al., 2015)."""
    rng = np.random.default_rng(seed)
    shapes = _shapes(layers, channels)
    return [
        None if shape is None else rng.normal(0, np.sqrt(2 / np.prod(shape[1:])), shape)
        for shape in shapes
    ]


def run(x: Array, stack: Stack) -> list[Array]:
    """The input and the map of every layer.

    Parameters
    ----------
    x
        Input, shape (C, H, W).
    stack
        What it goes through.

    Returns
    -------
    list of ndarray
        One more than there are layers, each (C, H, W) of its own size.

    Examples
    --------
    >>> means = [(2, 2), (2, 2)]
    >>> [x.shape for x in run(np.ones((1, 8, 8)), Stack.make(means, uniform_weights(means)))]
    [(1, 8, 8), (1, 4, 4), (1, 2, 2)]
    """
    maps = [x]
    for level, (layer, w) in enumerate(zip(stack.layers, stack.weights, strict=True)):
        window = layer.at((x.shape[1], x.shape[2]))
        if w is not None:
            x = conv2d(x, w, None, window.stride, window.padding, window.dilation)
            x = np.maximum(x, 0) if stack.relu and level < len(stack.layers) - 1 else x
        elif stack.pooling == "max":
            x = max_pool2d(x, window.kernel, window.stride, window.padding, window.dilation)
        else:
            x = avg_pool2d(x, window.kernel, window.stride, window.padding)
        maps.append(x)
    return maps


def _shapes(layers: Iterable[LayerLike], channels: int) -> list[Shape | None]:
    """(F, C, KH, KW) of each convolution: one channel in, `channels` from then on."""
    shapes: list[Shape | None] = []
    before = 1
    for layer in as_layers(layers):
        if isinstance(layer, Branches) or layer.kind == "pool":
            shapes.append(None)
        else:
            shapes.append((channels, before, *layer.window.kernel))
            before = channels
    return shapes
