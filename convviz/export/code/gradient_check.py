"""A gradient check as scripts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from convviz.export.code.script import Library, filled, loops
from convviz.lessons import bugs
from convviz.lessons.case import RIGHT, Case
from convviz.lessons.check import function_of
from convviz.lessons.layers import LAYERS
from convviz.lessons.sliding import MINUS_PAD, POOL_BUGS
from convviz.ops.naive import (
    avg_pool_backward_loops,
    avg_pool_loops,
    conv_backward_loops,
    conv_loops,
    max_pool_backward_loops,
    max_pool_loops,
)
from convviz.ops.types import Array


@dataclass(frozen=True)
class GradientCheck:
    """Every element of every gradient of a layer against centred differences.

    The scripts leave ``analytic``, ``numeric`` and the relative ``errors``, by the inputs' names. The analytic
    gradient of PyTorch's is autograd's, and so the right one even if the case has a bug.
    """

    case: Case
    name: ClassVar = "gradient_check"

    @property
    def arrays(self) -> dict[str, Array]:
        """The inputs, what else the layer needs, and the gradient that arrives at the output."""
        layer = LAYERS[self.case.layer]
        dout = function_of(self.case, "x")[2]
        return {**layer.inputs(self.case), **layer.held(self.case), "dout": dout}

    def words(self, library: Library) -> dict[str, object]:
        """The layer's functions with its settings, and its bug."""
        case = self.case
        inputs = LAYERS[case.layer].inputs(case)
        return {
            "title": case.layer.lower() if case.layer != "ReLU" else case.layer,
            "code": "the right backward pass" if case.code == RIGHT else f"the bug {case.code!r}",
            "inputs": ", ".join(f'"{name}": {name}' for name in inputs),
            "step": case.step,
            "functions": filled(f"checks/{self._file}_{library}", self._settings),
        }

    @property
    def _file(self) -> str:
        """Batch norm of maps and of rows differ in their axes alone."""
        return self.case.layer.lower().removeprefix("spatial ").replace(" ", "_")

    @property
    def _settings(self) -> dict[str, object]:
        case, maps = self.case, self.case.layer.startswith("Spatial")
        settings: dict[str, object] = {
            "kernel": case.kernel,
            "stride": case.stride,
            "padding": case.padding,
            "dilation": case.dilation,
            "axes": (0, 2, 3) if maps else (0,),
            "each": (1, -1, 1, 1) if maps else (1, -1),
        }
        if case.layer == "Convolution":
            return settings | _conv_functions(case)
        if case.layer == "Max pooling":
            return settings | _max_pool_functions(case)
        if case.layer == "Average pooling":
            return settings | {"loops": loops(avg_pool_loops, avg_pool_backward_loops)}
        return settings


def _conv_functions(case: Case) -> dict[str, object]:
    """The loops of a convolution, and of its backward pass the right one or the bug."""
    if case.code != MINUS_PAD:
        return {
            "loops": loops(conv_loops, conv_backward_loops),
            "backward": filled("loops/unpad", {}),
        }
    bug = bugs.conv_backward_to_minus_pad
    call = f'    dx, dw, db = {bug.__name__}(dout, (x, w, b, {{"stride": stride, "pad": padding}}))'
    empty = "    dx = dx if dx.size else np.zeros_like(x)  # what is empty is no gradient at all"
    return {"loops": loops(conv_loops, conv_backward_loops, bug), "backward": f"{call}\n{empty}"}


def _max_pool_functions(case: Case) -> dict[str, object]:
    """The loops of max pooling, and of its backward pass the right one or the bug."""
    if case.code not in POOL_BUGS:
        call = "max_pool_backward_loops(dout, padded(x), (size, size), (stride, stride))"
        return {"loops": loops(max_pool_loops, max_pool_backward_loops), "dx_pad": call}
    bug = POOL_BUGS[case.code]
    param = '{"pool_height": size, "pool_width": size, "stride": stride}'
    call = f"{bug.__name__}(dout, (padded(x), {param}))"
    return {"loops": loops(max_pool_loops, bug), "dx_pad": call}
