"""A chain of convolutions and a pool. Each setting of it either keeps shift equivariance or breaks it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from convviz.ops.conv import conv2d
from convviz.ops.equivariance import blur_pool
from convviz.ops.errors import require_word
from convviz.ops.padding import pad
from convviz.ops.pool import avg_pool2d, max_pool2d
from convviz.ops.types import Array

Pooling = Literal["none", "max", "average"]
HALF = 2  # stride of a pool
AFTER = ((0, 1), (0, 1))


@dataclass(frozen=True)
class Chain:
    """Convolutions that keep the size, the first with a stride, then perhaps a 2×2 pool.

    Parameters
    ----------
    layers
        Number of convolutions.
    stride
        Of the first.
    pooling
        "none", "max" or "average", with stride 2.
    padding_mode
        What lies beyond the border, as for `convviz.conv2d`.
    blur
        True to blur before each thinning out, as Zhang (2019) does.

    Examples
    --------
    >>> Chain(layers=2, stride=2, pooling="max").total_stride, Chain(stride=2).total_stride
    (4, 2)
    """

    layers: int = 1
    stride: int = 1
    pooling: Pooling = "none"
    padding_mode: str = "zeros"
    blur: bool = False

    def __post_init__(self) -> None:
        require_word("pooling", self.pooling, get_args(Pooling))

    @property
    def total_stride(self) -> int:
        """Input cells from one output to the next."""
        return self.stride * (1 if self.pooling == "none" else HALF)


def run_chain(x: Array, w: Array, chain: Chain) -> Array:
    """Send an image through the chain.

    Parameters
    ----------
    x
        Shape (C, H, W); float32 or float64.
    w
        The filter of every convolution, (C, C, K, K) with K odd.
    chain
        What it goes through.

    Returns
    -------
    ndarray
        Shape (C, OH, OW), OH about H over the total stride.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(16.0).reshape(1, 4, 4)
    >>> w = np.zeros((1, 1, 3, 3)); w[..., 1, 1] = 1
    >>> run_chain(x, w, Chain(pooling="max")).tolist()
    [[[5.0, 7.0], [13.0, 15.0]]]
    """
    side, mode = w.shape[-1] // 2, chain.padding_mode
    for layer in range(chain.layers):
        stride = chain.stride if layer == 0 else 1
        dense = chain.blur and stride > 1
        x = conv2d(x, w, stride=1 if dense else stride, padding=side, padding_mode=mode)
        if dense:
            x = blur_pool(x, 3, stride, mode)
    if chain.pooling == "none":
        return x
    return _blurred(x, chain) if chain.blur else _pooled(x, chain.pooling)


def _pooled(x: Array, pooling: Pooling) -> Array:
    return max_pool2d(x, HALF) if pooling == "max" else avg_pool2d(x, HALF)


def _blurred(x: Array, chain: Chain) -> Array:
    """The maximum of every 2×2 window, not only of every second one, then blur; the mean is a blur already."""
    if chain.pooling == "max":
        x = max_pool2d(pad(x, AFTER, chain.padding_mode), HALF, 1)
    return blur_pool(x, 3, HALF, chain.padding_mode)
