"""Networks with grouped convolutions: their gradients, what they count, and what the Network page says of them."""

from __future__ import annotations

import numpy as np
import pytest

from convviz import SpecError
from convviz.nets.fields import windows
from convviz.nets.limits import costs
from convviz.nets.overview import contributions, detail
from convviz.nets.sequential import Sequential
from convviz.nets.stack import parse_stack, stack_text
from tests.unit.test_nets import central_differences, random_batch

STACK = "conv1-4 relu conv3-4-g4 conv1-6 relu conv3-6-g2 pool2 affine10"


def network() -> Sequential:
    made = Sequential(parse_stack(STACK), (3, 6, 5), dtype=np.float64, seed=3)
    made.params |= {name: value + 0.1 for name, value in made.params.items() if name[0] == "b"}
    return made


def test_every_gradient_is_the_numerical_one() -> None:
    x, y = random_batch(3, (3, 6, 5), 1)
    net = network()
    _, grads = net.loss(x, y)
    for name in net.params:
        numerical = central_differences(net, x, y, name, 1e-5)
        np.testing.assert_allclose(grads[name], numerical, atol=1e-8, err_msg=name)


def test_a_stack_reads_back_and_counts_the_weights_of_its_groups() -> None:
    layers = parse_stack(STACK)
    assert stack_text(layers) == STACK
    counted = [
        cost.parameters for cost in costs(parse_stack("conv1-16 conv3-16-g16 conv1-32"), (3, 8, 8))
    ]
    assert np.diff([0, *counted]).tolist() == [3 * 16 + 16, 16 * 9 + 16, 16 * 32 + 32]
    assert [layer.window.kernel for layer in windows(network())][:2] == [(1, 1), (3, 3)]


def test_groups_that_do_not_divide_are_refused() -> None:
    with pytest.raises(SpecError, match="groups 2 does not divide 3 channels and 4 filters"):
        Sequential(parse_stack("conv3-4-g2 affine10"), (3, 6, 5))


@pytest.mark.parametrize("layer", [2, 5])
def test_a_map_is_made_of_the_maps_of_its_group_alone(layer: int) -> None:
    net = network()
    run = net.run(np.random.default_rng(1).normal(size=(1, 3, 6, 5)))
    made = net.layers[layer]
    before, out = run.outputs[layer][0], run.outputs[layer + 1][0]
    shares = contributions(net, run, layer)
    means = out.reshape(len(out), -1).mean(axis=1)
    bias = net.params[net.names[layer]["b"]]
    np.testing.assert_allclose(shares.sum(axis=1) + bias, means, atol=1e-12)
    for index in range(len(out)):
        own = made.sees(index, len(before))
        others = np.delete(np.arange(len(before)), own)
        assert not shares[index, others].any()
        shown = detail(net, run, layer, index)
        assert not shown.parts[others].any()
        np.testing.assert_allclose(shown.parts.sum(axis=0) + shown.bias, out[index], atol=1e-12)
