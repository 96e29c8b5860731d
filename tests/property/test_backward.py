"""Backward passes equal plain loops, and are the adjoints of the forward ones, for random shapes and settings."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz import (
    avg_pool2d,
    avg_pool2d_backward,
    conv2d,
    conv2d_backward,
    max_pool2d,
    max_pool2d_backward,
)
from convviz.ops.naive import (
    avg_pool_backward_loops,
    conv_backward_loops,
    max_pool_backward_loops,
)
from convviz.ops.padding import pad, unpad
from convviz.ops.pool import avg_divisor
from convviz.ops.spec import PoolSpec
from convviz.ops.window import Window2d
from tests import oracles

small = st.integers(1, 3)
pair = st.tuples(small, small)
side = st.tuples(st.integers(0, 3), st.integers(0, 3))
size = st.tuples(st.integers(1, 8), st.integers(1, 8))
seeds = st.integers(0, 2**32)
modes = st.sampled_from(sorted(oracles.MIRROR))
dtypes = st.sampled_from(["float32", "float64"])


def fits(hw, kernel, stride, padding, dilation, mode="zeros"):
    limit = {"reflect": -1, "circular": 0}.get(mode, 99)
    mirrored = all(max(padding[k]) <= hw[k] + limit for k in (0, 1))
    return mirrored and Window2d(kernel, stride, padding, dilation).fits(hw)


def close(ours, expected, dtype):
    assert ours.dtype == dtype
    np.testing.assert_allclose(ours, expected, atol=1e-4 if dtype == "float32" else 1e-11)


@settings(max_examples=120)
@given(size, pair, pair, st.tuples(side, side), pair, st.integers(1, 2), modes, dtypes, seeds)
def test_conv2d_backward_equals_plain_loops(
    hw, kernel, stride, padding, dilation, groups, mode, dtype, seed
):
    assume(fits(hw, kernel, stride, padding, dilation, mode))
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, 2 * groups, *hw)).astype(dtype)
    w = rng.normal(size=(2 * groups, 2, *kernel)).astype(dtype)
    how = (stride, padding, dilation, groups, mode)
    dout = rng.normal(size=conv2d(x, w, None, *how).shape).astype(dtype)
    before = dout.copy(), x.copy(), w.copy()
    ours = conv2d_backward(dout, x, w, *how)
    expected = oracles.conv_backward(dout, x, w, *how)
    for gradient, right in zip(ours, expected, strict=True):
        close(gradient, right, dtype)
    for array, copy in zip((dout, x, w), before, strict=True):
        np.testing.assert_array_equal(array, copy)
    alone = conv2d_backward(dout[0], x[0], w, *how)
    close(alone[0], expected[0][0], dtype)
    if groups == 1:
        shown = conv_backward_loops(dout, pad(x, padding, mode), w, stride, dilation)
        close(unpad(shown[0], padding, mode), expected[0], dtype)
        close(shown[1], expected[1], dtype)
        close(shown[2], expected[2], dtype)


@settings(max_examples=100)
@given(
    st.tuples(st.integers(1, 30), st.integers(1, 30)),
    st.tuples(st.integers(1, 12), st.integers(1, 12)),
    pair,
    st.tuples(side, side),
    pair,
    st.tuples(st.integers(1, 3), st.integers(1, 40), st.integers(1, 40)),
    modes,
    seeds,
)
def test_conv2d_backward_is_the_adjoint_of_conv2d(
    hw, kernel, stride, padding, dilation, counts, mode, seed
):
    """``sum(conv2d(x) * dout) == sum(x * dx)``, and the same for the filters, in every fast form."""
    assume(fits(hw, kernel, stride, padding, dilation, mode))
    images, channels, filters = counts
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(images, channels, *hw))
    w = rng.normal(size=(filters, channels, *kernel))
    how = (stride, padding, dilation, 1, mode)
    out = conv2d(x, w, None, *how)
    dout = rng.normal(size=out.shape)
    dx, dw, _ = conv2d_backward(dout, x, w, *how)
    meant, scale = (out * dout).sum(), np.abs(out * dout).sum() + 1
    np.testing.assert_allclose((x * dx).sum(), meant, atol=1e-12 * scale)
    np.testing.assert_allclose((w * dw).sum(), meant, atol=1e-12 * scale)


@settings(max_examples=150)
@given(
    size, pair, pair, pair, pair, st.booleans(), st.sampled_from(["split", "first"]), dtypes, seeds
)
def test_max_pool2d_backward_equals_plain_loops(
    hw, kernel, stride, padding, dilation, ceil, ties, dtype, seed
):
    padding = tuple(min(p, k // 2) for p, k in zip(padding, kernel, strict=True))
    assume(Window2d.make(kernel, stride, padding, dilation).fits(hw))
    rng = np.random.default_rng(seed)
    x = rng.integers(-1, 2, size=(2, *hw)).astype(dtype)  # ties are common
    dout = rng.normal(size=max_pool2d(x, kernel, stride, padding, dilation, ceil).shape)
    dout = dout.astype(dtype)
    before = dout.copy(), x.copy()
    ours = max_pool2d_backward(dout, x, kernel, stride, padding, dilation, ceil, ties)
    expected = oracles.pool_backward(dout, x, kernel, stride, padding, dilation, ties, True)
    close(ours, expected, dtype)
    for array, copy in zip((dout, x), before, strict=True):
        np.testing.assert_array_equal(array, copy)
    reaching = PoolSpec.make(kernel, stride, padding, dilation, ceil).reaching(hw)
    x_pad = pad(x, reaching.padding, value=-np.inf)
    shown = max_pool_backward_loops(
        dout[None], x_pad[None], reaching.kernel, reaching.stride, reaching.dilation, ties
    )
    close(unpad(shown[0], reaching.padding), expected, dtype)


@settings(max_examples=150)
@given(size, pair, pair, pair, st.booleans(), st.booleans(), dtypes, seeds)
def test_avg_pool2d_backward_equals_plain_loops_and_is_the_adjoint(
    hw, kernel, stride, padding, ceil, include, dtype, seed
):
    padding = tuple(min(p, k // 2) for p, k in zip(padding, kernel, strict=True))
    assume(Window2d.make(kernel, stride, padding).fits(hw))
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, *hw)).astype(dtype)
    out = avg_pool2d(x, kernel, stride, padding, ceil, include)
    dout = rng.normal(size=out.shape).astype(dtype)
    ours = avg_pool2d_backward(dout, x, kernel, stride, padding, ceil, include)
    expected = oracles.pool_backward(dout, x, kernel, stride, padding, (1, 1), "mean", include)
    close(ours, expected, dtype)
    close(np.asarray((x * ours).sum(dtype=dtype)), (out * dout).sum(), dtype)
    spec = PoolSpec.make(kernel, stride, padding, 1, ceil)
    reaching, divisor = spec.reaching(hw), avg_divisor(spec, hw, include).astype(dtype)
    shown = avg_pool_backward_loops(
        dout[None], reaching.kernel, reaching.stride, divisor, reaching.padded_size(hw)
    )
    close(unpad(shown[0], reaching.padding), expected, dtype)


@settings(max_examples=100)
@given(size, st.tuples(side, side), modes, seeds)
def test_unpad_is_the_adjoint_of_pad(hw, padding, mode, seed):
    assume(fits(hw, (1, 1), (1, 1), padding, (1, 1), mode))
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, *hw))
    x_pad = pad(x, padding, mode)
    gradient = rng.normal(size=x_pad.shape)
    kept = gradient.copy()
    back = unpad(gradient, padding, mode)
    np.testing.assert_allclose((x * back).sum(), (x_pad * gradient).sum(), atol=1e-11)
    np.testing.assert_array_equal(gradient, kept)
