"""Results PyTorch 2.13.0 gave, stored by tests/golden/make.py."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from convviz import avg_pool2d, conv2d, max_pool2d
from tests.golden.cases import CONVS, POOLS

GOLDEN = np.load(Path(__file__).parent.parent / "golden" / "golden.npz")


@pytest.mark.parametrize("k", range(len(CONVS)))
def test_conv2d_gives_what_pytorch_gave(k):
    _, _, *settings = CONVS[k]
    x, w, b, out = (GOLDEN[f"conv{k}_{name}"] for name in ("x", "w", "b", "out"))
    np.testing.assert_allclose(conv2d(x, w, b, *settings), out, atol=1e-12)


@pytest.mark.parametrize("k", range(len(POOLS)))
def test_pools_give_what_pytorch_gave(k):
    _, kernel, stride, padding, dilation, ceil = POOLS[k]
    x = GOLDEN[f"max{k}_x"]
    out, where = max_pool2d(x, kernel, stride, padding, dilation, ceil, return_indices=True)
    np.testing.assert_array_equal(out, GOLDEN[f"max{k}_out"])
    np.testing.assert_array_equal(where, GOLDEN[f"max{k}_where"])
    for name, include in (("with", True), ("without", False)):
        mean = avg_pool2d(x, kernel, stride, padding, ceil, include)
        np.testing.assert_allclose(mean, GOLDEN[f"avg{k}_{name}"], atol=1e-12)
