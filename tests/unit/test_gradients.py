"""Every element of every gradient equals centred differences in float64, over all combinations of settings."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest

from convviz import (
    SpecError,
    affine,
    affine_backward,
    avg_pool2d,
    avg_pool2d_backward,
    batch_norm,
    batch_norm_backward,
    conv2d,
    conv2d_backward,
    dropout,
    dropout_backward,
    global_avg_pool2d,
    global_avg_pool2d_backward,
    global_max_pool2d,
    global_max_pool2d_backward,
    max_pool2d,
    max_pool2d_backward,
    relu,
    relu_backward,
    softmax_loss,
    spatial_batch_norm,
    spatial_batch_norm_backward,
)
from convviz.ops.spec import PoolSpec
from convviz.ops.window import Window2d

PADDINGS = [0, 1, 2, ((0, 2), (1, 0))]


def differences(f, x, dout, h):
    """d sum(f(x) * dout) / dx, element by element."""
    grad = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        step = np.zeros_like(x)
        step[index] = h
        grad[index] = ((f(x + step) - f(x - step)) * dout).sum() / (2 * h)
    return grad


def differences_at_once(f, x, dout, h):
    """The same for one image x (C, H, W): every moved copy of it is an image of one batch."""
    steps = h * np.eye(x.size).reshape(x.size, *x.shape)
    change = (f(x + steps) - f(x - steps)) * dout
    return (change.reshape(x.size, -1).sum(axis=1) / (2 * h)).reshape(x.shape)


def differences_of_filters(conv, w, b, dout, h):
    """The same for filters w (F, C, KH, KW): every moved copy of them is filters of one larger bank."""
    steps = h * np.eye(w.size).reshape(w.size, *w.shape)

    def maps(moved):
        bank = moved.swapaxes(0, 1).reshape(
            -1, *w.shape[1:]
        )  # the copies of a filter stay in its group
        out = conv(bank, np.repeat(b, len(moved)))
        return out.reshape(len(w), len(moved), *out.shape[1:]).swapaxes(0, 1)

    change = (maps(w + steps) - maps(w - steps)) * dout
    return (change.reshape(w.size, -1).sum(axis=1) / (2 * h)).reshape(w.shape)


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
@pytest.mark.parametrize("padding", PADDINGS, ids=str)
@pytest.mark.parametrize("stride", [1, 2, 3])
def test_convolution(stride, padding, mode):
    """Odd, even and rectangular kernels; dilation; groups; sizes with and without leftover rows.

    A convolution is linear in x, in w and in b, so any step is exact: 0.5 leaves rounding alone.
    """
    rng = np.random.default_rng(0)
    leftover = 0
    for kernel, dilation, groups, size in product(
        [(3, 3), (2, 2), (1, 2), (3, 2)], [1, 2], [1, 2], [(5, 5), (6, 5)]
    ):
        window = Window2d.make(kernel, stride, padding, dilation)
        leftover += window.leftover(size) != (0, 0)
        x, w = rng.normal(size=(2, *size)), rng.normal(size=(2, 2 // groups, *kernel))
        b, how = rng.normal(size=2), (stride, padding, dilation, groups, mode)
        dout = rng.normal(size=conv2d(x, w, b, *how).shape)
        dx, dw, db = conv2d_backward(dout, x, w, *how)
        numeric = (
            differences_at_once(lambda x: conv2d(x, w, b, *how), x, dout, 0.5),  # noqa: B023
            differences_of_filters(lambda w, b: conv2d(x, w, b, *how), w, b, dout, 0.5),  # noqa: B023
            differences(lambda b: conv2d(x, w, b, *how), b, dout, 0.5),  # noqa: B023
        )
        for ours, right in zip((dx, dw, db), numeric, strict=True):
            np.testing.assert_allclose(ours, right, atol=1e-11, err_msg=f"{kernel} {how} {size}")
    assert leftover or stride == 1


def poolings():
    """Kernel, stride, padding, ceil_mode and an input size that they fit."""
    return product(
        [(2, 2), (3, 3), (3, 2)],
        [1, 2, 3],
        [0, 1, ((0, 1), (1, 0))],
        [False, True],
        [(5, 6), (7, 5)],
    )


@pytest.mark.parametrize("ties", ["split", "first"])
@pytest.mark.parametrize("dilation", [1, 2])
def test_max_pooling_without_ties(dilation, ties):
    """Windows that overlap and that do not, padding, ceil_mode; all numbers differ by more than the step."""
    rng = np.random.default_rng(0)
    overlapping = 0
    for kernel, stride, padding, ceil, size in poolings():
        how = (kernel, stride, padding, dilation, ceil)
        if not PoolSpec.make(*how).window.fits(size):
            continue
        overlapping += stride < min(kernel)
        x = rng.permutation(2 * size[0] * size[1]).astype(float).reshape(2, *size)
        dout = rng.normal(size=max_pool2d(x, *how).shape)
        seen = np.isfinite(max_pool2d(x, *how))  # a dilated window can lie in the padding alone
        numeric = differences_at_once(
            lambda x: np.where(seen, max_pool2d(x, *how), 0),  # noqa: B023
            x,
            dout,
            0.25,
        )
        ours = max_pool2d_backward(dout, x, *how, ties=ties)
        np.testing.assert_allclose(ours, numeric, atol=1e-11, err_msg=f"{how} {size}")
    assert overlapping


@pytest.mark.parametrize("include", [True, False])
def test_average_pooling(include):
    rng = np.random.default_rng(0)
    for kernel, stride, padding, ceil, size in poolings():
        how = (kernel, stride, padding, ceil, include)
        x = rng.normal(size=(2, *size))
        dout = rng.normal(size=avg_pool2d(x, *how).shape)
        numeric = differences_at_once(lambda x: avg_pool2d(x, *how), x, dout, 0.5)  # noqa: B023
        ours = avg_pool2d_backward(dout, x, *how)
        np.testing.assert_allclose(ours, numeric, atol=1e-11, err_msg=f"{how} {size}")


def test_global_pooling():
    rng = np.random.default_rng(0)
    x, dout = rng.permutation(np.arange(40.0)).reshape(2, 4, 5), rng.normal(size=(2, 1, 1))
    for forward, backward in (
        (global_max_pool2d, global_max_pool2d_backward),
        (global_avg_pool2d, global_avg_pool2d_backward),
    ):
        assert forward(x).shape == (2, 1, 1)
        numeric = differences_at_once(forward, x, dout, 0.25)
        np.testing.assert_allclose(backward(dout, x), numeric, atol=1e-12)


def test_affine():
    rng = np.random.default_rng(0)
    x, w, b = rng.normal(size=(3, 2, 2)), rng.normal(size=(4, 5)), rng.normal(size=5)
    dout = rng.normal(size=(3, 5))
    dx, dw, db = affine_backward(dout, x, w)
    np.testing.assert_allclose(dx, differences(lambda x: affine(x, w, b), x, dout, 0.5), atol=1e-12)
    np.testing.assert_allclose(dw, differences(lambda w: affine(x, w, b), w, dout, 0.5), atol=1e-12)
    np.testing.assert_allclose(db, differences(lambda b: affine(x, w, b), b, dout, 0.5), atol=1e-12)


def test_relu_away_from_its_kink():
    rng = np.random.default_rng(0)
    x, dout = rng.permutation(np.arange(-11.5, 12)).reshape(2, 3, 4), rng.normal(size=(2, 3, 4))
    numeric = differences(relu, x, dout, 0.25)
    np.testing.assert_allclose(relu_backward(dout, x), numeric, atol=1e-12)
    assert relu_backward(np.ones(1), np.zeros(1)) == 0


@pytest.mark.parametrize("keep", [0.3, 1.0])
def test_dropout_with_what_was_kept(keep):
    x, dout = np.random.default_rng(0).normal(size=(2, 4, 5))

    def forward(x):
        return dropout(x, keep, np.random.default_rng(1))[0]

    _, mask = dropout(x, keep, np.random.default_rng(1))
    numeric = differences(forward, x, dout, 0.5)
    np.testing.assert_allclose(dropout_backward(dout, mask), numeric, atol=1e-12)


@pytest.mark.parametrize(
    ("forward", "backward", "shape"),
    [
        (batch_norm, batch_norm_backward, (5, 3)),
        (spatial_batch_norm, spatial_batch_norm_backward, (2, 3, 2, 3)),
    ],
)
@pytest.mark.parametrize("eps", [1e-5, 0.1])
def test_batch_norm_with_the_batchs_own_statistics(forward, backward, shape, eps):
    rng = np.random.default_rng(0)
    x, dout = 5 * rng.normal(size=shape) + 12, rng.normal(size=shape)
    gamma, beta = rng.normal(size=3), rng.normal(size=3)
    dx, dgamma, dbeta = backward(dout, x, gamma, eps)
    numeric = (
        differences(lambda x: forward(x, gamma, beta, eps=eps), x, dout, 1e-4),
        differences(lambda gamma: forward(x, gamma, beta, eps=eps), gamma, dout, 0.5),
        differences(lambda beta: forward(x, gamma, beta, eps=eps), beta, dout, 0.5),
    )
    for ours, right in zip((dx, dgamma, dbeta), numeric, strict=True):
        np.testing.assert_allclose(ours, right, atol=1e-8)


def test_softmax_loss():
    rng = np.random.default_rng(0)
    scores, y = rng.normal(size=(4, 5)), np.array([0, 4, 2, 2])
    _, dscores = softmax_loss(scores, y)
    numeric = differences(lambda s: np.asarray(softmax_loss(s, y)[0]), scores, 1.0, 1e-4)
    np.testing.assert_allclose(dscores, numeric, atol=1e-9)
    np.testing.assert_allclose(dscores.sum(axis=1), 0, atol=1e-15)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("ties", ["split", "first"])
def test_global_pooling_has_the_gradients_of_a_window_as_large_as_the_map(dtype, ties):
    """With equal maxima in one map, NaN in another, and nothing but -inf in the last."""
    rng = np.random.default_rng(0)
    x = rng.integers(0, 3, (2, 3, 4, 5)).astype(dtype)
    x[0, 1, 1, 2:4], x[1, 2] = np.nan, -np.inf
    dout = rng.normal(size=(2, 3, 1, 1)).astype(dtype)
    largest = global_max_pool2d_backward(dout, x, ties)
    np.testing.assert_array_equal(largest, max_pool2d_backward(dout, x, (4, 5), ties=ties))
    mean = global_avg_pool2d_backward(dout, x)
    np.testing.assert_array_equal(mean, avg_pool2d_backward(dout, x, (4, 5)))
    assert largest.dtype == mean.dtype == dtype
    with pytest.raises(SpecError, match=r"dout has shape .* but the output has \(2, 3, 1, 1\)"):
        global_max_pool2d_backward(dout[0], x)
