"""The course's three-layer network, and the one of its PyTorch notes."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.nets.layer import Layer
from convviz.nets.layers import Affine, Conv2d, MaxPool2d, ReLU
from convviz.nets.regularising import BatchNorm, Dropout
from convviz.nets.sequential import Sequential


class ThreeLayerConvNet(Sequential):
    """conv - relu - 2×2 max pool - affine - relu - affine - softmax.

    Parameters
    ----------
    input_dim
        (C, H, W) of one image.
    num_filters
        Filters of the convolution.
    filter_size
        Their height and width. The output keeps the input's size; for an even size the padding is one more at the
        bottom and right.
    hidden_dim
        Units of the hidden affine layer.
    num_classes
        Units of the last.
    weight_scale
        Standard deviation of the initial weights.
    reg
        Weight decay: ``reg / 2`` times the sum of the squares of W1, W2 and W3 is added to the loss.
    dtype
        float32 or float64.
    batchnorm
        Whether to normalise after the convolution and after the hidden layer, before each relu.
    dropout
        Probability with which a hidden unit becomes 0 in training.
    seed
        Of the initial weights and of dropout.

    Notes
    -----
    Source: Stanford CS231n, assignment 2, ``cs231n/classifiers/cnn.py``. There an even `filter_size` loses a row
    and a column, because its padding is ``(filter_size - 1) // 2`` on every side.

    Examples
    --------
    >>> net = ThreeLayerConvNet()
    >>> net.params["W1"].shape, net.params["W2"].shape, net.params["W3"].shape, net.size
    ((32, 3, 7, 7), (8192, 100), (100, 10), 825046)
    """

    def __init__(
        self,
        input_dim: tuple[int, int, int] = (3, 32, 32),
        num_filters: int = 32,
        filter_size: int = 7,
        hidden_dim: int = 100,
        num_classes: int = 10,
        weight_scale: float | None = 1e-3,
        reg: float = 0.0,
        dtype: npt.DTypeLike = np.float32,
        batchnorm: bool = False,
        dropout: float = 0.0,
        seed: int = 0,
    ):
        norm: list[Layer] = [BatchNorm()] if batchnorm else []
        drop: list[Layer] = [Dropout(dropout)] if dropout else []
        layers = [
            *(Conv2d(num_filters, filter_size), *norm, ReLU(), MaxPool2d(2)),
            *(Affine(hidden_dim), *norm, ReLU(), *drop),
            Affine(num_classes),
        ]
        super().__init__(
            layers, input_dim, weight_scale=weight_scale, reg=reg, dtype=dtype, seed=seed
        )


def notes_network(
    input_dim: tuple[int, int, int] = (3, 32, 32),
    channels: tuple[int, int] = (32, 16),
    num_classes: int = 10,
    dtype: npt.DTypeLike = np.float32,
    seed: int = 0,
) -> Sequential:
    """Conv 5×5 - relu - conv 3×3 - relu - affine - softmax, begun as Kaiming has it.

    Parameters
    ----------
    input_dim
        (C, H, W) of one image.
    channels
        Filters of the two convolutions.
    num_classes
        Units of the affine layer.
    dtype
        float32 or float64.
    seed
        Of the initial weights.

    Notes
    -----
    Source: Stanford CS231n, assignment 2, ``PyTorch.ipynb``. Its ThreeLayerConvNet is this network, not the one of
    ``cnn.py``: it has no pooling.

    Examples
    --------
    >>> [shape for shape in notes_network(channels=(6, 9)).shapes]
    [(3, 32, 32), (6, 32, 32), (6, 32, 32), (9, 32, 32), (9, 32, 32), (10,)]
    """
    first, second = channels
    layers = [Conv2d(first, 5), ReLU(), Conv2d(second, 3), ReLU(), Affine(num_classes)]
    return Sequential(layers, input_dim, dtype=dtype, seed=seed)
