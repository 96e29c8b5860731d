"""The loops with groups equal plain loops that share no code; their gradients are differences at every element."""

from __future__ import annotations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz.cs231n import eval_numerical_gradient_array
from convviz.ops.conv import conv2d_backward
from convviz.ops.naive import conv_group_backward_loops, conv_group_loops
from tests import oracles

pair = st.tuples(st.integers(1, 2), st.integers(1, 2))
LOOPS = {
    "size": st.tuples(st.integers(1, 5), st.integers(1, 5)),
    "kernel": st.tuples(st.integers(1, 3), st.integers(1, 3)),
    "stride": pair,
    "dilation": pair,
    "groups": st.integers(1, 4),
    "each": st.tuples(st.integers(1, 2), st.integers(1, 2)),  # channels and filters of a group
    "seed": st.integers(0, 2**32),
}
BARE = ((0, 0), (0, 0))


def operands(size, kernel, dilation, groups, each, seed):
    assume(all(d * (k - 1) < n for n, k, d in zip(size, kernel, dilation, strict=True)))
    rng = np.random.default_rng(seed)
    channels, filters = each
    x = rng.normal(size=(2, groups * channels, *size))
    return (
        x,
        rng.normal(size=(groups * filters, channels, *kernel)),
        rng.normal(size=groups * filters),
    )


@settings(max_examples=80)
@given(**LOOPS)
def test_forward_and_backward_equal_plain_loops(size, kernel, stride, dilation, groups, each, seed):
    x, w, b = operands(size, kernel, dilation, groups, each, seed)
    how = (stride, BARE, dilation, groups, "zeros")
    out = conv_group_loops(x, w, b, stride, dilation, groups)
    np.testing.assert_allclose(out, oracles.conv(x, w, b, *how), atol=1e-11)
    dout = np.random.default_rng(seed).normal(size=out.shape)
    made = conv_group_backward_loops(dout, x, w, stride, dilation, groups)
    for ours, plain in zip(made, oracles.conv_backward(dout, x, w, *how), strict=True):
        np.testing.assert_allclose(ours, plain, atol=1e-11)
    library = conv2d_backward(dout, x, w, stride, 0, dilation, groups)
    for ours, theirs in zip(made, library, strict=True):
        np.testing.assert_allclose(ours, theirs, atol=1e-11)


@settings(max_examples=20, deadline=None)
@given(**LOOPS)
def test_the_gradients_are_the_differences_at_every_element(
    size, kernel, stride, dilation, groups, each, seed
):
    x, w, b = operands(size, kernel, dilation, groups, each, seed)
    dout = np.random.default_rng(seed).normal(
        size=conv_group_loops(x, w, b, stride, dilation, groups).shape
    )
    made = conv_group_backward_loops(dout, x, w, stride, dilation, groups)
    for gradient, array in zip(made, (x, w, b), strict=True):
        numeric = eval_numerical_gradient_array(
            lambda _moved: conv_group_loops(x, w, b, stride, dilation, groups), array, dout
        )
        np.testing.assert_allclose(gradient, numeric, atol=1e-7)
