"""Counts of dense, locally connected and convolutional layers, and the matrices they are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from convviz import SpecError, Window2d, conv2d
from convviz.ops.connections import connection_matrix
from convviz.ops.counting import CONNECTINGS, EdgeExample, LayerShape, count
from tests import oracles

ALEXNET = LayerShape(3, (227, 227), 96, Window2d.make(11, stride=4))
CIFAR = LayerShape(3, (32, 32), 12, Window2d.make(5, padding=2))
THREE_LAYER = LayerShape(3, (32, 32), 32, Window2d.make(7, padding=3))
DEMO = LayerShape(3, (5, 5), 2, Window2d.make(3, stride=2, padding=1))


@pytest.mark.parametrize(
    ("shape", "dense", "local", "inside", "conv", "biased"),
    [
        (ALEXNET, 44_892_064_800, 105_415_200, 105_415_200, 34_848, 34_944),
        (CIFAR, 37_748_736, 921_600, 853_776, 900, 912),
        (THREE_LAYER, 100_663_296, 4_816_896, 4_314_624, 4_704, 4_736),
        (DEMO, 1_350, 486, 294, 54, 56),
    ],
)
def test_published_counts(shape, dense, local, inside, conv, biased):
    assert count(shape, "dense").weights == count(shape, "dense").connections == dense
    assert count(shape, "local").weights == local
    assert count(shape, "local").connections == count(shape, "conv").connections == inside
    assert count(shape, "conv").weights == conv
    assert count(shape, "conv").parameters == biased
    assert count(shape, "local").multiply_adds == count(shape, "conv").multiply_adds == local


def test_alexnets_first_layer_in_the_course_notes():
    assert ALEXNET.outputs == 290_400
    assert ALEXNET.taps == 363
    assert count(ALEXNET, "local").parameters == 105_705_600


def test_the_books_edge_example():
    example = EdgeExample()
    assert example.shape.output_size == (280, 319)
    assert example.operations == 267_960
    assert example.matrix_entries == 8_003_072_000
    assert example.storage_ratio == 4_001_536_000
    assert example.matrix_operations == 16_006_144_000
    assert round(example.speed_ratio, 1) == 59_733.3
    assert example.nonzero == 178_640


small = st.integers(1, 3)
pair = st.tuples(small, small)
side = st.tuples(st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=80)
@given(
    st.tuples(st.integers(2, 5), st.integers(2, 5)),
    small,
    small,
    pair,
    pair,
    st.tuples(side, side),
    pair,
)
def test_the_matrix_times_the_image_is_the_convolution(
    hw, channels, filters, kernel, stride, padding, dilation
):
    window = Window2d(kernel, stride, padding, dilation)
    assume(window.fits(hw))
    shape = LayerShape(channels, hw, filters, window)
    rng = np.random.default_rng(0)
    x = rng.normal(size=(1, channels, *hw))
    w = rng.normal(size=(filters, channels, *kernel))
    expected = oracles.conv(x, w, np.zeros(filters), stride, padding, dilation, 1, "zeros")
    matrix = connection_matrix(shape, "conv")
    values = np.where(matrix >= 0, w.ravel()[matrix], 0)
    np.testing.assert_allclose(values @ x.ravel(), expected.ravel(), atol=1e-12)
    for connecting in CONNECTINGS:
        matrix = connection_matrix(shape, connecting)
        assert matrix.shape == (shape.outputs, shape.inputs)
        assert (matrix >= 0).sum() == count(shape, connecting).connections


def test_only_a_convolution_shares_weights():
    for connecting in ("dense", "local"):
        used = connection_matrix(DEMO, connecting)
        assert len(np.unique(used[used >= 0])) == (used >= 0).sum()
    used = connection_matrix(DEMO, "conv")
    assert len(np.unique(used[used >= 0])) == 54
    places = np.bincount(used[used >= 0])
    middle = places.reshape(2, 3, 3, 3)[0, 0]
    np.testing.assert_array_equal(middle, [[4, 6, 4], [6, 9, 6], [4, 6, 4]])


def test_local_weights_have_the_place_their_filter_bank_has():
    """Weight w[f, place, c, u, v], flat."""
    shape = LayerShape(2, (1, 3), 2, Window2d.make((1, 2)))
    matrix = connection_matrix(shape, "local")
    assert matrix[3].tolist() == [-1, 12, 13, -1, 14, 15]


def test_a_matrix_too_large_to_draw_is_refused():
    said = "the matrix has 37,748,736 entries, more than the 40,000 that are drawn: take"
    with pytest.raises(SpecError, match=said):
        connection_matrix(CIFAR, "conv")


def test_a_convolution_has_the_output_size_counted():
    out = conv2d(np.zeros((3, 227, 227)), np.zeros((96, 3, 11, 11)), stride=4)
    assert out.size == ALEXNET.outputs
