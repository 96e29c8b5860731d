"""Convolution and pooling for a gradient check, with their classic bugs."""

from __future__ import annotations

import numpy as np

from convviz.lessons import bugs
from convviz.lessons.case import FILTERS, Case, CheckedLayer, Gradients
from convviz.ops.conv import conv2d, conv2d_backward
from convviz.ops.padding import pad, unpad
from convviz.ops.pool import avg_pool2d, avg_pool2d_backward, max_pool2d, max_pool2d_backward
from convviz.ops.types import Array
from convviz.ops.window import Window2d
from convviz.ops.windows import taps
from convviz.text.i18n import N_

MINUS_PAD, ALL_MAXIMA = N_("pad:-pad"), N_("All maxima in full")
POOL_BUGS = {
    N_("= for +="): bugs.max_pool_backward_assigned,
    ALL_MAXIMA: bugs.max_pool_backward_to_all,
}


def _conv_inputs(case: Case) -> Gradients:
    kernel = (case.kernel, case.kernel)
    return case.numbers(x=case.shape, w=(FILTERS, case.shape[1], *kernel), b=(FILTERS,))


def _conv(case: Case, x: Array, w: Array, b: Array) -> Array:
    return conv2d(x, w, b, case.stride, case.padding, case.dilation)


def _conv_backward(case: Case, dout: Array, x: Array, w: Array, b: Array) -> Gradients:
    if case.code == MINUS_PAD:
        param = {"stride": case.stride, "pad": case.padding}
        dx, dw, db = bugs.conv_backward_to_minus_pad(dout, (x, w, b, param))
        if dx.size == 0:  # what a person sees is no gradient at all
            dx = np.zeros_like(x)
    else:
        dx, dw, db = conv2d_backward(dout, x, w, case.stride, case.padding, case.dilation)
    return {"x": dx, "w": dw, "b": db}


def _max_pool(case: Case, x: Array) -> Array:
    return max_pool2d(x, case.kernel, case.stride, case.padding)


def _max_pool_backward(case: Case, dout: Array, x: Array) -> Gradients:
    if case.code in POOL_BUGS:
        param = {"pool_height": case.kernel, "pool_width": case.kernel, "stride": case.stride}
        sides = _window(case).padding
        dx_pad = POOL_BUGS[case.code](dout, (pad(x, sides, value=-np.inf), param))
        return {"x": unpad(dx_pad, sides)}
    return {"x": max_pool2d_backward(dout, x, case.kernel, case.stride, case.padding)}


def _max_kinks(case: Case, x: Array) -> int:
    """Number of windows whose two largest numbers are so close that a step makes the other one the largest."""
    window = _window(case)
    x_pad = pad(x, window.padding, value=-np.inf)
    out = window.output_size((x.shape[2], x.shape[3]))
    values = np.sort([x_pad[..., *tap] for tap in taps(window, out)], axis=0)
    return int((values[-1] - values[-2] < case.step).sum()) if len(values) > 1 else 0


def _window(case: Case) -> Window2d:
    return Window2d.make(case.kernel, case.stride, case.padding)


def _avg_pool(case: Case, x: Array) -> Array:
    return avg_pool2d(x, case.kernel, case.stride, case.padding)


def _avg_pool_backward(case: Case, dout: Array, x: Array) -> Gradients:
    return {"x": avg_pool2d_backward(dout, x, case.kernel, case.stride, case.padding)}


CONVOLUTION = CheckedLayer(
    _conv_inputs,
    _conv,
    _conv_backward,
    takes_images=True,
    slides=True,
    dilates=True,
    bugs=(MINUS_PAD,),
)
MAX_POOLING = CheckedLayer(
    Case.images,
    _max_pool,
    _max_pool_backward,
    takes_images=True,
    slides=True,
    kinks=_max_kinks,
    bugs=tuple(POOL_BUGS),
)
AVERAGE_POOLING = CheckedLayer(
    Case.images, _avg_pool, _avg_pool_backward, takes_images=True, slides=True
)
