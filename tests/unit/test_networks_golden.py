"""Losses PyTorch 2.13.0 gave in 20 iterations, stored by tests/golden/make_networks.py."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.golden.networks import NETWORKS, build, losses_in_numpy

GOLDEN = json.loads((Path(__file__).parent.parent / "golden" / "networks.json").read_text())


@pytest.mark.parametrize("name", NETWORKS)
def test_twenty_iterations_give_the_losses_pytorch_gave(name):
    ours = losses_in_numpy(*build(name))
    np.testing.assert_allclose(ours, GOLDEN[name], rtol=0, atol=1e-10)
