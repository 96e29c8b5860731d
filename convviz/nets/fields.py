"""What a unit of a trained network sees of its input: its theoretical field, and the gradient it really has."""

from __future__ import annotations

import numpy as np

from convviz.nets.layers import Affine, Conv2d, MaxPool2d
from convviz.nets.sequential import Sequential
from convviz.ops.errors import SpecError
from convviz.ops.receptive import Layer
from convviz.ops.types import Array


def maps_depth(net: Sequential) -> int:
    """How many layers have maps: those in front of the first affine one.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> maps_depth(Sequential(parse_stack("conv5-6 relu pool2 affine10"), (3, 32, 32)))
    3
    """
    return next(k for k, layer in enumerate(net.layers) if isinstance(layer, Affine))


def windows(net: Sequential) -> tuple[Layer, ...]:
    """The convolutions and pools in front of the first affine layer, as layers of a receptive field.

    Raises
    ------
    SpecError
        If there are none: every unit sees the whole input.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> net = Sequential(parse_stack("conv5-6 relu pool2 affine10"), (3, 32, 32))
    >>> [(layer.name, layer.window.kernel) for layer in windows(net)]
    [('conv1', (5, 5)), ('pool1', (2, 2))]
    """
    found: list[Layer] = []
    for layer in net.layers[: maps_depth(net)]:
        number = 1 + sum(layer.kind == one.kind for one in found)
        if isinstance(layer, Conv2d):
            found.append(
                Layer.make(layer.kernel, padding="same", name=f"conv{number}", kind="conv")
            )
        elif isinstance(layer, MaxPool2d):
            found.append(Layer.make(layer.size, layer.size, name=f"pool{number}", kind="pool"))
    if not found:
        raise SpecError(
            "network",
            " ".join(layer.text for layer in net.layers),
            None,
            "no layer of {value} slides over the input, so every unit sees all of it",
            "choose a network with a convolution or a pool in front of its first affine layer",
        )
    return tuple(found)


def middle_gradient(net: Sequential, x: Array) -> Array:
    """How much each number of an input moves the middle unit in front of the first affine layer.

    Parameters
    ----------
    net
        As it is used after training: batch norm scales, dropout drops nothing.
    x
        (C, H, W), of the network's dtype.

    Returns
    -------
    ndarray
        The gradient of the sum over the layer's maps, of x's shape.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> net = Sequential(parse_stack("conv3-1 affine10"), (1, 4, 4), dtype=np.float64)
    >>> gradient = middle_gradient(net, np.ones((1, 4, 4)))[0]
    >>> bool((gradient[1:, 1:] == net.params["W1"][0, 0]).all()), gradient[0].tolist()
    (True, [0.0, 0.0, 0.0, 0.0])
    """
    run, depth = net.run(x[None]), maps_depth(net)
    grad = np.zeros_like(run.outputs[depth])  # (1, F, OH, OW)
    grad[:, :, grad.shape[2] // 2, grad.shape[3] // 2] = 1
    for layer, cache in zip(net.layers[:depth][::-1], run.caches[:depth][::-1], strict=True):
        grad, _ = layer.backward(grad, cache)
    return np.asarray(grad[0])  # (C, H, W)
