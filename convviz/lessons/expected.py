"""How wrong centred differences can be, element by element, although the gradient is right.

``n(h) = (f(x + h) - f(x - h)) / 2h`` is computed, not exact. Three things come between it and the derivative:

- *rounding*: each number of f is off by about its size times the precision of its type, and 2h divides that;
- *truncation*: the series behind the quotient is cut off after its first term, which costs about ``h**2 f'''/6``.
  With half the step it is a quarter as much, so the two differ by three quarters of it (Richardson);
- *kinks*: where a slope jumps within h, the quotient takes a mean of the slopes on both sides.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from convviz.cs231n import eval_numerical_gradient_array
from convviz.lessons.case import Case
from convviz.lessons.check import Checked, function_of
from convviz.lessons.layers import LAYERS
from convviz.ops.types import Array

REACH = 1.0  # a step with which an element moves every output that depends on it
MARGIN = 2  # what is expected still explains an error so many times as large


@dataclass(frozen=True, eq=False)
class Expected:
    """Absolute errors to expect of a numeric gradient, each of the gradient's shape."""

    rounding: Array
    truncation: Array
    kinks: Array

    @property
    def most(self) -> Array:
        """What these three can explain."""
        return np.asarray(MARGIN * (self.rounding + self.truncation + self.kinks))

    def cause(self, index: tuple[int, ...]) -> str:
        """What is to blame for most of an element's error: "rounding", "truncation" or "kinks"."""
        return max(
            ("rounding", "truncation", "kinks"), key=lambda name: float(getattr(self, name)[index])
        )


def expected(case: Case, one: Checked) -> Expected:
    """The errors to expect of one gradient of a case.

    Examples
    --------
    >>> from convviz.lessons.check import check
    >>> case = Case("Affine", dtype="float32")
    >>> dx = check(case)[0]
    >>> errors = expected(case, dx)
    >>> bool((abs(dx.analytic - dx.numeric) < errors.most).all()), errors.cause((0, 0))
    (True, 'rounding')
    """
    layer, zero = LAYERS[case.layer], np.zeros(one.numeric.shape)
    f, x, dout = function_of(case, one.name)
    truncation = zero
    if layer.curved:
        half = eval_numerical_gradient_array(f, x, dout, case.step / 2)
        truncation = 4 / 3 * np.abs(one.numeric.astype(float) - half)
    kinks = _kinks(f, x, dout, case.step) if layer.kinks else zero
    return Expected(_rounding(f, x, dout, one.analytic, case.step), truncation, kinks)


def _rounding(
    f: Callable[[Array], Array], x: Array, dout: Array, analytic: Array, step: float
) -> Array:
    """From rounded outputs, and from x + h, which is rounded too: that makes 2h another step."""
    errors = np.zeros(x.shape)
    for index in np.ndindex(x.shape):
        above, below = _at(f, x, index, step), _at(f, x, index, -step)
        depends = _at(f, x, index, REACH) != _at(f, x, index, -REACH)
        outputs = np.abs(dout) * (np.abs(above) + np.abs(below)) * depends
        errors[index] = outputs.sum() + abs(x[index] * analytic[index])
    return np.asarray(np.finfo(x.dtype).eps / (2 * step) * errors)


def _kinks(f: Callable[[Array], Array], x: Array, dout: Array, step: float) -> Array:
    """Half of how far the slopes on both sides are apart: 0 where the layer is straight within a step."""
    errors, here = np.zeros(x.shape), np.asarray(f(x), dtype=np.float64)
    for index in np.ndindex(x.shape):
        bend = _at(f, x, index, step) - 2 * here + _at(f, x, index, -step)
        errors[index] = (np.abs(dout) * np.abs(bend)).sum()
    return np.asarray(errors / (2 * step))


def _at(f: Callable[[Array], Array], x: Array, index: tuple[int, ...], step: float) -> Array:
    """The output with one element of x moved."""
    moved = x.copy()
    moved[index] += step
    return np.asarray(f(moved), dtype=np.float64)
