"""A gradient check: the gradients a layer computes against centred differences, element by element."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.cs231n import eval_numerical_gradient_array
from convviz.i18n import N_
from convviz.lessons.case import Case, Layer
from convviz.lessons.layers import LAYERS

Array = npt.NDArray[Any]
VERDICTS = (
    (1e-7, N_("Happy: at most 1e-7.")),
    (1e-4, N_("At most 1e-4: fine for a function with kinks, too high for one without.")),
    (1e-2, N_("Between 1e-4 and 1e-2: be uncomfortable.")),
    (np.inf, N_("Above 1e-2: the gradient is probably wrong.")),
)


@dataclass(frozen=True)
class Checked:
    """One gradient, checked.

    Parameters
    ----------
    name
        Of the input it belongs to, for example ``"w"``.
    analytic, numeric
        What the layer's backward pass computes, and centred differences; of the input's shape.
    """

    name: str
    analytic: Array
    numeric: Array

    @property
    def errors(self) -> Array:
        """Relative error of each element: ``|a - n| / max(1e-8, |a| + |n|)``."""
        apart = np.abs(self.analytic - self.numeric)
        return np.asarray(apart / np.maximum(1e-8, np.abs(self.analytic) + np.abs(self.numeric)))


def check(case: Case) -> list[Checked]:
    """Check every element of every gradient of a layer.

    Examples
    --------
    >>> worst = {one.name: one.errors.max() for one in check(Case("ReLU"))}
    >>> bool(worst["x"] < 1e-7)
    True
    """
    layer = LAYERS[case.layer]
    inputs = layer.inputs(case)
    out = layer.forward(case, **inputs)
    dout = np.random.default_rng(case.seed + 1).normal(size=np.shape(out)).astype(case.dtype)
    analytic = layer.backward(case, dout, **inputs)
    return [
        Checked(name, gradient, _numeric(layer, case, inputs, name, dout))
        for name, gradient in analytic.items()
    ]


def _numeric(layer: Layer, case: Case, inputs: dict[str, Array], name: str, dout: Array) -> Array:
    """Centred differences with respect to one input, the others held."""

    def out(moved: Array) -> Array:
        return np.asarray(layer.forward(case, **(inputs | {name: moved})))

    return eval_numerical_gradient_array(out, inputs[name].copy(), dout, case.step)


def worst(checked: list[Checked]) -> float:
    """The largest relative error of all elements of all gradients."""
    return max(float(one.errors.max()) for one in checked)


def worst_by_step(case: Case, steps: Sequence[float]) -> list[float]:
    """The largest relative error for each step h.

    Examples
    --------
    >>> errors = worst_by_step(Case("Batch norm"), (1e-1, 1e-5, 1e-10))
    >>> errors[0] > errors[1] < errors[2]  # too large a step, and too small a one
    True
    """
    return [worst(check(replace(case, step=step))) for step in steps]


def near_kinks(case: Case) -> int:
    """How many inputs lie within a step of a kink, where the difference straddles it."""
    layer = LAYERS[case.layer]
    return layer.kinks(case, layer.inputs(case)["x"]) if layer.kinks else 0


def verdict(error: float) -> str:
    """The course's rule of thumb for the largest relative error.

    Examples
    --------
    >>> verdict(3e-9)
    'Happy: at most 1e-7.'
    """
    return next(sentence for limit, sentence in VERDICTS if error <= limit)


def tiled(gradient: Array) -> Array:
    """A gradient of any rank as rows and columns: images below one another, channels beside one another.

    Examples
    --------
    >>> tiled(np.zeros((2, 3, 4, 5))).shape, tiled(np.zeros(3)).shape
    ((8, 15), (1, 3))
    """
    if gradient.ndim == 4:
        rows, columns, height, width = gradient.shape
        return gradient.transpose(0, 2, 1, 3).reshape(rows * height, columns * width)
    return gradient.reshape(1, -1) if gradient.ndim == 1 else gradient
