"""Average pooling with PyTorch's meaning of padding and ``ceil_mode``; its backward pass beside it."""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import check_gradient, check_image_axes
from convviz.ops.dtypes import check_dtypes
from convviz.ops.padding import pad, unpad
from convviz.ops.pool.separable import separable
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Array, Pair, Sides
from convviz.ops.window import PaddingLike
from convviz.ops.windows import fewer_windows, taps, window_places


def avg_pool2d(
    x: Array,
    kernel: int | Pair,
    stride: int | Pair | None = None,
    padding: PaddingLike = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """Mean of the numbers under each window.

    Parameters
    ----------
    x, kernel, stride, padding, ceil_mode
        As for `max_pool2d`; padding cells are 0.
    count_include_pad
        Whether padding cells count in the divisor. What ``ceil_mode`` adds beyond the padding never does.

    Returns
    -------
    ndarray
        Shape (..., OH, OW), of the input's dtype.

    Raises
    ------
    SpecError
        If a setting is out of range or the kernel exceeds the padded input.

    Notes
    -----
    Equals ``torch.nn.functional.avg_pool2d``.

    Examples
    --------
    >>> avg_pool2d(np.ones((1, 3, 3)), 3, stride=2, padding=1)[0] * 9
    array([[4., 4.],
           [4., 4.]])
    """
    check_image_axes(x)
    spec = PoolSpec.make(kernel, stride, padding, 1, ceil_mode)
    size = (x.shape[-2], x.shape[-1])
    window = spec.reaching(size)
    sums = separable(np.add, pad(x, window.padding), window)
    return np.asarray(sums / avg_divisor(spec, size, count_include_pad).astype(x.dtype))


def avg_pool2d_backward(
    dout: Array,
    x: Array,
    kernel: int | Pair,
    stride: int | Pair | None = None,
    padding: PaddingLike = 0,
    ceil_mode: bool = False,
    count_include_pad: bool = True,
) -> Array:
    """Gradient of average pooling: each cell of `dout` is shared equally by the cells that counted.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, of the output's shape.
    x, kernel, stride, padding, ceil_mode, count_include_pad
        As they were given to `avg_pool2d`. Only the shape of `x` matters.

    Returns
    -------
    ndarray
        Of the shape and dtype of x. The shares of padding cells are lost.

    Raises
    ------
    SpecError
        If a setting is out of range or `dout` has another shape than the output.

    Examples
    --------
    >>> avg_pool2d_backward(np.array([[[6.0, 12.0]]]), np.zeros((1, 1, 4)), (1, 3), stride=1)[0]
    array([[2., 6., 6., 4.]])
    """
    check_dtypes(x=x, dout=dout)
    check_image_axes(x)
    spec = PoolSpec.make(kernel, stride, padding, 1, ceil_mode)
    size = (x.shape[-2], x.shape[-1])
    out = spec.output_size(size)
    check_gradient(dout, (*x.shape[:-2], *out))
    window = spec.reaching(size)
    dx_pad = np.zeros((*x.shape[:-2], *window.padded_size(size)), dtype=x.dtype)
    share = dout / avg_divisor(spec, size, count_include_pad).astype(x.dtype)
    if fewer_windows(window, out):
        for (i, j), place in window_places(window, out):
            dx_pad[..., *place] += share[..., i, j, None, None]
        return unpad(dx_pad, window.padding)
    for tap in taps(window, out):
        dx_pad[..., *tap] += share
    return unpad(dx_pad, window.padding)


def avg_divisor(spec: PoolSpec, size: Pair, count_include_pad: bool = True) -> Array:
    """How many cells count in each window of an average pool.

    Parameters
    ----------
    spec
        Kernel, stride, padding and ``ceil_mode``.
    size
        (H, W) of the unpadded input.
    count_include_pad
        Whether padding cells count. What ``ceil_mode`` adds beyond the padding never does.

    Returns
    -------
    ndarray
        Shape (OH, OW).

    Examples
    --------
    >>> avg_divisor(PoolSpec.make(3, 2, 1), (3, 3), count_include_pad=False)
    array([[4., 4.],
           [4., 4.]])
    """
    window = spec.reaching(size)
    counted = np.ones(size)
    if count_include_pad:
        counted = pad(counted, spec.window.padding, value=1)
        overhang = _difference(window.padding, spec.window.padding)
    else:
        overhang = window.padding
    return separable(np.add, pad(counted, overhang), window)  # (OH, OW)


def _difference(larger: Sides, smaller: Sides) -> Sides:
    (a, b), (c, d) = larger
    (e, f), (g, h) = smaller
    return (a - e, b - f), (c - g, d - h)
