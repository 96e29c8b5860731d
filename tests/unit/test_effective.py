"""Effective receptive fields: the exact widths of stacks of means, and gradients checked by differences."""

from __future__ import annotations

import numpy as np
import pytest

from convviz import Branches, Layer, SpecError, field_of, receptive_field
from convviz.ops.receptive.effective import (
    effective_field,
    effective_size,
    fit_gaussian,
    growth,
    influence,
)
from convviz.ops.receptive.stack import Stack, random_weights, run, uniform_weights


def means(kernel: int, depth: int) -> Stack:
    layers = [(kernel,)] * depth
    return Stack.make(layers, uniform_weights(layers))


def middle_gradient(stack: Stack, seed: int = 0) -> np.ndarray:
    """Of the one unit of the last map, from an input just as large as its field."""
    field = receptive_field(stack.layers)[-1].receptive_field
    x = np.random.default_rng(seed).normal(size=(1, *field))
    return effective_field(x, stack, 0, 0)


@pytest.mark.parametrize(
    ("kernel", "depth", "theory", "sigma", "width", "counted", "ratio", "peak"),
    [
        (3, 5, 11, 1.825742, 7.30, 8.307, 0.7551, 0.209877),
        (3, 10, 21, 2.581989, 10.33, 11.705, 0.5574, 0.151620),
        (3, 20, 41, 3.651484, 14.61, 16.155, 0.3940, 0.108231),
        (3, 40, 81, 5.163978, 20.66, 22.738, 0.2807, 0.076893),
        (5, 10, 41, 4.472136, 17.89, 19.824, 0.4835, 0.087751),
    ],
)
def test_widths_of_stacks_of_means(kernel, depth, theory, sigma, width, counted, ratio, peak):
    gradient = middle_gradient(means(kernel, depth))
    assert gradient.shape == (1, theory, theory)
    fit, size = fit_gaussian(gradient[0]), effective_size(gradient[0])
    assert fit.sigma == pytest.approx((sigma, sigma), abs=5e-7)
    assert fit.centre == pytest.approx(((theory - 1) / 2,) * 2)
    assert fit.width[0] == pytest.approx(width, abs=5e-3)
    assert size == pytest.approx(counted, abs=5e-4)
    assert size / theory == pytest.approx(ratio, abs=5e-5)
    assert gradient[0].sum(axis=0).max() == pytest.approx(peak, abs=5e-7)


@pytest.mark.parametrize(
    ("depth", "paths"),
    [(2, [1, 2, 3, 2, 1]), (3, [1, 3, 6, 7, 6, 3, 1]), (4, [1, 4, 10, 16, 19, 16, 10, 4, 1])],
)
def test_the_gradient_counts_paths(depth, paths):
    gradient = middle_gradient(means(3, depth))[0] * 9**depth
    np.testing.assert_allclose(gradient, np.outer(paths, paths), atol=1e-9)


def test_the_width_grows_with_the_root_of_the_depth_and_the_field_with_the_depth():
    rows = growth([4, 16, 64], 3)
    assert [row.theoretical for row in rows] == [9, 33, 129]
    assert rows[1].sigma / rows[0].sigma == pytest.approx(2)
    assert rows[2].sigma / rows[1].sigma == pytest.approx(2)
    shares = [row.counted / row.theoretical for row in rows]
    assert shares[0] > shares[1] > shares[2]


def test_squares_of_random_gradients_have_the_same_width_on_average():
    """Variances multiply along paths, so the mean square spreads as the means do: sigma² = n(k² - 1)/12."""
    layers, depth = [(3,)] * 6, 6
    squares = np.mean(
        [
            middle_gradient(Stack.make(layers, random_weights(layers, seed, 8))) ** 2
            for seed in range(40)
        ],
        axis=(0, 1),
    )
    assert fit_gaussian(squares).sigma == pytest.approx((np.sqrt(depth * 8 / 12),) * 2, rel=0.05)


STACKS = {
    "conv": [(3, 1, 1), (3, 2, 1), (3, 1, ((0, 2), (1, 0)))],
    "dilated": [(3, 1, 1, 2), (2, 1), (3, 1, 1, 2)],
    "pool": [(3, 1, 1), Layer.make(3, 2, 1, kind="pool"), (3, 1, 1)],
    "uneven": [Layer.make((2, 3), (1, 2), ((1, 0), (0, 1)), kind="pool"), ((3, 2), 1, 1)],
    "same": [(3, 2, "SAME"), (3, 1, "SAME")],
}


@pytest.mark.parametrize("layers", STACKS.values(), ids=STACKS)
@pytest.mark.parametrize("relu", [False, True])
@pytest.mark.parametrize("pooling", ["max", "average"])
def test_the_gradient_is_what_finite_differences_measure(layers, relu, pooling):
    """Every element, in float64."""
    stack = Stack.make(layers, random_weights(layers, 1, channels=2), relu, pooling)
    x = np.random.default_rng(2).normal(size=(1, 8, 9))
    measured = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        ends = []
        for step in (1e-6, -1e-6):
            moved = x.copy()
            moved[place] += step
            ends.append(run(moved, stack)[-1][:, 1, 2].sum())
        measured[place] = (ends[0] - ends[1]) / 2e-6
    gradient = effective_field(x, stack, 1, 2)
    assert measured.any()
    np.testing.assert_allclose(gradient, measured, atol=1e-7)


def test_influence_lies_on_the_live_pixels_only():
    layers = [(3, 2, 1, 2), (3, 1, 1)]
    stack = Stack.make(layers, uniform_weights(layers))
    gradient = effective_field(np.zeros((1, 16, 16)), stack, 2, 3)[0]
    field = field_of(layers, 2, 3, input_size=16)
    np.testing.assert_array_equal(gradient > 0, field.within((0, 0, 16, 16)))


def test_a_shut_relu_lets_nothing_through_and_nothing_is_fitted():
    layers = [(3,), (3,)]
    weights = [np.full((1, 1, 3, 3), -1.0), np.ones((1, 1, 3, 3))]
    gradient = effective_field(np.ones((1, 5, 5)), Stack.make(layers, weights, relu=True), 0, 0)
    assert not gradient.any()
    assert fit_gaussian(gradient[0]) is None


def test_the_mean_of_samples_ignores_signs():
    gradients = [np.array([[[1.0, -3]]]), np.array([[[-1.0, 1]]])]
    np.testing.assert_array_equal(influence(gradients), [[1, 2]])


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Stack.make([(3,)], []), "0 weights for 1 layers: give an array for each"),
        (lambda: Stack.make([Branches.make([[], [(1,)]])], [None]), "without branches"),
        (
            lambda: Stack.make([Layer.make(2, 2, 0, 2, kind="pool")], [None], pooling="average"),
            "average pooling does not support dilation",
        ),
        (lambda: effective_field(np.ones((1, 5, 5)), means(3, 1), 3, 0), "lies outside the map"),
    ],
)
def test_what_cannot_be_is_refused(call, message):
    with pytest.raises(SpecError, match=message):
        call()


def test_a_max_pool_may_be_dilated():
    layers = [Layer.make(2, 1, 0, 2, kind="pool")]
    x = np.arange(16.0).reshape(1, 4, 4)
    expected = np.zeros((1, 4, 4))
    expected[0, 2, 2] = 1
    np.testing.assert_array_equal(effective_field(x, Stack.make(layers, [None]), 0, 0), expected)
