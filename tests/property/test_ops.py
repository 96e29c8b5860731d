"""conv2d and both pools equal plain loops for random shapes and settings."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz import SpecError, avg_pool2d, conv2d, max_pool2d
from convviz.ops.index import tap_index
from convviz.ops.naive import conv_loops
from convviz.ops.padding import pad
from convviz.ops.window import Window2d
from tests import oracles

small = st.integers(1, 3)
pair = st.tuples(small, small)
side = st.tuples(st.integers(0, 3), st.integers(0, 3))
size = st.tuples(st.integers(1, 9), st.integers(1, 9))


@settings(max_examples=150)
@given(
    size,
    pair,
    pair,
    st.tuples(side, side),
    pair,
    st.integers(1, 2),
    st.sampled_from(sorted(oracles.MIRROR)),
    st.sampled_from(["float32", "float64"]),
    st.integers(0, 2**32),
)
def test_conv2d_equals_plain_loops(
    hw, kernel, stride, padding, dilation, groups, mode, dtype, seed
):
    limit = {"reflect": -1, "circular": 0}.get(mode, 99)
    assume(all(max(padding[k]) <= hw[k] + limit for k in (0, 1)))
    assume(Window2d(kernel, stride, padding, dilation).fits(hw))
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, 2 * groups, *hw)).astype(dtype)
    w = rng.normal(size=(3 * groups, 2, *kernel)).astype(dtype)
    b = rng.normal(size=3 * groups).astype(dtype)
    before = x.copy(), w.copy(), b.copy()
    out = conv2d(x, w, b, stride, padding, dilation, groups, mode)
    expected = oracles.conv(x, w, b, stride, padding, dilation, groups, mode)
    assert out.dtype == dtype
    np.testing.assert_allclose(out, expected, atol=1e-5 if dtype == "float32" else 1e-12)
    for array, copy in zip((x, w, b), before, strict=True):
        np.testing.assert_array_equal(array, copy)
    if groups == 1:
        shown = conv_loops(pad(x, padding, mode), w, b, stride, dilation)
        np.testing.assert_allclose(shown, expected, atol=1e-5 if dtype == "float32" else 1e-12)


@settings(max_examples=150)
@given(size, pair, pair, pair, pair, st.booleans(), st.booleans(), st.integers(0, 2**32))
def test_pools_equal_plain_loops(hw, kernel, stride, padding, dilation, ceil, include, seed):
    padding = tuple(min(p, k // 2) for p, k in zip(padding, kernel, strict=True))
    assume(Window2d.make(kernel, stride, padding, dilation).fits(hw))
    x = np.random.default_rng(seed).integers(-3, 4, size=(2, *hw)).astype(float)  # ties are common
    expected, where = oracles.pool(x, kernel, stride, padding, dilation, ceil, "max", True)
    out, indices = max_pool2d(x, kernel, stride, padding, dilation, ceil, return_indices=True)
    np.testing.assert_array_equal(out, expected)
    np.testing.assert_array_equal(max_pool2d(x, kernel, stride, padding, dilation, ceil), expected)
    real = np.isfinite(expected)
    np.testing.assert_array_equal(indices[real], where[real])
    if Window2d.make(kernel, stride, padding).fits(hw):
        mean, _ = oracles.pool(x, kernel, stride, padding, (1, 1), ceil, "mean", include)
        np.testing.assert_allclose(
            avg_pool2d(x, kernel, stride, padding, ceil, include), mean, atol=1e-12
        )


@settings(max_examples=100)
@given(size, pair, pair, st.tuples(side, side), pair)
def test_the_index_table_reads_what_padding_and_slicing_read(hw, kernel, stride, padding, dilation):
    window = Window2d(kernel, stride, padding, dilation)
    assume(window.fits(hw))
    index = tap_index(window, hw)
    flat = np.arange(1, hw[0] * hw[1] + 1).reshape(hw)
    x_pad = np.pad(flat, padding)
    in_padded = tap_index(window, hw, padded=True)
    for i, j in np.ndindex(*index.shape[:2]):
        top, left = i * stride[0], j * stride[1]
        cut = x_pad[
            top : top + window.extent[0] : dilation[0], left : left + window.extent[1] : dilation[1]
        ]
        np.testing.assert_array_equal(index[i, j] + 1, cut)
        np.testing.assert_array_equal(x_pad.ravel()[in_padded[i, j]], cut)


@settings(max_examples=200)
@given(size, st.integers(1, 12), st.integers(0, 3), small)
def test_a_kernel_that_does_not_fit_is_refused_and_the_advice_works(hw, kernel, padding, dilation):
    window = Window2d.make(kernel, padding=padding, dilation=dilation)
    if window.fits(hw):
        assert min(window.output_size(hw)) >= 1
        return
    with pytest.raises(SpecError) as caught:
        window.output_size(hw)
    assert caught.value.argument == "kernel"
    words = str(caught.value).replace(":", "").replace(",", "").split()
    assert words[-5:-1] == ["padding", "of", "at", "least"]
    least = int(words[-1])
    one_axis = (kernel, 1) if "height" in words else (1, kernel)
    assert Window2d.make(one_axis, 1, least, dilation).fits(hw)
    assert not Window2d.make(one_axis, 1, least - 1, dilation).fits(hw)
