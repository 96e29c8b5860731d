"""A network on pictures as scripts: the forward pass, the softmax and the loss."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import numpy.typing as npt

from convviz.export.code.script import Library, functions
from convviz.nets.data import Dataset
from convviz.nets.layer import Layer
from convviz.nets.layers import Affine, Conv2d, MaxPool2d
from convviz.nets.regularising import EPSILON, BatchNorm
from convviz.nets.sequential import Sequential
from convviz.nets.torch_modules import torch_modules
from convviz.ops.types import Array, Pair, Pixels

Names = dict[str, str]  # a layer's own names of its arrays, and the network's
THEIRS = {  # PyTorch's names of them
    "W": "weight",
    "b": "bias",
    "gamma": "weight",
    "beta": "bias",
    "mean": "running_mean",
    "var": "running_var",
}


@dataclass(frozen=True, eq=False)
class Network:
    """A network's forward pass.

    The scripts leave ``outputs``, what each layer makes of the first picture, and ``scores`` and
    ``probabilities``, (N, classes); where the labels are known also the mean ``loss`` and the ``accuracy``.
    """

    net: Sequential  # the network, with its weights
    data: Dataset  # the data set, whose mean image and deviation the inputs are made with
    pictures: Pixels  # uint8 (N, C, H, W)
    labels: npt.NDArray[np.int64] | None = None  # their classes, (N,), or None
    name: ClassVar = "network"

    @property
    def arrays(self) -> dict[str, Array]:
        """The pictures, their mean and deviation, and all weights by the network's names."""
        data, numbers = self.data, self.net.params | self.net.state
        deviation = data.deviation if data.standardised else np.ones((len(data.mean), 1, 1))
        arrays: dict[str, Array] = {
            "pictures": self.pictures,
            "mean": data.mean,
            "deviation": deviation,
        }
        if self.labels is not None:
            arrays["labels"] = self.labels
        return arrays | {name: value.astype(np.float64) for name, value in numbers.items()}

    def words(self, library: Library) -> dict[str, object]:
        """The layers as each library has them, and where PyTorch's weights come from."""
        judged = "" if self.labels is None else functions([f"judged_{library}"])
        words: dict[str, object] = {"classes": self.data.classes, "judged": judged}
        if library == "torch":
            lines = [f"    {module}," for module in torch_modules(self.net)]
            return words | {"layers": "\n".join(lines), "state": "\n".join(self._state())}
        named = zip(self.net.layers, self.net.names, strict=True)
        lines = [f'    ("{layer.text}", lambda x: {call(layer, names)}),' for layer, names in named]
        used = {layer.kind for layer in self.net.layers if layer.kind != "dropout"}
        defined = functions(sorted(used), epsilon=EPSILON)
        return words | {"layers": "\n".join(lines), "functions": defined}

    def _state(self) -> list[str]:
        """Which array goes into which of PyTorch's modules."""
        lines, place = [], 0
        for layer, shape, names in zip(
            self.net.layers, self.net.shapes, self.net.names, strict=False
        ):
            place += isinstance(layer, Affine) and len(shape) == 3  # PyTorch flattens by a module
            for own, name in names.items():
                turned = ".T" if isinstance(layer, Affine) and own == "W" else ""
                lines.append(f'        "{place}.{THEIRS[own]}": {name}{turned},')
            place += 1
        return lines


def call(layer: Layer, names: Names) -> str:
    """A layer as a call of one of the functions."""
    if isinstance(layer, Conv2d):
        return f"conv(x, {names['W']}, {names['b']}, padding={sides(layer)}{grouped(layer)})"
    if isinstance(layer, MaxPool2d):
        return f"pool(x, {layer.size}, {layer.size}, np.max)"
    if isinstance(layer, Affine | BatchNorm):
        return f"{layer.kind}(x, {', '.join(names.values())})"
    return "relu(x)" if layer.kind == "relu" else "x"


def grouped(layer: Conv2d) -> str:
    """Its groups as a further argument; "" for one."""
    return f", groups={layer.groups}" if layer.groups > 1 else ""


def sides(layer: Conv2d) -> Pair:
    """Its padding on both axes, (before, after), with which the map keeps its size."""
    return (layer.kernel - 1) // 2, layer.kernel // 2
