"""A gradient check: the gradients a layer computes against centred differences, element by element."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from convviz.cs231n import eval_numerical_gradient_array
from convviz.lessons.case import Case, Gradients
from convviz.lessons.layers import LAYERS
from convviz.ops.types import Array


@dataclass(frozen=True)
class Checked:
    """One gradient, checked."""

    name: str  # of the input it belongs to, for example ``"w"``
    # analytic, numeric: what the layer's backward pass computes, and centred differences; of the
    # input's shape
    analytic: Array
    numeric: Array

    @property
    def errors(self) -> Array:
        """Relative error of each element: ``|a - n| / max(1e-8, |a| + |n|)``."""
        return np.asarray(np.abs(self.analytic - self.numeric) / self.scale)

    @property
    def scale(self) -> Array:
        """What an error is relative to: ``max(1e-8, |a| + |n|)``."""
        return np.asarray(np.maximum(1e-8, np.abs(self.analytic) + np.abs(self.numeric)))


def check(case: Case) -> list[Checked]:
    """Check every element of every gradient of a layer.

    Examples
    --------
    >>> worst = {one.name: one.errors.max() for one in check(Case("ReLU"))}
    >>> bool(worst["x"] < 1e-7)
    True
    """
    _dout, analytic = _backward(case)
    return [
        Checked(name, gradient, eval_numerical_gradient_array(*function_of(case, name), case.step))
        for name, gradient in analytic.items()
    ]


def _backward(case: Case) -> tuple[Array, Gradients]:
    """The gradient that arrives at the layer's output, and what the layer makes of it for each input."""
    layer = LAYERS[case.layer]
    inputs = layer.inputs(case)
    dout = _arriving(case, layer.forward(case, **inputs))
    return dout, layer.backward(case, dout, **inputs)


def function_of(case: Case, name: str) -> tuple[Callable[[Array], Array], Array, Array]:
    """The layer as a function of one input, the others held; that input; and the gradient of the output.

    Examples
    --------
    >>> f, x, dout = function_of(Case("ReLU"), "x")
    >>> bool((f(x) == np.maximum(x, 0)).all()), dout.shape == x.shape
    (True, True)
    """
    layer = LAYERS[case.layer]
    inputs = layer.inputs(case)

    def f(moved: Array) -> Array:
        return np.asarray(layer.forward(case, **(inputs | {name: moved})))

    return f, inputs[name].copy(), _arriving(case, f(inputs[name]))


def _arriving(case: Case, out: Array) -> Array:
    """The gradient that arrives at the output: random numbers of its shape."""
    return np.random.default_rng(case.seed + 1).normal(size=np.shape(out)).astype(case.dtype)


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


def sums(case: Case) -> tuple[float, float]:
    """The sum of the gradient that arrives at a layer's output, and of the one that leaves at its input x.

    Examples
    --------
    >>> arrived, left = sums(Case("Max pooling"))
    >>> bool(np.isclose(arrived, left))
    True
    """
    dout, left = _backward(case)
    return float(dout.sum()), float(left["x"].sum())


def near_kinks(case: Case) -> int:
    """How many inputs lie within a step of a kink, where the difference straddles it."""
    layer = LAYERS[case.layer]
    return layer.kinks(case, layer.inputs(case)["x"]) if layer.kinks else 0
