"""Layers that help training and change what they do after it: batch norm and dropout."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from convviz.nets.layer import Layer, Mode, Params
from convviz.ops.errors import SpecError
from convviz.ops.layers import (
    batch_norm,
    batch_norm_backward,
    dropout,
    dropout_backward,
    spatial_batch_norm,
    spatial_batch_norm_backward,
)
from convviz.ops.layers.batch import batch_statistics
from convviz.ops.types import Array, Shape

EPSILON = 1e-5
# Weight of the old running statistics, as in the course; PyTorch's is that of the new.
MOMENTUM = 0.9


@dataclass(frozen=True)
class BatchNorm(Layer):
    """Each channel (or each unit) to mean 0 and deviation 1 over the batch, then scaled and shifted.

    After training the running statistics are used instead, so that one image's scores do not depend on others.
    """

    kind: ClassVar[str] = "norm"

    @property
    def text(self) -> str:
        """``norm``."""
        return self.kind

    def sizes(self, shape: Shape) -> dict[str, Shape]:
        """Gamma and beta, one for each channel or unit."""
        return {"gamma": (shape[0],), "beta": (shape[0],)}

    def start_state(self, shape: Shape) -> Params:
        """Running mean 0 and variance 1, so that an untrained network changes nothing here."""
        return {"mean": np.zeros(shape[0]), "var": np.ones(shape[0])}

    def forward(self, x: Array, params: Params, mode: Mode) -> tuple[Array, Any]:
        """Normalise by the batch's statistics in training, by the running ones after it."""
        gamma, beta, state = params["gamma"], params["beta"], mode.state
        normalise = spatial_batch_norm if x.ndim == 4 else batch_norm
        if not mode.training:
            out = normalise(x, gamma, beta, state["mean"], state["var"], EPSILON)
            return out, (x, gamma, state["var"])
        mean, var = batch_statistics(x)
        for name, value in (("mean", mean), ("var", var)):
            state[name] = MOMENTUM * state[name] + (1 - MOMENTUM) * value
        return normalise(x, gamma, beta, mean, var, EPSILON), (x, gamma, None)

    def backward(self, dout: Array, cache: Any) -> tuple[Array, Params]:
        """Gradients; after training, the statistics are constants and the input is only scaled."""
        x, gamma, var = cache
        maps = x.ndim == 4
        if var is None:
            back = spatial_batch_norm_backward if maps else batch_norm_backward
            dx, dgamma, dbeta = back(dout, x, gamma, EPSILON)
            return dx, {"gamma": dgamma, "beta": dbeta}
        scale = gamma / np.sqrt(var + x.dtype.type(EPSILON))
        return dout * (scale[:, None, None] if maps else scale), {}


@dataclass(frozen=True)
class Dropout(Layer):
    """In training each number becomes 0 with some probability, and the others are scaled up for it.

    Parameters
    ----------
    probability
        Of becoming 0; at least 0 and below 1.
    """

    kind: ClassVar[str] = "dropout"
    probability: float

    def __post_init__(self) -> None:
        if not 0 <= self.probability < 1:
            raise SpecError(
                "dropout",
                self.probability,
                1,
                "dropout {value} is not a probability below 1",
                "use 0 to 0.9",
            )

    @property
    def text(self) -> str:
        """For example ``dropout0.5``."""
        return f"dropout{self.probability:g}"

    def forward(self, x: Array, params: Params, mode: Mode) -> tuple[Array, Any]:  # noqa: ARG002
        """Drop in training; pass everything on after it."""
        if not mode.training:
            return x, None
        return dropout(x, 1 - self.probability, mode.rng)

    def backward(self, dout: Array, cache: Any) -> tuple[Array, Params]:
        """The gradient of what was kept, scaled as it was."""
        return (dout if cache is None else dropout_backward(dout, cache)), {}
