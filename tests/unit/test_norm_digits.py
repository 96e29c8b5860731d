"""Batch norm of maps in float32 keeps its digits, also far from 0 and on large maps."""

from __future__ import annotations

import contextlib

import numpy as np
import pytest

from convviz import conv2d_backward
from convviz.ops.bands import where_they_lie
from convviz.ops.layers import spatial_batch_norm, spatial_batch_norm_backward
from convviz.ops.layers.batch import batch_statistics

DIGITS = 2.0**-23  # of a float32
AXES = (0, 2, 3)


def in_float64(dout, x, gamma, eps=1e-5):
    """Output, dx, dgamma, dbeta by the formulas, for beta = 0."""
    dout, x = dout.astype(np.float64), x.astype(np.float64)
    gamma = gamma[:, None, None]
    scale = 1 / np.sqrt(x.var(axis=AXES, keepdims=True) + eps)
    x_hat = (x - x.mean(axis=AXES, keepdims=True)) * scale
    means = (dout * x_hat).mean(axis=AXES, keepdims=True), dout.mean(axis=AXES, keepdims=True)
    dx = gamma * scale * (dout - means[1] - x_hat * means[0])
    return gamma * x_hat, dx, (dout * x_hat).sum(axis=AXES), dout.sum(axis=AXES)


@pytest.mark.parametrize("mean", [0, 0.5, 3, 1000, -1000])
@pytest.mark.parametrize("shape", [(20, 3, 8, 8), (2, 2, 100, 120), (9, 2, 1, 1)])
def test_batch_norm_has_the_digits_of_float32(mean, shape):
    rng = np.random.default_rng(0)
    x = (rng.normal(size=shape) + mean).astype(np.float32)
    dout = rng.normal(size=shape).astype(np.float32)
    gamma = np.linspace(1, 2, shape[1], dtype=np.float32)
    out, dx, dgamma, dbeta = in_float64(dout, x, gamma)
    lost = 4 * DIGITS * (abs(mean) + 4)  # the mean has a last digit too
    np.testing.assert_allclose(
        spatial_batch_norm(x, gamma, np.zeros_like(gamma)), out, atol=2 * lost
    )
    found = spatial_batch_norm_backward(dout, x, gamma)
    np.testing.assert_allclose(found[0], dx, atol=lost)
    largest = np.abs(dout).sum(axis=AXES).max()
    np.testing.assert_allclose(found[1], dgamma, atol=8 * DIGITS * largest)
    np.testing.assert_allclose(found[2], dbeta, atol=8 * DIGITS * largest)


@pytest.mark.parametrize("number", [0.1, 1000.3])
def test_equal_pixels_have_variance_0_and_their_gradient_the_exact_sum(number):
    x = np.full((1, 1, 512, 512), number, dtype=np.float32)
    mean, var = batch_statistics(x)
    assert mean[0] == pytest.approx(number, rel=2 * DIGITS)
    assert var[0] == pytest.approx(0, abs=(4 * DIGITS * number) ** 2)
    _, _, dbeta = spatial_batch_norm_backward(x, x, np.ones(1, np.float32))
    assert dbeta[0] == pytest.approx(number * 512**2, rel=1e-6)


def test_channels_near_and_far_from_0_go_together():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(4, 3, 20, 20)) * np.array([1.0, 0.01, 5])[:, None, None]
    x = (x + np.array([0.0, 300, -1])[:, None, None]).astype(np.float32)
    mean, var = batch_statistics(x)
    np.testing.assert_allclose(mean, x.astype(np.float64).mean(axis=AXES), rtol=DIGITS, atol=DIGITS)
    np.testing.assert_allclose(var, x.astype(np.float64).var(axis=AXES), rtol=4 * DIGITS)


def test_numpys_buffer_has_its_size_again_also_after_an_error():
    before = np.getbufsize()
    within = []
    with contextlib.suppress(ZeroDivisionError), where_they_lie(1000):
        within.append(np.getbufsize())
        raise ZeroDivisionError
    assert within[0] < 1000 < before == np.getbufsize()


def test_the_gradient_of_a_bias_has_its_digits_on_a_photo():
    x, w = np.ones((1, 1, 512, 512), np.float32), np.ones((1, 1, 1, 1), np.float32)
    _, _, db = conv2d_backward(np.full_like(x, 0.1), x, w)
    assert db[0] == pytest.approx(0.1 * 512**2, rel=1e-6)
