"""A network's start values, the checks of what it is made of, and what a forward pass computes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.nets.layer import Layer
from convviz.ops.errors import SpecError, require_int
from convviz.ops.types import Array, Shape


@dataclass(frozen=True)
class Run:
    """What a forward pass computed."""

    outputs: list[Array]  # the input, and the output of each layer
    caches: list[Any]  # what each layer keeps for its backward pass

    @property
    def scores(self) -> Array:
        """The last output, (N, classes)."""
        return self.outputs[-1]


def start_value(
    name: str,
    size: Shape,
    weight_scale: float | None,
    rng: np.random.Generator,
    dtype: npt.DTypeLike,
) -> Array:
    """The start value of a parameter: random for "W", 1 for "gamma", 0 for all others.

    Parameters
    ----------
    name
        The layer's own name of it.
    size
        Its shape.
    weight_scale
        Standard deviation of the weights; None is Kaiming's, ``sqrt(2 / fan_in)``.
    rng
        Draws the weights.
    dtype
        float32 or float64.

    Examples
    --------
    >>> start_value("gamma", (3,), None, np.random.default_rng(0), np.float64)
    array([1., 1., 1.])
    """
    if name != "W":
        return np.full(size, 1 if name == "gamma" else 0, dtype=dtype)
    fan_in = int(np.prod(size[1:])) if len(size) == 4 else size[0]
    scale = np.sqrt(2 / fan_in) if weight_scale is None else weight_scale
    return (scale * rng.standard_normal(size)).astype(dtype)


def check_numbers(weight_scale: float | None, reg: float, seed: int, dtype: npt.DTypeLike) -> None:
    """Refuse a negative or infinite deviation or weight decay, and every dtype but float32 and float64."""
    if np.dtype(dtype) not in (np.float32, np.float64):
        raise SpecError(
            "dtype",
            np.dtype(dtype).name,
            "float32",
            "a network cannot compute with {value}",
            "use float32 or float64",
        )
    require_int("seed", seed, least=0)
    for name, value in (("weight_scale", weight_scale), ("reg", reg)):
        if value is not None and not 0 <= value < float("inf"):  # also refuses NaN
            raise SpecError(
                name,
                value,
                0,
                "{argument} {value} is not a number of at least {limit}",
                "use {limit}, or a small one such as 0.001",
            )


def check_end(layers: Sequence[Layer]) -> None:
    """Refuse a stack whose last layer does not compute scores."""
    if not layers or layers[-1].kind != "affine":
        raise SpecError(
            "stack",
            layers[-1].text if layers else "",
            "affine",
            "the stack ends with {value!r}",
            "end it with an affine layer that has a unit for each class",
        )
