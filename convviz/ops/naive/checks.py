"""What the course's functions take, checked and in one dtype before they compute.

The loops alone would stretch a wrong shape, or stop half-way. A script for students leaves these lines out: see
`convviz.ops.naive.source`.
"""

from __future__ import annotations

from collections.abc import Mapping

from convviz.ops.checks import check_conv_axes, check_conv_shapes, check_gradient
from convviz.ops.dtypes import in_one_dtype
from convviz.ops.errors import SpecError
from convviz.ops.params import read_ints
from convviz.ops.types import Array
from convviz.ops.window import Window2d

Ints = dict[str, int]  # the course's dictionary of settings
CONV_PARAM = {"stride": 1, "pad": 0}  # keys, and the least each may be
POOL_PARAM = {"pool_height": 1, "pool_width": 1, "stride": 1}


def checked_conv(
    x: Array, w: Array, b: Array, conv_param: Mapping[str, int]
) -> tuple[Array, Array, Array, Ints]:
    """The arguments of the course's convolution.

    Raises
    ------
    SpecError
        If a key is missing or unknown, shapes disagree, or the filter is larger than the padded input.
    TypeError
        If an array is not one of numbers.

    Examples
    --------
    >>> import numpy as np
    >>> x, w, b, param = checked_conv(
    ...     np.ones((1, 1, 3, 3), int), np.ones((1, 1, 2, 2)), np.zeros(1), {"stride": np.uint8(2), "pad": 0}
    ... )
    >>> x.dtype, param
    (dtype('float64'), {'stride': 2, 'pad': 0})
    """
    x, w, b = in_one_dtype(x=x, w=w, b=b)
    check_course_conv(x, w, b)
    param = read_ints("conv_param", conv_param, CONV_PARAM)
    conv_window(w, param).output_size((x.shape[2], x.shape[3]))
    return x, w, b, param


def checked_conv_backward(
    dout: Array, x: Array, w: Array, b: Array, conv_param: Mapping[str, int]
) -> tuple[Array, Array, Array, Array, Ints]:
    """The arguments of the course's backward pass; `dout` has the shape of the output."""
    dout, x, w, b = in_one_dtype(dout=dout, x=x, w=w, b=b)
    *_, param = checked_conv(x, w, b, conv_param)
    out = conv_window(w, param).output_size((x.shape[2], x.shape[3]))
    check_gradient(dout, (len(x), len(w), *out))
    return dout, x, w, b, param


def checked_pool(x: Array, pool_param: Mapping[str, int]) -> tuple[Array, Ints]:
    """The arguments of the course's max pooling."""
    (x,) = in_one_dtype(x=x)
    check_course_images(x)
    param = read_ints("pool_param", pool_param, POOL_PARAM)
    pool_window(param).output_size((x.shape[2], x.shape[3]))
    return x, param


def checked_pool_backward(
    dout: Array, x: Array, pool_param: Mapping[str, int]
) -> tuple[Array, Array, Ints]:
    """The arguments of the course's backward pass; `dout` has the shape of the output."""
    dout, x = in_one_dtype(dout=dout, x=x)
    _, param = checked_pool(x, pool_param)
    out = pool_window(param).output_size((x.shape[2], x.shape[3]))
    check_gradient(dout, (*x.shape[:2], *out))
    return dout, x, param


def check_course_images(x: Array) -> None:
    """Refuse one image where the course's loops want several: they read four axes."""
    if x.ndim != 4:
        raise SpecError("x", x.shape, 4, "x has shape {value}", "use (N, C, H, W)")


def check_course_conv(x: Array, w: Array, b: Array, groups: int = 1) -> None:
    """Refuse shapes that the loops of a convolution would stretch, or stop at half-way."""
    check_course_images(x)
    check_conv_axes(x, w)
    check_conv_shapes(x, w, b, groups)


def conv_window(w: Array, param: Mapping[str, int]) -> Window2d:
    """The window that the course's ``conv_param`` describes."""
    return Window2d.make(w.shape[2:], param["stride"], param["pad"])


def pool_window(param: Mapping[str, int]) -> Window2d:
    """The window that the course's ``pool_param`` describes."""
    return Window2d.make((param["pool_height"], param["pool_width"]), param["stride"])
