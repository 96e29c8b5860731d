"""The transposed convolution equals plain loops; its gradients are differences and adjoints. So is im2col."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz import (
    SpecError,
    Window2d,
    col2im,
    conv2d,
    conv2d_backward,
    conv_transpose2d,
    conv_transpose2d_backward,
    im2col,
)
from convviz.cs231n import eval_numerical_gradient_array
from convviz.ops.conv_transpose import transposed_size
from tests import oracles

small = st.integers(1, 3)
pair = st.tuples(small, small)
sides = st.tuples(st.integers(0, 2), st.integers(0, 2))
size = st.tuples(st.integers(1, 5), st.integers(1, 5))
more = st.tuples(st.integers(0, 2), st.integers(0, 2))
seeds = st.integers(0, 2**32)

STAMPS = {
    "size": size,
    "kernel": pair,
    "stride": pair,
    "padding": st.tuples(sides, sides),
    "output_padding": more,
    "dilation": pair,
    "groups": st.integers(1, 2),
    "seed": seeds,
}


def possible(size, kernel, stride, padding, output_padding, dilation):
    try:
        transposed_size(size, Window2d(kernel, stride, padding, dilation), output_padding)
    except SpecError:
        return False
    return True


@settings(max_examples=150)
@given(dtype=st.sampled_from(["float32", "float64"]), **STAMPS)
def test_it_equals_plain_loops(
    size, kernel, stride, padding, output_padding, dilation, groups, seed, dtype
):
    assume(possible(size, kernel, stride, padding, output_padding, dilation))
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2, 2 * groups, *size)).astype(dtype)
    w = rng.normal(size=(2 * groups, 3, *kernel)).astype(dtype)
    b = rng.normal(size=3 * groups).astype(dtype)
    how = (stride, padding, output_padding, dilation, groups)
    before = x.copy(), w.copy(), b.copy()
    out = conv_transpose2d(x, w, b, *how)
    expected = oracles.conv_transpose(x, w, b, *how)
    assert (out.dtype, out.shape) == (dtype, expected.shape)
    np.testing.assert_allclose(out, expected, atol=1e-4 if dtype == "float32" else 1e-11)
    for array, kept in zip((x, w, b), before, strict=True):
        np.testing.assert_array_equal(array, kept)
    np.testing.assert_array_equal(conv_transpose2d(x[0], w, b, *how), out[0])


@settings(max_examples=60)
@given(**STAMPS)
def test_its_gradients_are_the_differences_at_every_element(
    size, kernel, stride, padding, output_padding, dilation, groups, seed
):
    assume(possible(size, kernel, stride, padding, output_padding, dilation))
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(2, groups, *size)), rng.normal(size=(groups, 2, *kernel))
    b, how = rng.normal(size=2 * groups), (stride, padding, output_padding, dilation, groups)
    dout = rng.normal(size=conv_transpose2d(x, w, b, *how).shape)
    grads = conv_transpose2d_backward(dout, x, w, *how)
    for array, grad in zip((x, w, b), grads, strict=True):
        numeric = eval_numerical_gradient_array(
            lambda _: conv_transpose2d(x, w, b, *how), array, dout, h=1e-3
        )
        assert (grad.shape, grad.dtype) == (array.shape, array.dtype)
        np.testing.assert_allclose(grad, numeric, atol=1e-8)


@settings(max_examples=60)
@given(size, pair, pair, st.tuples(sides, sides), pair, st.integers(1, 2), seeds)
def test_it_is_the_dx_of_a_convolution(hw, kernel, stride, padding, dilation, groups, seed):
    """With as much output padding as the stride left over; the same filters, unturned."""
    window = Window2d(kernel, stride, padding, dilation)
    assume(window.fits(hw))
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(2, 2 * groups, *hw)), rng.normal(size=(3 * groups, 2, *kernel))
    how = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    out = conv2d(x, w, **how)
    dout = rng.normal(size=out.shape)
    dx, *_ = conv2d_backward(dout, x, w, **how)
    back = conv_transpose2d(dout, w, output_padding=window.leftover(hw), **how)
    np.testing.assert_allclose(back, dx, atol=1e-11)
    assert (back * x).sum() == pytest.approx((dout * out).sum(), abs=1e-9)


@given(size, pair, pair, st.tuples(sides, sides), pair, seeds)
def test_a_convolution_is_the_product_with_the_matrix_of_its_windows(
    hw, kernel, stride, padding, dilation, seed
):
    """Forward; and backward, dw by the matrix and dx by col2im."""
    window = Window2d(kernel, stride, padding, dilation)
    assume(window.fits(hw))
    rng = np.random.default_rng(seed)
    x, w = rng.normal(size=(2, 3, *hw)), rng.normal(size=(4, 3, *kernel))
    how = (kernel, stride, padding, dilation)
    columns, out = im2col(x, *how), conv2d(x, w, None, *how[1:])
    rows = w.reshape(4, -1)
    np.testing.assert_allclose((rows @ columns).reshape(out.shape), out, atol=1e-12)
    np.testing.assert_array_equal(im2col(x[1], *how), columns[1])
    dout = rng.normal(size=out.shape)
    dx, dw, _ = conv2d_backward(dout, x, w, *how[1:])
    flat = dout.reshape(2, 4, -1)
    np.testing.assert_allclose(
        np.einsum("nfl,nkl->fk", flat, columns).reshape(w.shape), dw, atol=1e-11
    )
    dcolumns = rows.T @ flat  # (N, C * KH * KW, OH * OW)
    np.testing.assert_allclose(col2im(dcolumns, hw, *how), dx, atol=1e-11)
    np.testing.assert_array_equal(col2im(dcolumns[0], hw, *how), col2im(dcolumns, hw, *how)[0])
