"""The effective receptive field in a trained network as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.network import THEIRS, Names, call, grouped, sides
from convviz.export.code.script import Library, functions
from convviz.nets.fields import maps_depth
from convviz.nets.layer import Layer
from convviz.nets.layers import Conv2d, MaxPool2d
from convviz.nets.regularising import EPSILON, BatchNorm
from convviz.nets.sequential import Sequential
from convviz.nets.torch_modules import torch_modules
from convviz.ops.types import Array

BACKWARD = ("conv", "pool", "norm")  # kinds with a function of their own for the gradient


@dataclass(frozen=True, eq=False)
class TrainedField:
    """The gradient of the middle unit in front of a network's first affine layer, the sum over its maps.

    The scripts leave ``influence``, the mean absolute gradient (H, W), and what `EffectiveField` leaves of it.
    """

    net: Sequential  # the network, with its weights
    x: Array  # its input, (C, H, W)
    name: ClassVar = "trained_field"

    @property
    def arrays(self) -> dict[str, Array]:
        """The input, and the weights of the layers that have maps, by the network's names."""
        numbers = {"x": self.x, **self.net.params, **self.net.state}
        used = {"x", *(name for names in self._names for name in names.values())}
        return {name: numbers[name].astype(float) for name in numbers if name in used}

    def words(self, library: Library) -> dict[str, object]:
        """The layers as each library writes them, and the lines that compute the widths from the influence."""
        words: dict[str, object] = {"widths": functions([f"widths_{library}"])}
        if library == "torch":
            modules = torch_modules(self.net)[: self._depth]
            lines = [f"    {module}," for module in modules]
            return words | {"layers": "\n".join(lines), "state": "\n".join(self._state())}
        layers = self.net.layers[: self._depth]
        lines = [
            f'    ("{layer.text}", lambda x: {call(layer, names)}, lambda grad, x: {_back(layer, names)}),'
            for layer, names in zip(layers, self._names, strict=True)
        ]
        used = sorted({layer.kind for layer in layers if layer.kind != "dropout"})
        used += [f"{kind}_backward" for kind in used if kind in BACKWARD]
        return words | {"layers": "\n".join(lines), "functions": functions(used, epsilon=EPSILON)}

    @property
    def _depth(self) -> int:
        return maps_depth(self.net)

    @property
    def _names(self) -> list[Names]:
        return self.net.names[: self._depth]

    def _state(self) -> list[str]:
        """Which array goes into which of PyTorch's modules."""
        return [
            f'        "{place}.{THEIRS[own]}": {name},'
            for place, names in enumerate(self._names)
            for own, name in names.items()
        ]


def _back(layer: Layer, names: Names) -> str:
    """The gradient of a layer's input from that of its output."""
    if isinstance(layer, Conv2d):
        return f"conv_backward(grad, {names['W']}, {sides(layer)}{grouped(layer)})"
    if isinstance(layer, MaxPool2d):
        return f"pool_backward(grad, x, {layer.size})"
    if isinstance(layer, BatchNorm):
        return f"norm_backward(grad, {names['gamma']}, {names['var']})"
    return "grad * (x > 0)" if layer.kind == "relu" else "grad"
