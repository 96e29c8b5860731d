"""What shifting an image does to its maps: where both orders agree exactly, and where they cannot.

Images and filters hold whole numbers, so that nothing is rounded and "exactly" can be asked for.
"""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from convviz import avg_pool2d, conv2d, max_pool2d
from convviz.ops.equivariance import blur_pool, commutation, global_average, shift

SIZE = 20
seeds = st.integers(0, 2**32)
shifts = st.tuples(st.integers(-SIZE, SIZE), st.integers(-SIZE, SIZE))


def content(seed: int, size: int = SIZE) -> np.ndarray:
    return np.random.default_rng(seed).integers(-99, 99, size=(1, size, size)).astype(float)


def blob(seed: int) -> np.ndarray:
    """3×3 random brightnesses in the middle of nothing."""
    x = np.zeros((1, SIZE, SIZE))
    x[0, 8:11, 8:11] = np.random.default_rng(seed).integers(1, 99, size=(3, 3))
    return x


def weights(seed: int, count: int = 1) -> list[np.ndarray]:
    return list(np.random.default_rng(seed + 1).integers(1, 9, size=(count, 1, 1, 3, 3)) * 1.0)


def through(x: np.ndarray, filters: list[np.ndarray], mode: str, stride: int = 1) -> np.ndarray:
    for w in filters:
        x = conv2d(x, w, stride=stride, padding=1, padding_mode=mode)
    return x


@settings(max_examples=60)
@given(seeds, shifts)
def test_a_circular_convolution_commutes_with_every_shift_exactly(seed, by):
    w = weights(seed)
    result = commutation(lambda x: through(x, w, "circular"), content(seed), by)
    assert result.largest == 0
    assert result.exact_shift


@settings(max_examples=60)
@given(seeds, shifts, st.sampled_from([2, 4, 5]))
def test_a_strided_one_commutes_with_multiples_of_its_stride(seed, steps, stride):
    w = weights(seed)
    by = (steps[0] * stride, steps[1] * stride)
    result = commutation(lambda x: through(x, w, "circular", stride), content(seed), by, stride)
    assert result.largest == 0
    assert result.exact_shift


@settings(max_examples=40)
@given(seeds, st.integers(-3, 3))
def test_an_odd_shift_has_no_counterpart_after_stride_2(seed, half):
    """No shift of the output whatever gives the same numbers."""
    w, x, by = weights(seed), content(seed), (0, 2 * half + 1)
    result = commutation(lambda x: through(x, w, "circular", 2), x, by, 2)
    assert not result.exact_shift
    out = through(x, w, "circular", 2)
    for across in range(SIZE // 2):
        assert np.abs(result.shifted_first - shift(out, (0, across))).max() > 1e-6


@settings(max_examples=40)
@given(seeds, st.integers(1, 4), st.sampled_from(["zeros", "reflect", "replicate"]))
def test_padding_differs_in_as_many_outer_columns_as_there_are_layers(seed, layers, mode):
    """Content enters on one side and leaves on the other; the outer `layers` cells see that, no others do."""
    w = weights(seed, layers)
    wide = content(seed, SIZE + 1)
    x, moved = wide[:, :SIZE, 1:], wide[:, :SIZE, :-1]  # the same scene, one column to the right
    differ = np.abs(through(moved, w, mode)[..., 1:] - through(x, w, mode)[..., :-1])[0] > 1e-9
    columns = np.flatnonzero(differ.any(axis=0))
    assert set(columns) <= {*range(layers), *range(SIZE - 1 - layers, SIZE - 1)}
    assert differ[:, 0].any()


@settings(max_examples=40)
@given(seeds, st.integers(-9, 9), st.integers(-9, 9))
def test_a_blob_on_nothing_commutes_until_its_response_passes_the_border(seed, down, across):
    """Three layers of 3×3 widen rows 8-10 to 5-13 of 20: six more fit below, five above."""
    w = weights(seed, 3)
    result = commutation(lambda x: through(x, w, "zeros"), blob(seed), (down, across), fill="zeros")
    inside = all(-5 <= step <= 6 for step in (down, across))
    cut_at_the_last_layer_only = all(-6 <= step <= 7 for step in (down, across))
    if inside:
        assert result.largest == 0
        mean = global_average(result.shifted_first) - global_average(result.shifted_after)
        assert np.abs(mean).max() < 1e-9
    elif not cut_at_the_last_layer_only:
        assert result.largest > 0


def strided_conv(x: np.ndarray) -> np.ndarray:
    return conv2d(x, weights(5)[0], stride=2, padding=1)


@pytest.mark.parametrize(
    "layer", [strided_conv, lambda x: max_pool2d(x, 2), lambda x: avg_pool2d(x, 2)]
)
@pytest.mark.parametrize("by", [0, 1, 2, 3, 4])
def test_stride_2_is_exact_for_even_shifts_and_far_off_for_odd_ones(layer, by):
    result = commutation(layer, blob(3), (0, by), stride=2, fill="zeros")
    if by % 2:
        assert 0.2 < result.relative < 2
    else:
        assert result.largest == 0


PAIRS = np.array([[[0.0, 0, 1, 1, 0, 0, 1, 1]]])


def thinned(x: np.ndarray) -> np.ndarray:
    return x[..., ::2]


def dense_max(x: np.ndarray) -> np.ndarray:
    """Maximum of each cell and the next, around the circle."""
    return np.maximum(x, np.roll(x, -1, axis=-1))


def test_zhangs_example():
    """Max pooling turns a shift by one into something else; with a blur in between it changes far less."""
    moved = shift(PAIRS, (0, 1))
    assert max_pool2d(PAIRS, (1, 2)).ravel().tolist() == [0, 1, 0, 1]
    assert max_pool2d(moved, (1, 2)).ravel().tolist() == [1, 1, 1, 1]
    assert avg_pool2d(PAIRS, (1, 2)).ravel().tolist() == [0, 1, 0, 1]
    assert avg_pool2d(moved, (1, 2)).ravel().tolist() == [0.5, 0.5, 0.5, 0.5]
    tall = PAIRS.repeat(3, axis=1)
    for x, expected in ((tall, [0.5, 1, 0.5, 1]), (shift(tall, (0, 1)), [0.75] * 4)):
        blurred = blur_pool(dense_max(x), 3, 2, "circular")
        np.testing.assert_allclose(blurred[0, 0], expected)


@pytest.mark.parametrize("taps", [1, 2, 3, 5])
def test_blur_filters_are_rows_of_pascals_triangle_squared(taps):
    x = np.zeros((2, 11, 11))
    x[1, 5, 5] = 1
    row = {1: [1], 2: [1, 1], 3: [1, 2, 1], 5: [1, 4, 6, 4, 1]}[taps]
    kernel = np.outer(row, row) / np.sum(row) ** 2
    out = blur_pool(x, taps, stride=1)
    assert not out[0].any(), "each channel by itself"
    first = 5 - taps // 2
    np.testing.assert_allclose(out[1, first : first + taps, first : first + taps], kernel)
    assert out[1].sum() == pytest.approx(1)


@settings(max_examples=40)
@given(seeds, st.sampled_from([3, 5]))
def test_blurring_before_thinning_out_brings_both_orders_closer(seed, taps):
    def with_stride(x):
        return max_pool2d(np.pad(x, ((0, 0), (0, 1), (0, 1)), mode="wrap"), 2, 1)[..., ::2, ::2]

    def with_blur(x):
        dense = max_pool2d(np.pad(x, ((0, 0), (0, 1), (0, 1)), mode="wrap"), 2, 1)
        return blur_pool(dense, taps, 2, "circular")

    x = content(seed)
    sharp = commutation(with_stride, x, (0, 1), 2).relative
    assert commutation(with_blur, x, (0, 1), 2).relative < sharp


@settings(max_examples=40)
@given(seeds, shifts)
def test_a_global_mean_is_invariant_and_a_dense_layer_is_not(seed, by):
    x, w = content(seed), weights(seed)
    out, moved = through(x, w, "circular"), through(shift(x, by), w, "circular")
    np.testing.assert_allclose(global_average(out), global_average(moved), atol=1e-9)
    dense = np.random.default_rng(seed + 2).normal(size=out.size)
    if by[0] % SIZE or by[1] % SIZE:
        assert abs(dense @ out.ravel() - dense @ moved.ravel()) > 1e-9


def test_pooled_values_change_less_than_the_inputs():
    """Figure 9.8 of the Deep Learning book: every input moves on, half of the maxima stay."""
    row, moved = np.array([[[0.1, 1, 0.2, 0.1]]]), np.array([[[0.3, 0.1, 1, 0.2]]])
    before, after = (max_pool2d(x, (1, 3), 1, (0, 1)).ravel() for x in (row, moved))
    assert before.tolist() == [1, 1, 1, 0.2]
    assert after.tolist() == [0.3, 1, 1, 1]
    assert (row != moved).all()
    assert (before == after).sum() == 2
