"""Twenty iterations from the same start are PyTorch's, in float64. Run with ``make parity``."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings
from convviz.nets.stack import parse_stack
from convviz.nets.torch_twin import torch_code
from tests.golden.networks import BATCH, NETWORKS, SHAPE, build, losses_in_numpy, losses_in_torch


@pytest.mark.parametrize("name", NETWORKS)
def test_twenty_iterations_are_pytorch_s(name):
    theirs = losses_in_torch(*build(name))
    ours = losses_in_numpy(*build(name))
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-10)


@pytest.mark.parametrize("name", NETWORKS)
def test_the_code_shown_is_python_that_trains(name):
    import torch

    net, settings = build(name)
    batches = [(torch.randn(BATCH, *SHAPE), torch.randint(0, 10, (BATCH,))) for _ in range(3)]
    shown: dict[str, object] = {"batches": batches}
    exec(torch_code(net, settings), shown)
    made = shown["net"]
    assert isinstance(made, torch.nn.Sequential)
    assert sum(value.numel() for value in made.parameters()) == net.size


def test_twenty_iterations_of_a_network_with_groups_are_pytorch_s():
    """Depthwise and 1×1, and two groups."""
    settings = Settings("sgd_momentum", 1e-2, batch_size=BATCH)
    losses = []
    for train in (losses_in_torch, losses_in_numpy):
        stack = parse_stack("conv1-4 relu conv3-4-g4 conv1-6 relu conv3-6-g2 pool2 affine10")
        net = Sequential(stack, SHAPE, reg=0.05, dtype=np.float64, seed=11)
        losses.append(train(net, settings))
    np.testing.assert_allclose(*losses, rtol=0, atol=1e-10)
