"""What the page says of a network: its maps, what they are made of, its mistakes, its saliency."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.nets.check import check_gradients
from convviz.nets.layer import Mode
from convviz.nets.overview import contributions, detail, views
from convviz.nets.results import Results, filter_grid, gradient_at, saliency
from convviz.nets.sequential import Sequential
from convviz.nets.stack import parse_stack
from convviz.nets.three_layer import ThreeLayerConvNet

STACK = "conv5-4 norm relu pool2 conv4-3 relu affine6 relu affine10"


@pytest.fixture
def net() -> Sequential:
    made = Sequential(parse_stack(STACK), (3, 12, 10), dtype=np.float64, seed=3)
    x = np.random.default_rng(0).normal(size=(8, 3, 12, 10))
    made.loss(x, np.arange(8))  # running statistics
    made.params |= {name: value + 0.1 for name, value in made.params.items() if name[0] == "b"}
    return made


@pytest.fixture
def x() -> np.ndarray:
    return np.random.default_rng(1).normal(size=(1, 3, 12, 10))


def test_there_is_a_view_of_the_input_and_of_every_layer(net, x):
    run = net.run(x)
    shown = views(net, run)
    assert [view.layer for view in shown] == list(range(-1, len(net.layers)))
    for view, output in zip(shown, run.outputs, strict=True):
        np.testing.assert_allclose(view.values, output[0], rtol=1e-6)
    assert [view.feeds for view in shown] == [
        "",
        "all",
        "same",
        "same",
        "same",
        "all",
        "same",
        "all",
        "same",
        "all",
    ]


@pytest.mark.parametrize("layer", [0, 4, 6, 8])
def test_contributions_and_bias_add_up_to_the_mean_of_each_map(net, x, layer):
    run = net.run(x)
    shares = contributions(net, run, layer)
    out = run.outputs[layer + 1][0]
    bias = net.params[net.names[layer]["b"]]
    assert shares.shape == (len(out), len(run.outputs[layer][0]))
    means = out.reshape(len(out), -1).mean(axis=1)
    np.testing.assert_allclose(shares.sum(axis=1) + bias, means, atol=1e-12)


@pytest.mark.parametrize("layer", [0, 4])
def test_a_map_of_a_convolution_is_the_sum_of_its_channels_results_and_the_bias(net, x, layer):
    run = net.run(x)
    for index in range(run.outputs[layer + 1].shape[1]):
        made = detail(net, run, layer, index)
        assert len(made.parts) == run.outputs[layer].shape[1]
        np.testing.assert_allclose(made.parts.sum(axis=0), made.total, atol=1e-12)
        np.testing.assert_allclose(made.total + made.bias, made.out, atol=1e-12)
        np.testing.assert_array_equal(made.out, run.outputs[layer + 1][0, index])


def test_what_norm_and_relu_make_of_a_map_is_shown_where_they_follow(net, x):
    run = net.run(x)
    after = detail(net, run, 0, 1).after
    assert [kind for kind, _ in after] == ["norm", "relu"]
    for place, (_, values) in enumerate(after):
        np.testing.assert_array_equal(values, run.outputs[2 + place][0, 1])
    assert detail(net, run, 2, 1).after == ()  # pooling follows


@pytest.mark.parametrize("layer", [6, 8])
def test_a_unit_is_the_sum_of_its_products_and_the_bias(net, x, layer):
    run = net.run(x)
    made = detail(net, run, layer, 2)
    assert made.total.shape == (1, 1)
    assert made.parts.sum() + made.bias == pytest.approx(run.outputs[layer + 1][0, 2])


def test_a_map_that_is_made_of_one_map_shows_that_map(net, x):
    run = net.run(x)
    for layer in (1, 2, 3, 5):
        made = detail(net, run, layer, 1)
        np.testing.assert_array_equal(made.parts[0], run.outputs[layer][0, 1])
        np.testing.assert_array_equal(made.out, run.outputs[layer + 1][0, 1])


def test_confusion_counts_every_picture_once_and_the_diagonal_is_the_accuracy():
    rng = np.random.default_rng(2)
    results = Results(rng.normal(size=(60, 4)), rng.integers(0, 4, 60))
    assert results.confusion.sum() == 60
    assert results.confusion.trace() / 60 == results.accuracy
    for k in range(60):
        assert results.confusion[results.labels[k], results.predicted[k]] > 0


def test_the_worst_mistakes_are_mistakes_in_the_order_of_their_loss():
    rng = np.random.default_rng(4)
    results = Results(rng.normal(size=(80, 5)) * 5, rng.integers(0, 5, 80))
    worst = results.worst(10)
    assert all(results.predicted[k] != results.labels[k] for k in worst)
    margins = [
        np.log(np.exp(results.scores[k]).sum()) - results.scores[k, results.labels[k]]
        for k in worst
    ]
    assert margins == sorted(margins, reverse=True)


def test_scores_that_overflow_still_have_a_worst_mistake():
    results = Results(np.array([[1e4, -1e4], [0.0, 1.0]]), np.array([1, 0]))
    assert results.worst(2) == [0, 1]


def test_saliency_is_the_numerical_derivative_of_the_score_batch_norm_included(net, x):
    found = saliency(net, x[0], 7)
    assert found.shape == (12, 10)
    for row, column in ((0, 0), (5, 4), (11, 9)):
        slopes = []
        for channel in range(3):
            ends = []
            for sign in (1, -1):
                moved = x.copy()
                moved[0, channel, row, column] += sign * 1e-6
                ends.append(net.loss(moved)[0, 7])
            slopes.append(abs(ends[0] - ends[1]) / 2e-6)
        assert found[row, column] == pytest.approx(max(slopes), abs=1e-6)


def test_the_gradient_at_a_layer_is_the_numerical_derivative_of_the_loss(net, x):
    """Measured through the layers after it: moving one number of the layer's output."""
    run = net.run(x)
    found = gradient_at(net, run, 3, 5)
    for place in ((0, 0, 0, 0), (0, 3, 5, 4), (0, 1, 2, 3)):
        ends = []
        for sign in (1, -1):
            moved = run.outputs[4].copy()
            moved[place] += sign * 1e-6
            after = Sequential(net.layers[4:], net.shapes[4], dtype=np.float64)
            after.params = dict(zip(after.params, list(net.params.values())[4:], strict=True))
            scores = after.loss(moved)[0]
            ends.append(np.log(np.exp(scores).sum()) - scores[5])
        assert found[place] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-7)


def test_the_grid_of_filters_is_the_course_s():
    w = np.random.default_rng(0).normal(size=(32, 3, 7, 7))
    grid = filter_grid(w)
    assert grid.shape == (47, 47, 3)
    first = w[0].transpose(1, 2, 0)
    expected = 255 * (first - first.min()) / (first.max() - first.min())
    np.testing.assert_allclose(grid[:7, :7], expected, atol=1.001)
    assert not grid[7].any()
    assert filter_grid(np.full((1, 1, 3, 3), 5.0)).max() == 0  # the course's is NaN here


def test_a_gradient_check_passes_a_right_network_and_finds_a_wrong_one():
    rng = np.random.default_rng(231)
    x, y = rng.standard_normal((2, 3, 8, 8)), rng.integers(0, 10, 2)
    net = ThreeLayerConvNet(
        (3, 8, 8), 3, 3, 7, weight_scale=0.3, dtype=np.float64, dropout=0.2, seed=1
    )
    before = {name: value.copy() for name, value in net.params.items()}
    assert max(check_gradients(net, x, y).values()) < 1e-3
    for name, value in before.items():
        np.testing.assert_array_equal(net.params[name], value)

    right = net.loss

    def wrong(x, y=None):
        loss, grads = right(x, y)
        return loss, grads | {"W2": 1.1 * grads["W2"]}

    net.loss = wrong  # type: ignore[method-assign]
    errors = check_gradients(net, x, y)
    assert errors["W2"] > 0.04
    assert errors["W1"] < 1e-3


def test_a_snapshot_keeps_its_numbers_while_the_network_is_trained_on():
    net = ThreeLayerConvNet((3, 8, 8), 2, 3, 4, batchnorm=True)
    x = np.random.default_rng(0).normal(size=(4, 3, 8, 8)).astype(np.float32)
    net.loss(x, np.arange(4))
    now = net.snapshot()
    scores = now.loss(x)
    net.params["W1"] = net.params["W1"] + 1
    net.loss(x, np.arange(4))
    np.testing.assert_array_equal(now.loss(x), scores)


def test_a_norm_s_map_is_made_with_the_four_numbers_told(net, x):
    run = net.run(x)
    for index in range(4):
        made = detail(net, run, 1, index)
        mean, deviation, gamma, beta = made.norm
        expected = (made.parts[0] - mean) / deviation * gamma + beta
        np.testing.assert_allclose(made.out, expected, atol=1e-12)
    assert detail(net, run, 2, 0).norm is None


@pytest.mark.parametrize("layer", [0, 2, 3, 4])
@pytest.mark.parametrize("cell", [(0, 0), (3, 4), (5, 2)])
def test_a_cell_is_made_of_nothing_but_its_window(net, x, layer, cell):
    """What lies outside is changed, and the cell keeps its value; what lies inside counts."""
    run = net.run(x)
    start, step, extent = detail(net, run, layer, 1).window
    inside = np.zeros(run.outputs[layer].shape[2:], dtype=bool)
    rows, columns = (slice(max(0, start + step * at), start + step * at + extent) for at in cell)
    inside[rows, columns] = True
    assert inside.sum() <= extent**2
    mode = Mode(False, net.rng, {})
    own = {local: net.params[name] for local, name in net.names[layer].items()}
    for changed, same in ((~inside, True), (inside, False)):
        moved = np.where(changed, run.outputs[layer] + 100, run.outputs[layer])
        out, _ = net.layers[layer].forward(moved, own, mode)
        kept = np.isclose(out[0, 1][cell], run.outputs[layer + 1][0, 1][cell])
        assert kept == same
