"""The gradient of a convolution's input is a full correlation, for random shapes and settings."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from convviz.ops.conv import conv2d_backward
from convviz.ops.padding import unpad
from convviz.ops.transposed import full_correlation
from convviz.ops.window import Window2d

small = st.integers(1, 3)
pair = st.tuples(small, small)
sides = st.tuples(st.integers(0, 3), st.integers(0, 3))


@given(
    size=st.tuples(st.integers(1, 8), st.integers(1, 8)),
    kernel=pair,
    stride=pair,
    padding=st.tuples(sides, sides),
    dilation=pair,
    counts=st.tuples(small, small, small),
    dtype=st.sampled_from(["float32", "float64"]),
    seed=st.integers(0, 2**32),
)
def test_gathering_equals_scattering(
    size, kernel, stride, padding, dilation, counts, dtype, seed
) -> None:
    """Strides that leave rows over, uneven padding, dilation and several filters included."""
    window = Window2d(kernel, stride, padding, dilation)
    assume(window.fits(size))
    rng, (images, channels, filters) = np.random.default_rng(seed), counts
    x = rng.normal(size=(images, channels, *size)).astype(dtype)
    w = rng.normal(size=(filters, channels, *kernel)).astype(dtype)
    dout = rng.normal(size=(images, filters, *window.output_size(size))).astype(dtype)
    gathered = full_correlation(dout, w, window, size)
    assert gathered.dtype == dtype
    dx, _dw, _db = conv2d_backward(dout, x, w, stride, padding, dilation)
    tolerance = 1e-4 if dtype == "float32" else 1e-10
    np.testing.assert_allclose(unpad(gathered, padding), dx, atol=tolerance)
