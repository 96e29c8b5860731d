"""The course's ``fc_net.py``: networks of affine layers.

Weights are drawn from NumPy's global generator, as in the course: `np.random.seed` decides them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.cs231n.layer_utils import affine_relu_backward, affine_relu_forward
from convviz.cs231n.layers import (
    affine_backward,
    affine_forward,
    batchnorm_backward,
    batchnorm_forward,
    dropout_backward,
    dropout_forward,
    layernorm_backward,
    layernorm_forward,
    relu_backward,
    relu_forward,
    softmax_loss,
)
from convviz.ops.errors import require_word
from convviz.ops.types import Array

Params = dict[str, Array]
Classes = npt.NDArray[np.integer[Any]]

__all__ = ["FullyConnectedNet", "TwoLayerNet"]


class TwoLayerNet:
    """affine - relu - affine - softmax.

    Parameters
    ----------
    input_dim, hidden_dim, num_classes
        Numbers of an example, units of the hidden layer, and classes.
    weight_scale
        Standard deviation of the initial weights; biases begin at 0.
    reg
        Weight decay: ``reg / 2`` times the sum of every squared weight is added to the loss.

    Attributes
    ----------
    params
        W1, b1, W2 and b2, float64.

    Examples
    --------
    >>> model = TwoLayerNet(input_dim=4, hidden_dim=3, num_classes=2)
    >>> {name: value.shape for name, value in model.params.items()}
    {'W1': (4, 3), 'b1': (3,), 'W2': (3, 2), 'b2': (2,)}
    """

    def __init__(
        self,
        input_dim: int = 3 * 32 * 32,
        hidden_dim: int = 100,
        num_classes: int = 10,
        weight_scale: float = 1e-3,
        reg: float = 0.0,
    ):
        self.reg = reg
        sizes = (input_dim, hidden_dim, num_classes)
        self.params: Params = start_params(sizes, weight_scale, np.float64)

    def loss(self, X: Array, y: Classes | None = None) -> Any:
        """Scores (N, C) of X (N, d_1, ..., d_k); with classes y (N,), loss and gradients by name."""
        p = self.params
        hidden, first = affine_relu_forward(X, p["W1"], p["b1"])
        scores, last = affine_forward(hidden, p["W2"], p["b2"])
        if y is None:
            return scores
        loss, dscores = softmax_loss(scores, y)
        dhidden, dW2, db2 = affine_backward(dscores, last)
        _, dW1, db1 = affine_relu_backward(dhidden, first)
        grads = {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}
        return loss + add_decay(grads, p, self.reg), grads


class FullyConnectedNet:
    """{affine - [batch or layer norm] - relu - [dropout]} × (L - 1) - affine - softmax.

    Parameters
    ----------
    hidden_dims
        Units of each hidden layer.
    input_dim, num_classes
        Numbers of an example, and classes.
    dropout_keep_ratio
        Probability with which dropout keeps a unit; 1 for no dropout.
    normalization
        "batchnorm", "layernorm" or None.
    reg, weight_scale
        As for `TwoLayerNet`.
    dtype
        float32 or float64: of the parameters, and of all that is computed.
    seed
        Of dropout's masks; they are then the same in every pass, as a gradient check needs it.
    dropout
        What the course called `dropout_keep_ratio` until 2020; here too 0 stands for no dropout, as in 2016.
    use_batchnorm
        What the course called ``normalization="batchnorm"`` until 2017.

    Attributes
    ----------
    params
        W1, b1, gamma1, beta1, W2, ...
    bn_params
        The dictionary of each normalisation; batch norm keeps its running averages there.

    Examples
    --------
    >>> model = FullyConnectedNet([5, 4], input_dim=6, num_classes=3, normalization="batchnorm")
    >>> {name: value.shape for name, value in model.params.items() if name[0] in "Wg"}
    {'W1': (6, 5), 'gamma1': (5,), 'W2': (5, 4), 'gamma2': (4,), 'W3': (4, 3)}
    """

    def __init__(
        self,
        hidden_dims: Sequence[int],
        input_dim: int = 3 * 32 * 32,
        num_classes: int = 10,
        dropout_keep_ratio: float = 1,
        normalization: str | None = None,
        reg: float = 0.0,
        weight_scale: float = 1e-2,
        dtype: npt.DTypeLike = np.float32,
        seed: int | None = None,
        *,
        dropout: float | None = None,
        use_batchnorm: bool = False,
    ):
        keep = dropout_keep_ratio if dropout is None else dropout or 1
        self.normalization = "batchnorm" if use_batchnorm else normalization
        if self.normalization is not None:
            require_word("normalization", self.normalization, ("batchnorm", "layernorm"))
        self.use_dropout, self.reg, self.dtype = keep != 1, reg, dtype
        self.num_layers = 1 + len(hidden_dims)
        sizes = (input_dim, *hidden_dims, num_classes)
        self.params: Params = start_params(sizes, weight_scale, dtype, self.normalization)
        self.dropout_param: dict[str, Any] = {"mode": "train", "p": keep}
        if seed is not None:
            self.dropout_param["seed"] = seed
        mode = {"mode": "train"} if self.normalization == "batchnorm" else {}
        self.bn_params: list[dict[str, Any]] = [dict(mode) for _ in hidden_dims]

    def loss(self, X: Array, y: Classes | None = None) -> Any:
        """Scores (N, C) of X (N, d_1, ..., d_k), as after training; with classes y (N,), loss and gradients."""
        self._set_mode("test" if y is None else "train")
        out, caches = X.astype(self.dtype, copy=False), []
        for k in range(1, self.num_layers):
            out, cache = self._hidden(out, k)
            caches.append(cache)
        last, p, grads = self.num_layers, self.params, {}
        scores, last_cache = affine_forward(out, p[f"W{last}"], p[f"b{last}"])
        if y is None:
            return scores
        loss, dout = softmax_loss(scores, y)
        dout, grads[f"W{last}"], grads[f"b{last}"] = affine_backward(dout, last_cache)
        for k in range(last - 1, 0, -1):
            dout = self._hidden_backward(dout, caches[k - 1], k, grads)
        return loss + add_decay(grads, p, self.reg), grads

    def _set_mode(self, mode: str) -> None:
        self.dropout_param["mode"] = mode
        if self.normalization == "batchnorm":
            for bn_param in self.bn_params:
                bn_param["mode"] = mode

    def _hidden(self, x: Array, k: int) -> tuple[Array, list[Any]]:
        """The output of hidden layer k, and the caches of its parts."""
        p, norm_cache, drop_cache = self.params, None, None
        out, affine_cache = affine_forward(x, p[f"W{k}"], p[f"b{k}"])
        if self.normalization:
            normalise = (
                batchnorm_forward if self.normalization == "batchnorm" else layernorm_forward
            )
            out, norm_cache = normalise(out, p[f"gamma{k}"], p[f"beta{k}"], self.bn_params[k - 1])
        out, relu_cache = relu_forward(out)
        if self.use_dropout:
            out, drop_cache = dropout_forward(out, self.dropout_param)
        return out, [affine_cache, norm_cache, relu_cache, drop_cache]

    def _hidden_backward(self, dout: Array, caches: list[Any], k: int, grads: Params) -> Array:
        """The gradient of layer k's input; those of its parameters go into `grads`."""
        affine_cache, norm_cache, relu_cache, drop_cache = caches
        if self.use_dropout:
            dout = dropout_backward(dout, drop_cache)
        dout = relu_backward(dout, relu_cache)
        if self.normalization:
            back = batchnorm_backward if self.normalization == "batchnorm" else layernorm_backward
            dout, grads[f"gamma{k}"], grads[f"beta{k}"] = back(dout, norm_cache)
        dx, grads[f"W{k}"], grads[f"b{k}"] = affine_backward(dout, affine_cache)
        return dx


def start_params(
    sizes: Sequence[int],
    weight_scale: float,
    dtype: npt.DTypeLike,
    normalization: str | None = None,
) -> Params:
    """Weights and biases between layers of these sizes; gammas and betas of the hidden ones if they normalise.

    Examples
    --------
    >>> start_params((4, 3, 2), 0.1, np.float32, "layernorm")["gamma1"]
    array([1., 1., 1.], dtype=float32)
    """
    params: Params = {}
    for k, (inputs, units) in enumerate(pairwise(sizes), start=1):
        params[f"W{k}"] = (weight_scale * np.random.randn(inputs, units)).astype(dtype)
        params[f"b{k}"] = np.zeros(units, dtype)
        if normalization and k < len(sizes) - 1:
            params[f"gamma{k}"], params[f"beta{k}"] = np.ones(units, dtype), np.zeros(units, dtype)
    return params


def add_decay(grads: Params, params: Params, reg: float) -> float:
    """Add the gradient of weight decay to those of the weights; return what it adds to the loss.

    Examples
    --------
    >>> grads = {"W1": np.array([1.0]), "b1": np.array([1.0])}
    >>> add_decay(grads, {"W1": np.array([2.0]), "b1": np.array([2.0])}, reg=0.5), grads
    (1.0, {'W1': array([2.]), 'b1': array([1.])})
    """
    weights = [name for name in grads if name.startswith("W")]
    for name in weights:
        grads[name] = grads[name] + reg * params[name]
    return 0.5 * reg * sum(float(np.sum(np.square(params[name]))) for name in weights)
