"""The networks: the course's check values, gradients of the whole net, and stacks of layers."""

from __future__ import annotations

import numpy as np
import pytest

from convviz.nets.layers import Affine, Conv2d, MaxPool2d, ReLU
from convviz.nets.regularising import BatchNorm, Dropout
from convviz.nets.sequential import Sequential
from convviz.nets.stack import parse_stack, stack_text
from convviz.nets.three_layer import ThreeLayerConvNet, notes_network
from convviz.ops.errors import SpecError
from convviz.ops.layers import softmax_loss


def random_batch(count: int, shape: tuple[int, ...], seed: int, dtype: type = np.float64):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(count, *shape)).astype(dtype), rng.integers(0, 10, count)


def test_the_default_network_has_the_course_s_shapes_and_825046_parameters():
    net = ThreeLayerConvNet()
    shapes = {name: value.shape for name, value in net.params.items()}
    assert shapes == {
        "W1": (32, 3, 7, 7),
        "b1": (32,),
        "W2": (8192, 100),
        "b2": (100,),
        "W3": (100, 10),
        "b3": (10,),
    }
    assert net.size == 825_046
    assert ThreeLayerConvNet(hidden_dim=500).size == 4_106_246
    assert {value.dtype for value in net.params.values()} == {np.dtype(np.float32)}


def test_the_first_loss_is_about_log_10_and_reg_adds_half_its_sum_of_squares():
    x, y = random_batch(50, (3, 32, 32), 0)
    net = ThreeLayerConvNet(dtype=np.float64, seed=231)
    loss, _ = net.loss(x, y)
    assert loss == pytest.approx(np.log(10), abs=1e-4)
    net.reg = 0.5
    regularised, _ = net.loss(x, y)
    squares = sum(float((net.params[name] ** 2).sum()) for name in ("W1", "W2", "W3"))
    assert regularised - loss == pytest.approx(0.25 * squares, rel=1e-9)
    assert regularised == pytest.approx(
        2.508811, abs=2e-3
    )  # expected; published runs: 2.508256, 2.508388


def test_without_labels_the_loss_is_the_scores():
    x, _ = random_batch(3, (3, 32, 32), 0, np.float32)
    scores = ThreeLayerConvNet().loss(x)
    assert scores.shape == (3, 10)
    assert scores.dtype == np.float32


@pytest.mark.parametrize("size", [2, 4, 6])
def test_an_even_filter_keeps_the_size_of_the_input(size):
    net = ThreeLayerConvNet(input_dim=(3, 12, 12), filter_size=size, num_filters=2, hidden_dim=3)
    assert net.shapes[1] == (2, 12, 12)
    assert net.loss(np.zeros((1, 3, 12, 12), dtype=np.float32)).shape == (1, 10)


def loss_alone(net: Sequential, x, y) -> float:
    """The loss of a batch in training, without the gradients, which cost two thirds of the time."""
    decay = sum(float((net.params[name] ** 2).sum()) for name in net.decaying)
    return softmax_loss(net.run(x, training=True).scores, y)[0] + 0.5 * net.reg * decay


def central_differences(net: Sequential, x, y, name: str, h: float) -> np.ndarray:
    """Numerical gradient of the loss for every element of one parameter; dropout drops the same each time."""
    value, before = net.params[name], net.rng.bit_generator.state
    whole = net.loss(x, y)[0]
    net.rng.bit_generator.state = before
    assert loss_alone(net, x, y) == pytest.approx(whole, rel=1e-12)
    gradient = np.zeros_like(value)
    for place in np.ndindex(value.shape):
        ends = []
        for sign in (1, -1):
            moved = value.copy()
            moved[place] += sign * h
            net.params[name] = moved
            net.rng.bit_generator.state = before
            ends.append(loss_alone(net, x, y))
        gradient[place] = (ends[0] - ends[1]) / (2 * h)
    net.params[name] = value
    net.rng.bit_generator.state = before
    return gradient


@pytest.mark.parametrize(
    ("batchnorm", "dropout"),
    [(False, 0.0), (True, 0.0), (True, 0.4)],
    ids=["plain", "norm", "norm and dropout"],
)
def test_every_gradient_of_the_three_layer_network_is_the_numerical_one(batchnorm, dropout):
    x, y = random_batch(4, (2, 7, 9), 5)
    net = ThreeLayerConvNet(
        (2, 7, 9),
        3,
        3,
        6,
        weight_scale=0.5,
        reg=0.3,
        dtype=np.float64,
        batchnorm=batchnorm,
        dropout=dropout,
        seed=8,
    )
    before = net.rng.bit_generator.state
    _, grads = net.loss(x, y)
    net.rng.bit_generator.state = before
    assert set(grads) == set(net.params)
    for name in net.params:
        numerical = central_differences(net, x, y, name, 1e-5)
        scale = max(np.abs(numerical).max(), 1e-3)
        np.testing.assert_allclose(grads[name], numerical, atol=2e-6 * scale, err_msg=name)


def test_the_notes_network_s_gradients_are_the_numerical_ones():
    x, y = random_batch(3, (2, 6, 5), 1)
    net = notes_network((2, 6, 5), (3, 2), dtype=np.float64, seed=4)
    _, grads = net.loss(x, y)
    for name in net.params:
        numerical = central_differences(net, x, y, name, 1e-5)
        np.testing.assert_allclose(grads[name], numerical, atol=1e-8, err_msg=name)


def test_the_gradient_of_the_input_is_the_numerical_one():
    x, _ = random_batch(1, (2, 5, 6), 3)
    net = Sequential(
        parse_stack("conv3-3 relu pool2 affine10"), (2, 5, 6), dtype=np.float64, seed=2
    )
    dscores = np.zeros((1, 10))
    dscores[0, 4] = 1
    dx, _ = net.backward(net.run(x), dscores)
    for place in np.ndindex(x.shape):
        moved = [x.copy(), x.copy()]
        moved[0][place] += 1e-5
        moved[1][place] -= 1e-5
        numerical = (net.loss(moved[0])[0, 4] - net.loss(moved[1])[0, 4]) / 2e-5
        assert dx[place] == pytest.approx(numerical, abs=1e-8)


def test_kaiming_keeps_the_size_of_activations_from_layer_to_layer():
    net = Sequential(parse_stack("conv3-32 relu conv3-32 relu conv3-32 relu affine10"), (3, 16, 16))
    run = net.run(np.random.default_rng(0).standard_normal((20, 3, 16, 16), dtype=np.float32))
    second, third = (float((run.outputs[k] ** 2).mean()) for k in (4, 6))
    assert 0.4 < third / second < 1.6
    assert net.params["W2"].std() == pytest.approx(np.sqrt(2 / (32 * 9)), rel=0.05)


def test_the_notes_network_s_shapes():
    net = notes_network(channels=(6, 9))
    shapes = {name: value.shape for name, value in net.params.items() if name.startswith("W")}
    assert shapes == {"W1": (6, 3, 5, 5), "W2": (9, 6, 3, 3), "W3": (9 * 32 * 32, 10)}
    assert net.loss(np.zeros((64, 3, 32, 32), dtype=np.float32)).shape == (64, 10)


def test_batch_norm_and_dropout_do_nothing_random_after_training():
    net = ThreeLayerConvNet((1, 8, 8), 2, 3, 4, batchnorm=True, dropout=0.5, seed=1)
    x, y = random_batch(6, (1, 8, 8), 0, np.float32)
    net.loss(x, y)
    together = net.loss(x)
    np.testing.assert_array_equal(together, net.loss(x))
    one_by_one = np.concatenate([net.loss(x[k : k + 1]) for k in range(6)])
    np.testing.assert_allclose(one_by_one, together, atol=1e-6)


def test_a_stack_can_be_said_and_read_back():
    layers = [
        Conv2d(32, 7),
        BatchNorm(),
        ReLU(),
        MaxPool2d(2),
        Affine(100),
        Dropout(0.25),
        Affine(10),
    ]
    assert parse_stack(stack_text(layers)) == layers
    assert stack_text(layers) == "conv7-32 norm relu pool2 affine100 dropout0.25 affine10"


@pytest.mark.parametrize(
    ("stack", "sentence"),
    [
        ("conv7 affine10", "'conv7' is not a layer"),
        ("conv0-3 affine10", "kernel 0 is too small"),
        ("affine9 conv3-3 affine10", "needs feature maps but comes after an affine layer"),
        ("affine9 pool2 affine10", "needs feature maps but comes after an affine layer"),
        ("conv3-3 relu", "the stack ends with 'relu'"),
        ("", "the stack ends with ''"),
        ("pool9 affine10", "kernel 9 exceeds"),
    ],
)
def test_a_stack_that_cannot_work_is_refused_with_a_sentence(stack, sentence):
    with pytest.raises(SpecError, match=sentence):
        Sequential(parse_stack(stack), (3, 8, 8))


def test_a_dropout_of_one_is_refused():
    with pytest.raises(SpecError, match="not a probability below 1"):
        Dropout(1.0)


def test_inputs_are_not_written_to():
    x, y = random_batch(3, (3, 8, 8), 0)
    before = x.copy()
    net = ThreeLayerConvNet((3, 8, 8), 2, 3, 4, dtype=np.float64, batchnorm=True, dropout=0.5)
    params = {name: value.copy() for name, value in net.params.items()}
    net.loss(x, y)
    np.testing.assert_array_equal(x, before)
    for name, value in params.items():
        np.testing.assert_array_equal(net.params[name], value)
