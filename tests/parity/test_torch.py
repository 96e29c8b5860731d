"""The same settings in convviz and in PyTorch give the same numbers. Run with ``make parity``."""

from __future__ import annotations

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz import SpecError, Window2d, avg_pool2d, conv2d, max_pool2d

small = st.integers(1, 3)
pair = st.tuples(small, small)
size = st.tuples(st.integers(1, 12), st.integers(1, 12))


@settings(max_examples=300)
@given(
    size,
    st.tuples(st.integers(1, 4), st.integers(1, 4)),
    pair,
    st.tuples(st.integers(0, 3), st.integers(0, 3)),
    pair,
    small,
    st.sampled_from(["zeros", "reflect", "replicate", "circular"]),
    st.integers(0, 2**32),
)
def test_conv2d(hw, kernel, stride, padding, dilation, groups, mode, seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, 2 * groups, *hw))
    w, b = rng.normal(size=(2 * groups, 2, *kernel)), rng.normal(size=2 * groups)
    layer = torch.nn.Conv2d(
        2 * groups, 2 * groups, kernel, stride, padding, dilation, groups, padding_mode=mode
    ).double()
    layer.weight.data, layer.bias.data = torch.tensor(w), torch.tensor(b)
    try:
        ours = conv2d(x, w, b, stride, padding, dilation, groups, mode)
    except SpecError:
        with pytest.raises((RuntimeError, AssertionError)):
            layer(torch.tensor(x))
        return
    np.testing.assert_allclose(ours, layer(torch.tensor(x)).detach().numpy(), atol=1e-12)


@pytest.mark.parametrize("kernel", [1, 2, 3, 4, (2, 5)])
@pytest.mark.parametrize("dilation", [1, 2])
def test_same_padding(kernel, dilation):
    rng = np.random.default_rng(0)
    w = rng.normal(size=(3, 2, *Window2d.make(kernel).kernel))
    x = rng.normal(size=(1, 2, 9, 11))
    theirs = F.conv2d(torch.tensor(x), torch.tensor(w), padding="same", dilation=dilation)
    np.testing.assert_allclose(conv2d(x, w, padding="same", dilation=dilation), theirs, atol=1e-12)


@settings(max_examples=300)
@given(size, pair, pair, pair, pair, st.booleans(), st.booleans(), st.integers(0, 2**32))
def test_pools(hw, kernel, stride, padding, dilation, ceil, include, seed):
    padding = tuple(min(p, k // 2) for p, k in zip(padding, kernel, strict=True))
    assume(Window2d.make(kernel, stride, padding, dilation).fits(hw))
    x = np.random.default_rng(seed).integers(-2, 3, size=(1, 2, *hw)).astype(float)
    ours, where = max_pool2d(x, kernel, stride, padding, dilation, ceil, return_indices=True)
    theirs, indices = F.max_pool2d(
        torch.tensor(x), kernel, stride, padding, dilation, ceil_mode=ceil, return_indices=True
    )
    np.testing.assert_array_equal(ours, theirs)
    real = np.isfinite(ours)
    np.testing.assert_array_equal(where[real], indices.numpy()[real])
    if Window2d.make(kernel, stride, padding).fits(hw):
        mean = F.avg_pool2d(torch.tensor(x), kernel, stride, padding, ceil, include)
        np.testing.assert_allclose(
            avg_pool2d(x, kernel, stride, padding, ceil, include), mean, atol=1e-12
        )
