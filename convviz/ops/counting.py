"""What a layer costs if it is dense, locally connected or convolutional.

The three connect the same inputs with the same outputs. A dense layer connects all with all. A locally connected
one only what lies under the window, each with a weight of its own. A convolution has the same connections, but
every window uses the same weights.

Source: Goodfellow, Bengio and Courville, Deep Learning (2016), section 9.2.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from convviz.ops.errors import require_int, require_pair, require_word
from convviz.ops.types import Pair
from convviz.ops.window import Window2d

Connecting = Literal["dense", "local", "conv"]
CONNECTINGS: tuple[Connecting, ...] = get_args(Connecting)


@dataclass(frozen=True)
class LayerShape:
    """A layer from C channels of (H, W) to F maps.

    Examples
    --------
    >>> shape = LayerShape(channels=3, size=(227, 227), filters=96, window=Window2d.make(11, stride=4))
    >>> shape.output_size, shape.inputs, shape.outputs
    ((55, 55), 154587, 290400)
    """

    channels: int
    size: Pair
    filters: int
    window: Window2d

    def __post_init__(self) -> None:
        for name in ("channels", "filters"):
            require_int(name, getattr(self, name), least=1)
        require_pair("size", self.size, least=1)

    @property
    def output_size(self) -> Pair:
        """(OH, OW)."""
        return self.window.output_size(self.size)

    @property
    def inputs(self) -> int:
        """Numbers that go in."""
        return self.channels * self.size[0] * self.size[1]

    @property
    def outputs(self) -> int:
        """Numbers that come out."""
        return self.filters * self.output_size[0] * self.output_size[1]

    @property
    def taps(self) -> int:
        """Products in one output of a convolution: C * KH * KW."""
        return self.channels * self.window.kernel[0] * self.window.kernel[1]


@dataclass(frozen=True)
class Costs:
    """What one kind of layer needs.

    Parameters
    ----------
    weights, biases
        Numbers to be learnt.
    connections
        Pairs of an input and an output of which the one enters the other; taps in the padding are none.
    multiply_adds
        Products computed for one image; a convolution multiplies its padding too.
    """

    weights: int
    biases: int
    connections: int
    multiply_adds: int

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.weights + self.biases


def count(shape: LayerShape, connecting: Connecting) -> Costs:
    """Weights, connections and multiply–adds of a layer.

    Parameters
    ----------
    shape
        Its sizes.
    connecting
        "dense", "local" (a filter of its own for every output) or "conv".

    Examples
    --------
    >>> shape = LayerShape(3, (227, 227), 96, Window2d.make(11, stride=4))
    >>> for connecting in ("dense", "local", "conv"):
    ...     print(connecting, f"{count(shape, connecting).weights:,}")
    dense 44,892,064,800
    local 105,415,200
    conv 34,848
    """
    require_word("connecting", connecting, CONNECTINGS)
    if connecting == "dense":
        every = shape.inputs * shape.outputs
        return Costs(every, shape.outputs, every, every)
    products = shape.outputs * shape.taps
    connections = shape.channels * shape.filters * _taps_inside(shape)
    if connecting == "local":
        return Costs(products, shape.outputs, connections, products)
    return Costs(shape.filters * shape.taps, shape.filters, connections, products)


def _taps_inside(shape: LayerShape) -> int:
    """Taps that read the input and not its padding, of all windows on one channel: rows times columns."""
    total = 1
    for axis in (0, 1):
        window, out = shape.window, shape.output_size[axis]
        first = np.arange(out) * window.stride[axis] - window.padding[axis][0]
        taps = first[:, None] + np.arange(window.kernel[axis]) * window.dilation[axis]  # (out, K)
        total *= int(((taps >= 0) & (taps < shape.size[axis])).sum())
    return total


EDGE_EXAMPLE = LayerShape(channels=1, size=(280, 320), filters=1, window=Window2d.make((1, 2)))


@dataclass(frozen=True)
class EdgeExample:
    """The book's vertical edges, ``x[i] - x[i - 1]`` on 320×280 pixels, in exact numbers.

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), figure 9.6.

    Examples
    --------
    >>> example = EdgeExample()
    >>> f"{example.operations:,} {example.matrix_entries:,} {example.nonzero:,}"
    '267,960 8,003,072,000 178,640'
    >>> f"{example.matrix_operations:,} {example.storage_ratio:,.0f} {example.speed_ratio:,.1f}"
    '16,006,144,000 4,001,536,000 59,733.3'
    """

    shape: LayerShape = EDGE_EXAMPLE

    @property
    def operations(self) -> int:
        """Floating-point operations of the convolution: two products and a sum for each output."""
        return 3 * self.shape.outputs

    @property
    def matrix_entries(self) -> int:
        """Numbers in the matrix that does the same."""
        return self.shape.inputs * self.shape.outputs

    @property
    def nonzero(self) -> int:
        """Entries of that matrix that are not 0."""
        return count(self.shape, "conv").connections

    @property
    def matrix_operations(self) -> int:
        """Operations of the dense product: a product and a sum for each entry."""
        return 2 * self.matrix_entries

    @property
    def storage_ratio(self) -> float:
        """Entries of the matrix for each of the two numbers of the kernel."""
        return self.matrix_entries / self.shape.taps

    @property
    def speed_ratio(self) -> float:
        """Operations of the matrix for each of the convolution."""
        return self.matrix_operations / self.operations
