"""The effective field of a trained network's unit, against central differences."""

from __future__ import annotations

import numpy as np
import pytest

from convviz import SpecError, receptive_field
from convviz.nets.fields import middle_gradient, windows
from convviz.nets.pretrained import pretrained
from convviz.nets.sequential import Sequential
from convviz.nets.stack import parse_stack
from convviz.ops.receptive import field_of

STACKS = [
    "conv3-2 norm relu pool2 affine4",
    "conv3-3 relu conv5-2 relu pool2 conv3-2 affine5 relu affine3",
    "pool2 conv3-2 relu dropout0.5 affine3",
]


def middle_unit(net: Sequential, x: np.ndarray, depth: int) -> float:
    """The unit itself, the sum over its maps."""
    maps = net.run(x[None]).outputs[depth][0]
    return float(maps[:, maps.shape[1] // 2, maps.shape[2] // 2].sum())


@pytest.mark.parametrize("stack", STACKS)
def test_the_gradient_is_what_central_differences_measure(stack: str) -> None:
    """Every element, in float64, with batch norm's statistics as after training."""
    net = Sequential(parse_stack(stack), (2, 8, 8), dtype=np.float64, seed=3)
    rng = np.random.default_rng(4)
    net.run(rng.normal(size=(6, 2, 8, 8)), training=True)
    x = rng.normal(size=(2, 8, 8))
    depth = stack.split().index(next(word for word in stack.split() if word.startswith("affine")))
    measured = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        ends = []
        for step in (1e-6, -1e-6):
            moved = x.copy()
            moved[place] += step
            ends.append(middle_unit(net, moved, depth))
        measured[place] = (ends[0] - ends[1]) / 2e-6
    assert measured.any()
    np.testing.assert_allclose(middle_gradient(net, x), measured, atol=1e-8)


def test_the_networks_that_comes_with_convviz_sees_eight_pixels() -> None:
    """A 7×7 convolution and a 2×2 pool; nothing outside the theoretical field moves the unit."""
    net, data, _ = pretrained()
    layers = windows(net)
    assert [layer.name for layer in layers] == ["conv1", "pool1"]
    assert receptive_field(layers, 32)[-1].receptive_field == (8, 8)
    gradient = middle_gradient(net, data.inputs(data.validation.images[:1], net.dtype)[0])
    field = field_of(layers, 8, 8, input_size=32)
    top, left, bottom, right = field.box
    inside = np.zeros((32, 32), dtype=bool)
    inside[top:bottom, left:right] = True
    assert gradient[:, inside].any()
    assert not gradient[:, ~inside].any()


def test_a_network_without_windows_is_refused() -> None:
    net = Sequential(parse_stack("affine5 relu affine3"), (1, 4, 4))
    with pytest.raises(SpecError, match="no layer of affine5 relu affine3 slides"):
        windows(net)
