"""Where student solutions go wrong: each trap by itself, and three classic bugs, which must not get past them."""

from __future__ import annotations

import inspect
import sys

import numpy as np
import pytest

from convviz import (
    SpecError,
    avg_pool2d_backward,
    batch_norm,
    batch_norm_backward,
    conv2d,
    conv2d_backward,
    dropout_backward,
    max_pool2d,
    max_pool2d_backward,
    relu_backward,
)
from convviz import cs231n as course
from convviz.ops import lines
from tests import oracles

CONV_BACKWARDS = [course.conv_backward_naive, course.conv_backward_fast]
POOL_BACKWARDS = [course.max_pool_backward_naive, course.max_pool_backward_fast]


def conv_case(size, kernel, stride, pad, seed=0):
    """dout, the cache of the forward pass, and the right gradients by plain loops."""
    rng = np.random.default_rng(seed)
    x, w, b = rng.normal(size=(2, 2, *size)), rng.normal(size=(3, 2, *kernel)), rng.normal(size=3)
    out, cache = course.conv_forward_naive(x, w, b, {"stride": stride, "pad": pad})
    dout, sides = rng.normal(size=out.shape), ((pad, pad), (pad, pad))
    right = oracles.conv_backward(dout, x, w, (stride, stride), sides, (1, 1), 1, "zeros")
    return dout, cache, right


def check_conv(backward):
    """Padding 0, leftover rows, rectangular kernels."""
    for size, kernel, stride, pad in [
        ((4, 5), (3, 3), 1, 0),
        ((4, 4), (3, 3), 1, 1),
        ((6, 7), (3, 2), 2, 0),
        ((5, 5), (2, 2), 3, 2),
    ]:
        dout, cache, right = conv_case(size, kernel, stride, pad)
        for ours, expected in zip(backward(dout, cache), right, strict=True):
            assert ours.shape == expected.shape
            np.testing.assert_allclose(ours, expected, atol=1e-12)


def check_pool(backward):
    """Windows that overlap, and ties."""
    for size, kernel, stride in [((5, 5), (3, 3), 2), ((4, 6), (2, 2), 2), ((6, 7), (3, 2), 1)]:
        rng = np.random.default_rng(0)
        for x in (rng.normal(size=(2, *size)), rng.integers(0, 2, size=(2, *size)).astype(float)):
            param = {"pool_height": kernel[0], "pool_width": kernel[1], "stride": stride}
            out, cache = course.max_pool_forward_naive(x[None], param)
            dout = rng.normal(size=out.shape)
            right = oracles.pool_backward(
                dout[0], x, kernel, (stride, stride), (0, 0), (1, 1), "split", True
            )
            np.testing.assert_allclose(backward(dout, cache)[0], right, atol=1e-12)


def notebooks_conv_check(backward):
    """The course's own: seed 231, stride 1, padding 1."""
    rng = np.random.RandomState(231)
    x, w, b, dout = (rng.randn(*s) for s in ((4, 3, 5, 5), (2, 3, 3, 3), (2,), (4, 2, 5, 5)))
    param = {"stride": 1, "pad": 1}
    grads = backward(dout, (x, w, b, param))
    for array, grad in zip((x, w, b), grads, strict=True):
        numeric = course.eval_numerical_gradient_array(
            lambda _: course.conv_forward_fast(x, w, b, param)[0], array, dout
        )
        assert course.rel_error(grad, numeric) < 1e-7


def notebooks_pool_check(backward):
    """The course's own: seed 231, 2×2 windows side by side."""
    rng = np.random.RandomState(231)
    x, dout = rng.randn(3, 2, 8, 8), rng.randn(3, 2, 4, 4)
    param = {"pool_height": 2, "pool_width": 2, "stride": 2}
    numeric = course.eval_numerical_gradient_array(
        lambda x: course.max_pool_forward_fast(x, param)[0], x, dout
    )
    assert course.rel_error(backward(dout, (x, param)), numeric) < 1e-10


def rewritten(function, old, new):
    """The function with one piece of its source replaced."""
    source = inspect.getsource(function)
    assert source.count(old) == 1
    names = dict(vars(sys.modules[function.__module__]))
    exec(source.replace(old, new), names)
    return names[function.__name__]


BUGS = {
    "pad:-pad": (
        rewritten(
            course.conv_backward_naive,
            "dx_pad[:, :, pad : pad + H, pad : pad + W]",
            "dx_pad[:, :, pad:-pad, pad:-pad]",
        ),
        notebooks_conv_check,
        check_conv,
    ),
    "= for +=": (
        rewritten(
            course.max_pool_backward_naive,
            "dx[n, c, top:bottom, left:right] += np.where",
            "dx[n, c, top:bottom, left:right] = np.where",
        ),
        notebooks_pool_check,
        check_pool,
    ),
    "every tied maximum in full": (
        rewritten(course.max_pool_backward_naive, " / is_max.sum()", ""),
        notebooks_pool_check,
        check_pool,
    ),
}


@pytest.mark.parametrize("name", BUGS)
def test_a_classic_bug_passes_the_courses_check_and_not_ours(name):
    buggy, courses, ours = BUGS[name]
    courses(buggy)
    with pytest.raises(AssertionError):
        ours(buggy)


@pytest.mark.parametrize("backward", CONV_BACKWARDS)
def test_convolution_passes_both_checks(backward):
    notebooks_conv_check(backward)
    check_conv(backward)


@pytest.mark.parametrize("backward", POOL_BACKWARDS)
def test_pooling_passes_both_checks(backward):
    notebooks_pool_check(backward)
    check_pool(backward)


@pytest.mark.parametrize("backward", CONV_BACKWARDS)
def test_with_padding_0_dx_has_the_shape_of_x(backward):
    dout, cache, (dx, _, _) = conv_case((4, 5), (3, 3), 1, 0)
    assert backward(dout, cache)[0].shape == dx.shape == cache[0].shape


@pytest.mark.parametrize("backward", POOL_BACKWARDS)
def test_a_peak_in_four_overlapping_windows_gets_the_gradient_of_all_four(backward):
    x = np.zeros((1, 1, 5, 5))
    x[0, 0, 2, 2] = 1
    _, cache = course.max_pool_forward_naive(x, {"pool_height": 3, "pool_width": 3, "stride": 2})
    dx = backward(np.ones((1, 1, 2, 2)), cache)
    assert dx[0, 0, 2, 2] == dx.sum() == 4


def test_of_equal_maxima_all_share_or_the_first_has_it_all():
    ones, dout = np.ones((1, 2, 2)), np.ones((1, 1, 1))
    np.testing.assert_array_equal(max_pool2d_backward(dout, ones, 2)[0], [[0.25, 0.25]] * 2)
    first = max_pool2d_backward(dout, ones, 2, ties="first")[0]
    np.testing.assert_array_equal(first, [[1, 0], [0, 0]])
    with pytest.raises(SpecError, match="ties 'all' is unknown: use one of split, first"):
        max_pool2d_backward(dout, ones, 2, ties="all")


def test_a_nan_is_the_maximum_backward_too():
    x = np.array([[[1.0, np.nan], [3.0, np.nan]]])
    back = max_pool2d_backward(np.ones((1, 1, 1)), x, 2)[0]
    np.testing.assert_array_equal(back, [[0, 0.5], [0, 0.5]])


@pytest.mark.parametrize("stride", [2, 3, 4])
def test_cells_that_no_window_reaches_have_gradient_exactly_0(stride):
    """Also where the kernel is smaller than the stride."""
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(1, 1, 8, 8)), rng.normal(size=(1, 1, 2, 3))
    dout = np.ones_like(conv2d(x, w, stride=stride))
    dx, _, _ = conv2d_backward(dout, x, w, stride=stride)
    reached = np.zeros((8, 8), dtype=bool)
    for i, j in np.ndindex(dout.shape[2:]):
        reached[i * stride : i * stride + 2, j * stride : j * stride + 3] = True
    assert not reached.all()
    assert (dx[0, 0][~reached] == 0).all()
    assert (dx[0, 0][reached] != 0).all()
    pooled = max_pool2d_backward(np.ones_like(max_pool2d(x, (2, 3), stride)), x, (2, 3), stride)
    assert (pooled[0, 0][~reached] == 0).all()


def test_a_kernel_larger_than_the_padded_input_is_an_error_forward_and_backward():
    """``int(1 + (2 - 5) / 2)`` is 0 and ``1 + (2 - 5) // 2`` is -1: neither is a size."""
    x, w, dout = np.ones((1, 1, 2, 2)), np.ones((1, 1, 5, 5)), np.ones((1, 1, 0, 0))
    for call in (
        lambda: conv2d(x, w, stride=2),
        lambda: conv2d_backward(dout, x, w, stride=2),
        lambda: max_pool2d(x, 5, 2),
        lambda: max_pool2d_backward(dout, x, 5, 2),
        lambda: avg_pool2d_backward(dout, x, 5, 2),
        lambda: course.conv_forward_naive(x, w, np.zeros(1), {"stride": 2, "pad": 0}),
        lambda: course.conv_forward_fast(x, w, np.zeros(1), {"stride": 2, "pad": 1}),
        lambda: course.max_pool_forward_naive(x, {"pool_height": 5, "pool_width": 5, "stride": 2}),
    ):
        with pytest.raises(SpecError, match="kernel 5 exceeds padded input height"):
            call()


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_the_loops_keep_the_dtype_and_write_to_no_input(dtype):
    rng = np.random.default_rng(0)
    x, w, b = (rng.normal(size=s).astype(dtype) for s in ((1, 2, 5, 5), (3, 2, 3, 3), (3,)))
    pool = {"pool_height": 2, "pool_width": 2, "stride": 1}
    for array in (x, w, b):
        array.flags.writeable = False
    out, cache = course.conv_forward_naive(x, w, b, {"stride": 1, "pad": 1})
    pooled, pool_cache = course.max_pool_forward_naive(x, pool)
    out.flags.writeable = pooled.flags.writeable = False
    grads = course.conv_backward_naive(out, cache)
    grads += (course.max_pool_backward_naive(pooled, pool_cache), out, pooled)
    assert {array.dtype for array in grads} == {np.dtype(dtype)}


def test_a_gradient_that_would_broadcast_is_refused():
    x, w, dout = np.ones((1, 2, 4, 4)), np.ones((1, 2, 3, 3)), np.ones((1, 1, 2, 2))
    for call in (
        lambda: conv2d_backward(dout[..., :1], x, w),
        lambda: conv2d_backward(dout[0], x, w),
        lambda: max_pool2d_backward(dout, x, 3, 1),
        lambda: avg_pool2d_backward(dout[:, :, :1], x, 3, 1),
        lambda: relu_backward(dout, x),
        lambda: dropout_backward(dout, x),
        lambda: batch_norm_backward(dout[0, 0], x[0, 0], np.ones(4)),
    ):
        with pytest.raises(SpecError, match="but the output has"):
            call()
    with pytest.raises(SpecError, match="gamma has shape"):
        batch_norm(x[0, 0], np.ones(1), np.ones(4))


@pytest.mark.parametrize("stride", [1, 2, 3])
def test_dx_is_the_full_correlation_of_dout_spread_out_with_the_rotated_filters(stride):
    rng = np.random.default_rng(0)
    x, w = rng.normal(size=(2, 3, 7, 8)), rng.normal(size=(4, 3, 3, 2))
    dout = rng.normal(size=conv2d(x, w, None, stride).shape)
    spread = np.zeros((2, 4, 7 + 2, 8 + 1))
    rows_, columns = slice(2, 2 + 5, stride), slice(1, 1 + 7, stride)
    spread[:, :, rows_, columns] = dout
    rotated = w[:, :, ::-1, ::-1].transpose(1, 0, 2, 3)
    dx, _, _ = conv2d_backward(dout, x, w, stride)
    np.testing.assert_allclose(conv2d(spread, rotated), dx, atol=1e-13)


@pytest.mark.parametrize("shape", [(2, 3, 9, 8), (1, 6, 11, 7)])
@pytest.mark.parametrize("stride", [1, 2])
def test_working_on_a_piece_at_a_time_gives_the_same(shape, stride, monkeypatch):
    """The whole fits one tile; with next to no room there is one for each row, or for a few."""
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=shape), rng.normal(size=(4, shape[1], 3, 2)), rng.normal(size=4)
    whole = conv2d(x, w, b, stride, 1)
    gradients = conv2d_backward(whole, x, w, stride, 1)
    monkeypatch.setattr(lines, "TILE", 1)
    np.testing.assert_allclose(conv2d(x, w, b, stride, 1), whole, atol=1e-12)
    for one, other in zip(conv2d_backward(whole, x, w, stride, 1), gradients, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-11)
