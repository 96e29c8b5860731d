"""What the As a matrix page computes once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter

import numpy as np

from convviz.ops import conv2d, im2col
from convviz.ops.naive import conv_loops
from convviz.ops.padding import pad
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats
from convviz.trace import Scene, col2im_scene, dw_product_scene, im2col_scene, product_scene
from convviz.ui.cache import once

TIMES = 5  # a fast way is measured so often; the quickest counts


@dataclass(frozen=True)
class Matrices:
    """A convolution as a matrix product, with K numbers in each of L windows."""

    columns: Floats  # the windows, (N, K, L)
    rows: Floats  # the filters, (F, K)
    out: Floats  # their product, (N, F, L)


@once()
def matrices(x: Floats, w: Floats, spec: Conv2dSpec) -> Matrices:
    """The matrix of windows, the matrix of filters, and their product."""
    columns, rows = _columns(x, spec), w.reshape(len(w), -1)
    return Matrices(columns, rows, rows @ columns)


@once()
def milliseconds(x: Floats, w: Floats, spec: Conv2dSpec) -> tuple[float, float, float]:
    """How long this machine takes by the loops, by im2col and the product, and by `convviz.conv2d`."""
    window, b = spec.window, np.zeros(len(w))
    x_pad = pad(x, window.padding, spec.padding_mode)
    rows = w.reshape(len(w), -1)
    return (
        _time(lambda: conv_loops(x_pad, w, b, window.stride, window.dilation), 1),
        _time(lambda: rows @ _columns(x, spec), TIMES),
        _time(lambda: conv2d(x, w, b, **spec.keywords), TIMES),
    )


def _columns(x: Floats, spec: Conv2dSpec) -> Floats:
    window = spec.window
    x_pad = pad(x, window.padding, spec.padding_mode)
    return im2col(x_pad, window.kernel, window.stride, dilation=window.dilation)


def _time(work: Callable[[], object], times: int) -> float:
    """The quickest of so many times, in milliseconds."""
    taken = []
    for _ in range(times):
        start = perf_counter()
        work()
        taken.append(perf_counter() - start)
    return 1000 * min(taken)


@once()
def fill_scene(x: Floats, w: Floats, spec: Conv2dSpec) -> Scene:
    """The stepped loop that fills the matrix of windows."""
    return im2col_scene(x, w, spec)


@once()
def multiply_scene(x: Floats, w: Floats, spec: Conv2dSpec) -> Scene:
    """The stepped product."""
    return product_scene(x, w, None, spec)


@once()
def weights_scene(dout: Floats, x: Floats, w: Floats, spec: Conv2dSpec) -> Scene:
    """The stepped product that is the gradient of the filters."""
    return dw_product_scene(dout, x, w, spec)


@once()
def back_scene(dout: Floats, x: Floats, w: Floats, spec: Conv2dSpec) -> Scene:
    """The stepped loop that adds columns back to the input."""
    return col2im_scene(dout, x, w, spec)
