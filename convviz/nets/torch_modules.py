"""The layers of a network as ``torch.nn`` modules: calls to be made, and the same calls as Python."""

from __future__ import annotations

from typing import Any

import numpy as np

from convviz.nets.layer import Layer
from convviz.nets.layers import Affine, Conv2d, MaxPool2d
from convviz.nets.regularising import BatchNorm, Dropout
from convviz.nets.sequential import Sequential
from convviz.ops.types import Shape

Call = tuple[str, tuple[Any, ...], dict[str, Any]]  # name in torch.nn, arguments


def torch_calls(net: Sequential) -> list[Call]:
    """The ``torch.nn`` modules that make up a network, in order."""
    calls: list[Call] = []
    for layer, shape in zip(net.layers, net.shapes, strict=False):
        if isinstance(layer, Affine) and len(shape) == 3:
            calls.append(("Flatten", (), {}))
        calls.append(_call(layer, shape))
    return calls


def torch_modules(net: Sequential) -> list[str]:
    """The same as Python, a module each.

    Examples
    --------
    >>> from convviz.nets.three_layer import notes_network
    >>> torch_modules(notes_network(channels=(6, 9)))[:2]
    ['nn.Conv2d(3, 6, 5, padding=2)', 'nn.ReLU()']
    """
    return [f"nn.{name}({written(args, kwargs)})" for name, args, kwargs in torch_calls(net)]


def _call(layer: Layer, shape: Shape) -> Call:
    if isinstance(layer, Conv2d):
        odd = layer.kernel % 2 == 1
        padding: Any = layer.kernel // 2 if odd else "same"
        groups = {"groups": layer.groups} if layer.groups > 1 else {}
        return "Conv2d", (shape[0], layer.filters, layer.kernel), {"padding": padding} | groups
    if isinstance(layer, MaxPool2d):
        return "MaxPool2d", (layer.size,), {}
    if isinstance(layer, Affine):
        return "Linear", (int(np.prod(shape)), layer.units), {}
    if isinstance(layer, BatchNorm):
        return f"BatchNorm{'2d' if len(shape) == 3 else '1d'}", (shape[0],), {}
    if isinstance(layer, Dropout):
        return "Dropout", (layer.probability,), {}
    return "ReLU", (), {}


def written(args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """Arguments as Python.

    Examples
    --------
    >>> written((3, 6), {"padding": "same"})
    "3, 6, padding='same'"
    """
    return ", ".join([*map(repr, args), *(f"{name}={value!r}" for name, value in kwargs.items())])
