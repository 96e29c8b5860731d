"""One training iteration of a stack in NumPy, as lines to read beside PyTorch's: no classes, one line a layer.

They are the calls that `Sequential` and `Trainer` make, with the layers' numbers filled in; a test runs them and
compares.
"""

from __future__ import annotations

from convviz.nets.layer import Layer
from convviz.nets.layers import Affine, Conv2d, MaxPool2d
from convviz.nets.regularising import EPSILON, BatchNorm, Dropout
from convviz.nets.sequential import Sequential
from convviz.nets.settings import Settings


def numpy_code(net: Sequential, settings: Settings) -> str:
    """Python that does one iteration: forward, loss, backward, update.

    It is given the batch ``x`` and ``y``, the parameters by the network's names, ``configs`` of the update rule by
    the same names, and ``rng`` where there is dropout.

    Examples
    --------
    >>> from convviz.nets.stack import parse_stack
    >>> net = Sequential(parse_stack("conv3-2 relu affine10"), (3, 8, 8))
    >>> print(numpy_code(net, Settings("sgd", 0.01)))
    x1 = conv2d(x, W1, b1, padding="same")
    x2 = relu(x1)
    x3 = affine(x2, W2, b2)
    loss, dx3 = softmax_loss(x3, y)
    <BLANKLINE>
    dx2, dW2, db2 = affine_backward(dx3, x2, W2)
    dx1 = relu_backward(dx2, x1)
    dx, dW1, db1 = conv2d_backward(dx1, x, W1, padding="same")
    <BLANKLINE>
    # configs begin with {"learning_rate": 0.01}
    W1, configs["W1"] = sgd(W1, dW1, configs["W1"])
    b1, configs["b1"] = sgd(b1, db1, configs["b1"])
    W2, configs["W2"] = sgd(W2, dW2, configs["W2"])
    b2, configs["b2"] = sgd(b2, db2, configs["b2"])
    """
    forward: list[str] = []
    backward: list[str] = []
    for k, (layer, names) in enumerate(zip(net.layers, net.names, strict=True)):
        before, after = "x" if k == 0 else f"x{k}", f"x{k + 1}"
        maps = len(net.shapes[k]) == 3
        there, back = _lines(layer, names, before, after, maps=maps)
        forward += there
        backward = [back, *backward]
    last = f"x{len(net.layers)}"
    loss = [f"loss, d{last} = softmax_loss({last}, y)"]
    return "\n".join(
        [*forward, *loss, "", *backward, "", *_decay(net), *_updates(net, settings)],
    )


def _lines(
    layer: Layer, names: dict[str, str], x: str, out: str, *, maps: bool
) -> tuple[list[str], str]:
    """A layer's forward lines, and its backward line."""
    if isinstance(layer, Conv2d | Affine):
        call, more = ("affine", "") if isinstance(layer, Affine) else ("conv2d", _settings(layer))
        w, b = names["W"], names["b"]
        there = f"{out} = {call}({x}, {w}, {b}{more})"
        return [there], f"d{x}, d{w}, d{b} = {call}_backward(d{out}, {x}, {w}{more})"
    if isinstance(layer, BatchNorm):
        call, axes = ("spatial_batch_norm", "(0, 2, 3)") if maps else ("batch_norm", "0")
        gamma, beta, mean, var = (names[own] for own in ("gamma", "beta", "mean", "var"))
        both = [
            f"{mean}, {var} = {x}.mean(axis={axes}), {x}.var(axis={axes})",
            f"{out} = {call}({x}, {gamma}, {beta}, {mean}, {var}, {EPSILON})",
        ]
        return both, f"d{x}, d{gamma}, d{beta} = {call}_backward(d{out}, {x}, {gamma}, {EPSILON})"
    if isinstance(layer, MaxPool2d):
        there = f"{out} = max_pool2d({x}, {layer.size})"
        return [there], f'd{x} = max_pool2d_backward(d{out}, {x}, {layer.size}, ties="first")'
    if isinstance(layer, Dropout):
        there = f"{out}, kept{out[1:]} = dropout({x}, {1 - layer.probability:g}, rng)"
        return [there], f"d{x} = dropout_backward(d{out}, kept{out[1:]})"
    return [f"{out} = relu({x})"], f"d{x} = relu_backward(d{out}, {x})"


def _settings(layer: Conv2d) -> str:
    """What a convolution is told besides its numbers."""
    groups = f", groups={layer.groups}" if layer.groups > 1 else ""
    return f', padding="same"{groups}'


def _decay(net: Sequential) -> list[str]:
    if not net.reg:
        return []
    squares = " + ".join(f"({name}**2).sum()" for name in net.decaying)
    lines = [f"loss += {net.reg / 2:g} * ({squares})"]
    return [*lines, *(f"d{name} += {net.reg:g} * {name}" for name in net.decaying), ""]


def _updates(net: Sequential, settings: Settings) -> list[str]:
    rule = settings.optimiser
    begin = f'# configs begin with {{"learning_rate": {settings.learning_rate:g}}}'
    return [
        begin,
        *(
            f'{name}, configs["{name}"] = {rule}({name}, d{name}, configs["{name}"])'
            for name in net.params
        ),
    ]
