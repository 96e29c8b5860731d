"""The convolution shown, as scripts that compute it again."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from string import Template

import numpy as np
import numpy.typing as npt

from convviz.components import read
from convviz.ops.spec import Conv2dSpec

Floats = npt.NDArray[np.float64]
WRITTEN_OUT = 1000  # numbers; a larger array is read from the file beside the script
ARRAYS = "arrays.npz"
NUMPY_MODES = {
    "zeros": "constant",
    "reflect": "reflect",
    "replicate": "edge",
    "circular": "wrap",
}
TORCH_MODES = NUMPY_MODES | {"replicate": "replicate", "circular": "circular"}


@dataclass(frozen=True)
class Conv:
    """A convolution: its arrays and its settings.

    Parameters
    ----------
    x, w, b
        Input (N, C, H, W), weights as they are multiplied (F, C, KH, KW), and bias (F,).
    spec
        Stride, padding, dilation and padding mode.
    """

    x: Floats
    w: Floats
    b: Floats
    spec: Conv2dSpec

    @property
    def arrays(self) -> dict[str, Floats]:
        """The arrays by name, as the scripts look for them in ``arrays.npz``."""
        return {"x": self.x, "w": self.w, "b": self.b}


def numpy_script(conv: Conv) -> str:
    """A script of loops that needs NumPy only and leaves the result in ``out``.

    Examples
    --------
    >>> conv = Conv(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)), np.zeros(1), Conv2dSpec.make(2))
    >>> names = {}
    >>> exec(numpy_script(conv), names)
    [[[[4. 4.]
       [4. 4.]]]]
    >>> names["out"].shape
    (1, 1, 2, 2)
    """
    (top, bottom), (left, right) = conv.spec.window.padding
    padding = f"((0, 0), (0, 0), ({top}, {bottom}), ({left}, {right}))"
    return _script("numpy", conv, padding, NUMPY_MODES)


def torch_script(conv: Conv) -> str:
    """A script that calls PyTorch and leaves the result in ``out``."""
    (top, bottom), (left, right) = conv.spec.window.padding
    return _script("torch", conv, f"({left}, {right}, {top}, {bottom})", TORCH_MODES)


def _script(library: str, conv: Conv, padding: str, modes: dict[str, str]) -> str:
    window = conv.spec.window
    return Template(read(f"export/templates/conv_{library}.txt")).substitute(
        {name: _literal(name, array) for name, array in conv.arrays.items()},
        stride=window.stride,
        dilation=window.dilation,
        padding=padding,
        mode=modes[conv.spec.padding_mode],
    )


def _literal(name: str, array: Floats) -> str:
    """An expression for the array: every digit where it is small, else where to read it."""
    if array.size > WRITTEN_OUT:
        return f'np.load("{ARRAYS}")["{name}"]'
    text = np.array2string(
        array,
        separator=", ",
        prefix=f"{name} = np.array(",
        threshold=sys.maxsize,
        floatmode="unique",
        max_line_width=96,
    )
    return f"np.array({text})"
