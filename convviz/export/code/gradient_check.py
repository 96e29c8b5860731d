"""A gradient check as scripts."""

from __future__ import annotations

from dataclasses import dataclass

from convviz.export.code.script import Library, filled
from convviz.lessons.case import RIGHT, Case
from convviz.lessons.check import function_of
from convviz.lessons.layers import LAYERS
from convviz.lessons.sliding import MINUS_PAD
from convviz.ops.types import Array

UNPAD = {  # how the padding is taken off dx_pad
    False: "dx = dx_pad[:, :, pad : pad + H, pad : pad + W]",
    True: "dx = dx_pad[:, :, pad:-pad, pad:-pad] if pad else np.zeros_like(x)  # 0:-0 is empty",
}


@dataclass(frozen=True)
class GradientCheck:
    """Every element of every gradient of a layer against centred differences.

    The scripts leave ``analytic``, ``numeric`` and the relative ``errors``, by the inputs' names. The analytic
    gradient of PyTorch's is autograd's, and so the right one even if the case has a bug.

    Parameters
    ----------
    case
        What is checked.
    """

    case: Case

    @property
    def name(self) -> str:
        """Of the files."""
        return "gradient_check"

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
        shared = "dout[:, :, i, j, None, None] / holds.sum(axis=(2, 3), keepdims=True)"
        return {
            "kernel": case.kernel,
            "stride": case.stride,
            "padding": case.padding,
            "dilation": case.dilation,
            "axes": (0, 2, 3) if maps else (0,),
            "each": (1, -1, 1, 1) if maps else (1, -1),
            "unpad": UNPAD[case.code == MINUS_PAD],
            "assign": "=" if case.code == "= for +=" else "+=",
            "share": "dout[:, :, i, j, None, None]"
            if case.code == "All maxima in full"
            else shared,
        }
