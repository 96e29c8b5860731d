"""The NumPy lines shown for a stack are run, and do what the trainer does."""

from __future__ import annotations

import numpy as np
import pytest

import convviz.ops.layers as layers
from convviz import conv2d, conv2d_backward, max_pool2d, max_pool2d_backward
from convviz.nets.data import shapes
from convviz.nets.numpy_code import numpy_code
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.nets.trainer import Trainer
from convviz.ops.optimisers import RULES

OPS = vars(layers) | {
    "conv2d": conv2d,
    "conv2d_backward": conv2d_backward,
    "max_pool2d": max_pool2d,
    "max_pool2d_backward": max_pool2d_backward,
}
DATA = shapes(60, 20, 10)


@pytest.mark.parametrize(
    ("stack", "reg", "rule"),
    [
        ("conv7-3 relu pool2 affine8 relu", 0.0, "adam"),
        ("conv4-3 norm relu pool3 affine8 norm relu dropout0.5", 0.01, "nesterov"),
        ("conv3-2 relu conv3-2 pool2 dropout0.25", 0.1, "rmsprop"),
        ("conv1-4 relu conv3-4-g4 conv1-6 relu pool2", 0.1, "sgd"),
        ("", 0.0, "sgd"),
    ],
)
def test_the_lines_give_the_loss_and_the_parameters_of_an_iteration_of_the_trainer(
    stack, reg, rule
):
    net = Sequential(
        parse_stack(f"{stack} affine10"), DATA.shape, reg=reg, dtype=np.float64, seed=4
    )
    settings = Settings(rule, 0.01, batch_size=12)
    trainer = Trainer(net, DATA, settings)
    x, y = trainer.draw()
    rng = np.random.default_rng()
    rng.bit_generator.state = net.rng.bit_generator.state
    configs = {name: {"learning_rate": 0.01} for name in net.params}
    space = {**OPS, **RULES, **net.params, "x": x, "y": y, "rng": rng, "configs": configs}
    exec(numpy_code(net, settings), space)
    progress = trainer.learn(x, y)
    assert space["loss"] == pytest.approx(progress.loss, rel=1e-12)
    for name, value in net.params.items():
        np.testing.assert_allclose(space[name], value, rtol=1e-9, atol=1e-12)
