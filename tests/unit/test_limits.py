"""The app says what a network costs before it builds it, and what costs too much is refused."""

from __future__ import annotations

import json

import numpy as np
import pytest

from convviz.nets.checkpoint import load_network
from convviz.nets.data.errors import DataError
from convviz.nets.limits import MOST_LAYERS, check_stack, costs
from convviz.nets.sequential import Sequential
from convviz.nets.stack import parse_stack
from convviz.ops.errors import SpecError

CIFAR = (3, 32, 32)


def test_the_cost_told_is_that_of_the_network_once_built():
    layers = parse_stack("conv5-4 norm relu pool2 conv4-3 relu dropout0.5 affine6 norm relu")
    net = Sequential([*layers, *parse_stack("affine10")], (3, 12, 10))
    run = net.run(np.zeros((1, 3, 12, 10), dtype=np.float32))
    told = list(costs(net.layers, net.input_dim))[-1]
    assert told.parameters == net.size
    assert told.activations == sum(out.size for out in run.outputs)
    weights = 4 * 3 * 25 * 12 * 10 + 3 * 4 * 16 * 6 * 5 + 3 * 6 * 5 * 6 + 6 * 10
    assert told.products == weights


@pytest.mark.parametrize(
    "stack",
    [
        "conv11-64 norm relu pool2 affine500 norm relu dropout0.5",  # the most the sidebar offers
        "conv7-32 relu pool2 affine500 relu",  # the course's largest
        "conv5-32 relu conv3-16 relu",
        "conv3-64 relu conv3-64 relu pool2",
        " ".join(["conv3-2", *["relu"] * (MOST_LAYERS - 2)]),
    ],
)
def test_what_the_course_and_the_sidebar_ask_for_is_allowed(stack):
    check_stack(parse_stack(f"{stack} affine10"), CIFAR)


@pytest.mark.parametrize(
    ("stack", "sentence"),
    [
        ("affine999999999 affine999999999", "parameters"),
        ("conv999999999-1", "parameters"),
        ("conv1-999999999 affine2", "parameters"),
        ("conv1-300 affine2", "one picture becomes 310,272 numbers"),
        ("conv99-4 conv99-4", "multiplications"),
        ("relu " * 100, "100 layers are too many: use at most 30"),
        ("conv0-4", "filters|kernel 0 is too small"),
        ("conv3-" + "1" * 10, "is not a layer"),
    ],
)
def test_what_would_take_the_machine_away_is_refused_before_anything_is_allocated(stack, sentence):
    with pytest.raises(SpecError, match=sentence):
        check_stack(parse_stack(stack), CIFAR)


def test_a_checkpoint_that_names_a_larger_network_than_it_holds_is_refused(tmp_path):
    net = {
        "stack": "affine999999999 affine10",
        "input_dim": [3, 32, 32],
        "reg": 0.0,
        "dtype": "float32",
        "rng": np.random.default_rng(0).bit_generator.state,
    }
    path = tmp_path / "hostile.npz"
    meta = json.dumps({"version": 1, "net": net})
    np.savez(path, meta=np.array(meta), **{"param:W1": np.zeros(4)})
    with pytest.raises(DataError, match="not a checkpoint or is damaged"):
        load_network(path)
