"""The networks whose first 20 iterations are stored, shared by the script that makes them and the tests."""

from __future__ import annotations

import numpy as np

from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.ops.optimisers import rule

SHAPE, ITERATIONS, BATCH = (3, 10, 8), 20, 10
# name: stack, optimiser, learning rate, weight decay
NETWORKS = {
    "three layers, adam": ("conv7-4 relu pool2 affine9 relu affine10", "adam", 1e-2, 0.1),
    "three layers, momentum": (
        "conv3-4 relu pool2 affine9 relu affine10",
        "sgd_momentum",
        1e-2,
        0.0,
    ),
    "batch norm, nesterov": (
        "conv5-3 norm relu pool2 affine9 norm relu affine10",
        "nesterov",
        1e-2,
        0.05,
    ),
    "notes, rmsprop": ("conv5-4 relu conv3-3 relu affine10", "rmsprop", 1e-3, 0.0),
    "even kernel, descent": ("conv4-3 relu pool3 affine10", "sgd", 5e-2, 0.0),
}


def build(name: str) -> tuple[Sequential, Settings]:
    """The network at its start, in float64."""
    stack, optimiser, rate, reg = NETWORKS[name]
    net = Sequential(parse_stack(stack), SHAPE, reg=reg, dtype=np.float64, seed=11)
    return net, Settings(optimiser, rate, batch_size=BATCH)


def batches() -> list[tuple[np.ndarray, np.ndarray]]:
    """The 20 batches."""
    rng = np.random.default_rng(6)
    return [
        (rng.normal(size=(BATCH, *SHAPE)), rng.integers(0, 10, BATCH)) for _ in range(ITERATIONS)
    ]


def losses_in_numpy(net: Sequential, settings: Settings) -> list[float]:
    """The loss of each iteration, trained with convviz's own rule and layers."""
    update = rule(settings.optimiser)
    configs = {name: {"learning_rate": settings.learning_rate} for name in net.params}
    losses = []
    for x, y in batches():
        loss, grads = net.loss(x, y)
        for name in net.params:
            net.params[name], configs[name] = update(net.params[name], grads[name], configs[name])
        losses.append(loss)
    return losses


def losses_in_torch(net: Sequential, settings: Settings) -> list[float]:
    """The same from PyTorch."""
    from convviz.nets.torch_twin import TorchTwin

    twin = TorchTwin(net, settings)
    return [twin.step(x, y, settings.learning_rate) for x, y in batches()]
