"""A network as a stack of layers."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.nets.layer import Layer, Mode, Params
from convviz.nets.run import Run, check_end, check_numbers, start_value
from convviz.ops.layers import softmax_loss
from convviz.ops.types import Array, Shape

PER_PASS = 250  # images at a time where no gradient is wanted


class Sequential:
    """Layers one after the other, ended by the softmax loss.

    Parameters
    ----------
    layers
        The layers; the last an affine one with a unit for each class.
    input_dim
        (C, H, W) of one image.
    weight_scale
        Standard deviation of the initial weights. None is Kaiming's, ``sqrt(2 / fan_in)``, which keeps the size of
        activations from layer to layer. Biases begin at 0.
    reg
        Weight decay: ``reg / 2`` times the sum of every squared weight is added to the loss.
    dtype
        float32 or float64.
    seed
        Of the initial weights and of dropout.

    Attributes
    ----------
    params
        The numbers that are trained, by name: W1, b1, W2, ... and gamma1, beta1, ... in the order of the layers.
        An entry may be replaced by another array of its shape.
    state
        Batch norm's running statistics, by name.

    Notes
    -----
    Kaiming initialisation: He, Zhang, Ren and Sun, "Delving Deep into Rectifiers", ICCV 2015.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> net = Sequential(parse_stack("conv5-6 relu conv3-9 relu affine10"), (3, 32, 32))
    >>> net.loss(np.zeros((2, 3, 32, 32), dtype=np.float32)).shape
    (2, 10)
    >>> {name: value.shape for name, value in net.params.items() if name.startswith("W")}
    {'W1': (6, 3, 5, 5), 'W2': (9, 6, 3, 3), 'W3': (9216, 10)}
    """

    def __init__(
        self,
        layers: Sequence[Layer],
        input_dim: tuple[int, int, int],
        *,
        weight_scale: float | None = None,
        reg: float = 0.0,
        dtype: npt.DTypeLike = np.float32,
        seed: int = 0,
    ):
        check_numbers(weight_scale, reg, seed, dtype)
        self.layers, self.input_dim, self.reg = tuple(layers), tuple(input_dim), reg
        self.dtype, self.rng = np.dtype(dtype), np.random.default_rng(seed)
        self.shapes: list[Shape] = [self.input_dim]
        self.params: Params = {}
        self.state: Params = {}
        self.names: list[dict[str, str]] = []  # of each layer's own parameters and state
        for layer in self.layers:
            shape = self.shapes[-1]
            self.shapes.append(layer.shape_after(shape))
            self.names.append({})
            for name, size in layer.sizes(shape).items():
                self.params[self._name(name)] = start_value(
                    name, size, weight_scale, self.rng, self.dtype
                )
            for name, value in layer.start_state(shape).items():
                self.state[self._name(name)] = value.astype(self.dtype)
        check_end(self.layers)

    def run(self, X: Array, *, training: bool = False) -> Run:
        """Pass a batch (N, C, H, W) through every layer.

        Parameters
        ----------
        X
            The batch, of the network's dtype.
        training
            Whether batch norm uses this batch's statistics (and remembers them), and dropout drops.
        """
        outputs, caches = [X], []
        for layer, names in zip(self.layers, self.names, strict=True):
            mode = Mode(training, self.rng, self._own(self.state, names))
            out, cache = layer.forward(outputs[-1], self._own(self.params, names), mode)
            outputs.append(out)
            caches.append(cache)
            if training:
                self.state |= {names[name]: value for name, value in mode.state.items()}
        return Run(outputs, caches)

    def backward(self, run: Run, dout: Array) -> tuple[Array, Params]:
        """Gradients with respect to the batch and to each parameter, from that of the scores."""
        dx, grads = self._backward(run, dout)
        dx, own = self.layers[0].backward(dx, run.caches[0])
        return dx, grads | self._named(0, own)

    def backward_params(self, run: Run, dout: Array) -> Params:
        """The gradients of the parameters alone."""
        dx, grads = self._backward(run, dout)
        return grads | self._named(0, self.layers[0].backward_params(dx, run.caches[0]))

    def _backward(self, run: Run, dout: Array) -> tuple[Array, Params]:
        """From the last layer to the second."""
        grads: Params = {}
        for k in range(len(self.layers) - 1, 0, -1):
            dout, own = self.layers[k].backward(dout, run.caches[k])
            grads |= self._named(k, own)
        return dout, grads

    def loss(self, X: Array, y: npt.NDArray[np.int64] | None = None) -> Any:
        """Scores of a batch, or its loss and every gradient, as in the course.

        Parameters
        ----------
        X
            The batch, (N, C, H, W).
        y
            The right classes, (N,); None to only classify.

        Returns
        -------
        scores
            (N, classes), if `y` is None; the layers then behave as after training.
        loss, grads
            Otherwise: a number, and a dictionary with the names of `params`.
        """
        X = X.astype(self.dtype, copy=False)  # the course's data are float64
        if y is None:
            return self.run(X).scores
        return self.loss_of(self.run(X, training=True), y)

    def loss_of(self, run: Run, y: npt.NDArray[np.int64]) -> tuple[float, Params]:
        """Loss and gradients of a forward pass in training."""
        loss, dscores = softmax_loss(run.scores, y)
        grads = self.backward_params(run, dscores)
        for name in self.decaying if self.reg else ():
            loss += 0.5 * self.reg * float(np.sum(self.params[name] ** 2, dtype=np.float64))
            grads[name] = grads[name] + self.reg * self.params[name]
        return float(loss), grads

    def scores(self, X: Array) -> Array:
        """Scores of any number of images, some at a time."""
        return np.concatenate(
            [self.run(X[k : k + PER_PASS]).scores for k in range(0, len(X), PER_PASS)]
        )

    def snapshot(self) -> Sequential:
        """The network as it is now, though this one be trained on.

        Arrays are shared, not copied: training replaces them and never writes to one.
        """
        now = copy(self)
        now.params, now.state = dict(self.params), dict(self.state)
        return now

    @property
    def decaying(self) -> list[str]:
        """Parameters that weight decay pulls towards zero: the weights, not biases, gammas and betas."""
        return [name for name in self.params if name.startswith("W")]

    @property
    def size(self) -> int:
        """How many numbers are trained."""
        return sum(value.size for value in self.params.values())

    def _name(self, local: str) -> str:
        """Give the newest layer's parameter its name: W1, W2, ... in the order of the layers."""
        number = 1 + sum(local in names for names in self.names)
        self.names[-1][local] = f"{local}{number}"
        return self.names[-1][local]

    def _named(self, k: int, own: Params) -> Params:
        """Layer k's gradients by the network's names."""
        return {self.names[k][local]: gradient for local, gradient in own.items()}

    @staticmethod
    def _own(named: Params, names: dict[str, str]) -> Params:
        """The entries that belong to one layer, by the layer's own names."""
        return {local: named[name] for local, name in names.items() if name in named}
