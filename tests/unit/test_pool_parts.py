"""Pooling works on some planes at a time, and gives what it gives on all at once."""

from __future__ import annotations

import numpy as np
import pytest

from convviz import avg_pool2d, max_pool2d, max_pool2d_backward
from convviz.ops.pool import maximum, separable


@pytest.mark.parametrize("ties", ["first", "split"])
@pytest.mark.parametrize(
    ("kernel", "stride", "padding"), [(2, 2, 0), (3, 2, 1), (5, 1, 2), (9, 9, 4)]
)
def test_pooling_in_parts_is_pooling(kernel, stride, padding, ties, monkeypatch):
    x = np.random.default_rng(0).integers(0, 4, (5, 3, 10, 11)).astype(np.float32)
    x[2, 1, 4, 4] = np.nan
    shape = kernel, stride, padding

    def all_of_it():
        out = max_pool2d(x, *shape)
        dx = max_pool2d_backward(
            np.arange(out.size, dtype=x.dtype).reshape(out.shape), x, *shape, ties=ties
        )
        return out, dx, avg_pool2d(x, *shape)

    whole = all_of_it()
    for module in (separable, maximum):
        monkeypatch.setattr(module, "PART", 2 * 10 * 11)  # two planes, where nothing is padded
    for found, expected in zip(all_of_it(), whole, strict=True):
        np.testing.assert_array_equal(found, expected)
