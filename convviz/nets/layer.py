"""What every layer of a network has: settings, shapes, a forward and a backward pass.

A layer holds settings and nothing else. The network owns the numbers and passes them as `params`. The
cache that `forward` returns is what `backward` needs of it.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import prod
from typing import Any, ClassVar

import numpy as np

from convviz.ops.types import Array, Shape

Params = dict[str, Array]


@dataclass
class Mode:
    """How a forward pass is meant."""

    training: bool  # whether batch norm uses the batch's own statistics, and dropout drops
    rng: np.random.Generator  # where dropout takes its random numbers from
    # What a layer remembers between batches, by name: batch norm's running statistics.
    state: dict[str, Array] = field(default_factory=dict)


class Layer(ABC):
    """One layer. Shapes leave out the axis of the batch: (C, H, W) or (D,)."""

    kind: ClassVar[str]

    @property
    @abstractmethod
    def text(self) -> str:
        """The layer as `parse_stack` reads it."""

    def shape_after(self, shape: Shape) -> Shape:
        """The output's shape for an input of `shape`."""
        return shape

    def sizes(self, shape: Shape) -> dict[str, Shape]:  # noqa: ARG002
        """The shape of each of its parameters."""
        return {}

    def start_state(self, shape: Shape) -> Params:  # noqa: ARG002
        """What it remembers between batches, as it is before the first."""
        return {}

    @abstractmethod
    def forward(self, x: Array, params: Params, mode: Mode) -> tuple[Array, Any]:
        """The output, and the cache for `backward`."""

    @abstractmethod
    def backward(self, dout: Array, cache: Any) -> tuple[Array, Params]:
        """The gradients with respect to the input and to each parameter."""

    def backward_params(self, dout: Array, cache: Any) -> Params:
        """The gradients of the parameters alone: the first layer needs no gradient of its input."""
        return self.backward(dout, cache)[1]


def parameter_count(sizes: Mapping[str, Shape]) -> int:
    """How many numbers parameters of these shapes hold.

    Examples
    --------
    >>> parameter_count({"W": (32, 3, 7, 7), "b": (32,)})
    4736
    """
    return sum(prod(shape) for shape in sizes.values())
