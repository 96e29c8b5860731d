"""The layers whose gradients can be checked, each on a small random case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.i18n import N_
from convviz.lessons import bugs
from convviz.ops import layers as ops
from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.pool import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward
from convviz.ops.window import Window2d
from convviz.ops.windows import taps

Array = npt.NDArray[Any]
Gradients = dict[str, Array]
RIGHT = N_("Right")
CLASSES, UNITS, EXAMPLES = 3, 4, 5


@dataclass(frozen=True)
class Case:
    """What is checked.

    Parameters
    ----------
    layer
        A name in `LAYERS`.
    kernel, stride, padding
        Of convolution and pooling.
    dtype
        "float64" or "float32".
    step
        h of the centred difference ``(f(x + h) - f(x - h)) / 2h``.
    seed
        Of the random numbers.
    code
        "Right", or a bug of the layer.
    """

    layer: str
    kernel: int = 3
    stride: int = 1
    padding: int = 1
    dtype: str = "float64"
    step: float = 1e-5
    seed: int = 0
    code: str = RIGHT


@dataclass(frozen=True)
class Layer:
    """A layer as the check sees it.

    Parameters
    ----------
    inputs
        Makes the inputs of a case, by name; the input proper is "x".
    forward
        The output from the inputs.
    backward
        The gradient with respect to each input.
    slides
        Whether kernel, stride and padding matter.
    kinks
        How many inputs lie within a step of a kink; None for a smooth layer.
    bugs
        Wrong backward passes by name.
    """

    inputs: Callable[[Case], Gradients]
    forward: Callable[..., Any]
    backward: Callable[..., Gradients]
    slides: bool = False
    kinks: Callable[[Case, Array], int] | None = None
    bugs: tuple[str, ...] = field(default=())


def _random(case: Case, **shapes: tuple[int, ...]) -> Gradients:
    rng = np.random.default_rng(case.seed)
    return {name: rng.normal(size=shape).astype(case.dtype) for name, shape in shapes.items()}


def _image(case: Case) -> Gradients:
    return _random(case, x=(2, 2, 5, 5))


def _conv_inputs(case: Case) -> Gradients:
    return _random(case, x=(2, 2, 5, 5), w=(3, 2, case.kernel, case.kernel), b=(3,))


def _conv(case: Case, x: Array, w: Array, b: Array) -> Array:
    return conv2d(x, w, b, case.stride, case.padding)


def _conv_backward(case: Case, dout: Array, x: Array, w: Array, b: Array) -> Gradients:
    if case.code == MINUS_PAD:
        param = {"stride": case.stride, "pad": case.padding}
        dx, dw, db = bugs.conv_backward_to_minus_pad(dout, (x, w, b, param))
        if dx.size == 0:  # what a person sees is no gradient at all
            dx = np.zeros_like(x)
    else:
        dx, dw, db = conv2d_backward(dout, x, w, case.stride, case.padding)
    return {"x": dx, "w": dw, "b": db}


def _max_pool(case: Case, x: Array) -> Array:
    return np.asarray(max_pool2d(x, case.kernel, case.stride, case.padding))


def _max_pool_backward(case: Case, dout: Array, x: Array) -> Gradients:
    if case.code in POOL_BUGS:
        param = {"pool_height": case.kernel, "pool_width": case.kernel, "stride": case.stride}
        sides = ((0, 0), (0, 0), (case.padding,) * 2, (case.padding,) * 2)
        x_pad = np.pad(x, sides, constant_values=-np.inf)
        dx_pad = POOL_BUGS[case.code](dout, (x_pad, param))
        (height, width), pad = x.shape[2:], case.padding
        return {"x": dx_pad[:, :, pad : pad + height, pad : pad + width]}
    return {"x": max_pool2d_backward(dout, x, case.kernel, case.stride, case.padding)}


def _max_kinks(case: Case, x: Array) -> int:
    """Windows whose two largest numbers are less than two steps apart."""
    window = Window2d.make(case.kernel, case.stride, case.padding)
    sides = ((0, 0), (0, 0), *window.padding)
    x_pad = np.pad(x, sides, constant_values=-np.inf)
    out = window.output_size((x.shape[2], x.shape[3]))
    values = np.sort([x_pad[..., *tap] for tap in taps(window, out)], axis=0)
    return int((values[-1] - values[-2] < 2 * case.step).sum()) if len(values) > 1 else 0


def _avg_pool(case: Case, x: Array) -> Array:
    return avg_pool2d(x, case.kernel, case.stride, case.padding)


def _avg_pool_backward(case: Case, dout: Array, x: Array) -> Gradients:
    return {"x": avg_pool2d_backward(dout, x, case.kernel, case.stride, case.padding)}


def _affine_backward(case: Case, dout: Array, x: Array, w: Array, b: Array) -> Gradients:  # noqa: ARG001
    dx, dw, db = ops.affine_backward(dout, x, w)
    return {"x": dx, "w": dw, "b": db}


def _norm_backward(case: Case, dout: Array, x: Array, gamma: Array, beta: Array) -> Gradients:  # noqa: ARG001
    dx, dgamma, dbeta = ops.batch_norm_backward(dout, x, gamma)
    return {"x": dx, "gamma": dgamma, "beta": dbeta}


def _classes(case: Case) -> npt.NDArray[np.int64]:
    return np.random.default_rng(case.seed).integers(0, CLASSES, EXAMPLES)


MINUS_PAD = N_("pad:-pad")
POOL_BUGS = {
    N_("= for +="): bugs.max_pool_backward_assigned,
    N_("All maxima in full"): bugs.max_pool_backward_to_all,
}
LAYERS = {
    N_("Convolution"): Layer(_conv_inputs, _conv, _conv_backward, slides=True, bugs=(MINUS_PAD,)),
    N_("Max pooling"): Layer(
        _image,
        _max_pool,
        _max_pool_backward,
        slides=True,
        kinks=_max_kinks,
        bugs=tuple(POOL_BUGS),
    ),
    N_("Average pooling"): Layer(_image, _avg_pool, _avg_pool_backward, slides=True),
    N_("Affine"): Layer(
        lambda case: _random(case, x=(EXAMPLES, 6), w=(6, UNITS), b=(UNITS,)),
        lambda case, x, w, b: ops.affine(x, w, b),  # noqa: ARG005
        _affine_backward,
    ),
    N_("ReLU"): Layer(
        _image,
        lambda case, x: ops.relu(x),  # noqa: ARG005
        lambda case, dout, x: {"x": ops.relu_backward(dout, x)},  # noqa: ARG005
        kinks=lambda case, x: int((np.abs(x) < case.step).sum()),
    ),
    N_("Batch norm"): Layer(
        lambda case: _random(case, x=(EXAMPLES, 6), gamma=(6,), beta=(6,)),
        lambda case, x, gamma, beta: ops.batch_norm(x, gamma, beta),  # noqa: ARG005
        _norm_backward,
    ),
    N_("Softmax loss"): Layer(
        lambda case: _random(case, x=(EXAMPLES, CLASSES)),
        lambda case, x: np.float64(ops.softmax_loss(x, _classes(case))[0]),
        lambda case, dout, x: {"x": dout * ops.softmax_loss(x, _classes(case))[1]},
    ),
}
