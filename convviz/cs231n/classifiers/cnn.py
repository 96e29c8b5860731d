"""The course's ``cnn.py``: a convolutional network of three layers."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.cs231n.classifiers.fc_net import Classes, Params, add_decay
from convviz.cs231n.layer_utils import (
    affine_relu_backward,
    affine_relu_forward,
    conv_relu_pool_backward,
    conv_relu_pool_forward,
)
from convviz.cs231n.layers import affine_backward, affine_forward, softmax_loss
from convviz.ops.types import Array

POOL = {"pool_height": 2, "pool_width": 2, "stride": 2}

__all__ = ["ThreeLayerConvNet"]


class ThreeLayerConvNet:
    """conv - relu - 2×2 max pool - affine - relu - affine - softmax.

    It has the course's own arguments and padding, ``(filter_size - 1) // 2`` on every side: an even filter loses a
    row and a column. Weights are drawn from NumPy's global generator. `convviz.nets.ThreeLayerConvNet` is the same
    network with batch norm, dropout and a seed.

    Parameters
    ----------
    input_dim
        (C, H, W) of one image.
    num_filters, filter_size
        Filters of the convolution, and their height and width.
    hidden_dim, num_classes
        Units of the two affine layers.
    weight_scale
        Standard deviation of the initial weights; biases begin at 0.
    reg
        Weight decay: ``reg / 2`` times the sum of the squares of W1, W2 and W3 is added to the loss.
    dtype
        float32 or float64: of the parameters, and of all that is computed.

    Attributes
    ----------
    params
        W1, b1, W2, b2, W3 and b3.

    Examples
    --------
    >>> model = ThreeLayerConvNet(num_filters=4)
    >>> model.params["W2"].shape, model.loss(np.zeros((2, 3, 32, 32))).dtype
    ((1024, 100), dtype('float32'))
    """

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (3, 32, 32),
        num_filters: int = 32,
        filter_size: int = 7,
        hidden_dim: int = 100,
        num_classes: int = 10,
        weight_scale: float = 1e-3,
        reg: float = 0.0,
        dtype: npt.DTypeLike = np.float32,
    ):
        self.reg, self.dtype = reg, dtype
        self.conv_param = {"stride": 1, "pad": (filter_size - 1) // 2}
        channels, *sides = input_dim
        lost = filter_size - 1 - 2 * self.conv_param["pad"]  # 1 for an even filter
        pooled = [(side - lost) // 2 for side in sides]
        shapes = {
            "W1": (num_filters, channels, filter_size, filter_size),
            "W2": (num_filters * pooled[0] * pooled[1], hidden_dim),
            "W3": (hidden_dim, num_classes),
        }
        self.params: Params = {}
        units = (num_filters, hidden_dim, num_classes)
        for k, ((name, shape), biases) in enumerate(zip(shapes.items(), units, strict=True), 1):
            self.params[name] = (weight_scale * np.random.randn(*shape)).astype(dtype)
            self.params[f"b{k}"] = np.zeros(biases, dtype)

    def loss(self, X: Array, y: Classes | None = None) -> Any:
        """Scores (N, classes) of X (N, C, H, W); with classes y (N,), loss and gradients by name."""
        p = self.params
        X = X.astype(self.dtype, copy=False)
        maps, first = conv_relu_pool_forward(X, p["W1"], p["b1"], self.conv_param, POOL)
        hidden, second = affine_relu_forward(maps, p["W2"], p["b2"])
        scores, last = affine_forward(hidden, p["W3"], p["b3"])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        dhidden, dW3, db3 = affine_backward(dscores, last)
        dmaps, dW2, db2 = affine_relu_backward(dhidden, second)
        _, dW1, db1 = conv_relu_pool_backward(dmaps, first)
        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2, "W3": dW3, "b3": db3}
        return loss + add_decay(grads, p, self.reg), grads
