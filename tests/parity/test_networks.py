"""Twenty iterations from the same start are PyTorch's, in float64. Run with ``make parity``."""

from __future__ import annotations

import numpy as np
import pytest

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
