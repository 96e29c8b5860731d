"""Convolution (in the deep-learning sense: cross-correlation), vectorised; its backward pass beside it.

The whole work is one matrix product for each output row, or a few: see `convviz.ops.rows` and
`convviz.ops.shifts`; backward, `convviz.ops.spread`, and again `convviz.ops.rows` or `convviz.ops.planes`.
"""

from __future__ import annotations

import numpy as np

from convviz.ops.checks import check_conv_axes, check_conv_shapes, check_gradient
from convviz.ops.dtypes import check_dtypes
from convviz.ops.lines import strips
from convviz.ops.memory import empty, zeros
from convviz.ops.padding import PADDING_MODES, pad, unpad
from convviz.ops.planes import add_filter_gradient
from convviz.ops.rows import add_filter_gradient_by_rows, convolve_rows, rows_pay
from convviz.ops.shifts import convolve_shifts, shifts_pay
from convviz.ops.spec import Conv2dSpec
from convviz.ops.spread import spread
from convviz.ops.sums import sum_of_each
from convviz.ops.threads import one_blas_thread
from convviz.ops.types import Array, Pair, Shape
from convviz.ops.window import PaddingLike, Window2d


def conv2d(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: int | Pair = 1,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> Array:
    """Slide F filters over an input and sum the products under each.

    ``out[n, f, i, j] = b[f] + sum over c, u, v of x_pad[n, c, i*s + u*d, j*s + v*d] * w[f, c, u, v]``

    Parameters
    ----------
    x
        Input, shape (N, C, H, W) or (C, H, W); float32 or float64.
    w
        Filters, shape (F, C // groups, KH, KW), of the same dtype.
    b
        Biases, shape (F,), or None.
    stride, dilation
        Int or (height, width).
    padding
        Int, (height, width), ((top, bottom), (left, right)), "same" or "valid".
    groups
        Channels and filters are split into this many independent convolutions.
    padding_mode
        "zeros", "reflect", "replicate" or "circular".

    Returns
    -------
    ndarray
        Shape (N, F, OH, OW), or (F, OH, OW) for one image, of the input's dtype, with
        ``OH = floor((H + top + bottom - dilation * (KH - 1) - 1) / stride) + 1``.

    Raises
    ------
    SpecError
        If a setting is out of range, shapes disagree, or the kernel exceeds the padded input.
    TypeError
        If `x` is not float32 or float64, or the others have another dtype.

    Notes
    -----
    Equals ``torch.nn.functional.conv2d`` and ``torch.nn.Conv2d(padding_mode=...)`` up to rounding.

    Examples
    --------
    >>> x = np.arange(16.0).reshape(1, 4, 4)
    >>> sobel_x = np.array([[[[-1.0, 0, 1], [-2, 0, 2], [-1, 0, 1]]]])
    >>> conv2d(x, sobel_x, padding=1)[0]
    array([[  7.,   6.,   6., -10.],
           [ 20.,   8.,   8., -24.],
           [ 36.,   8.,   8., -40.],
           [ 35.,   6.,   6., -38.]])
    """
    check_dtypes(x=x, w=w, **({} if b is None else {"b": b}))
    check_conv_axes(x, w)
    spec = Conv2dSpec.make(w.shape[2:], stride, padding, dilation, groups, padding_mode)
    check_conv_shapes(x, w, b, spec.groups)
    if x.ndim == 3:
        return _conv(x[None], w, b, spec)[0]  # type: ignore[no-any-return]
    return _conv(x, w, b, spec)


def conv2d_backward(
    dout: Array,
    x: Array,
    w: Array,
    stride: int | Pair = 1,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
    padding_mode: str = "zeros",
) -> tuple[Array, Array, Array]:
    """Gradients of a convolution with respect to its input, its filters and its biases.

    Each output cell was a sum of products, so each product hands its factors on to each other:

    ``dw[f, c, u, v] = sum over n, i, j of dout[n, f, i, j] * x_pad[n, c, i*s + u*d, j*s + v*d]``
    ``dx_pad[n, c, i*s + u*d, j*s + v*d] += dout[n, f, i, j] * w[f, c, u, v]``, for every f, i, j, u, v
    ``db[f] = sum over n, i, j of dout[n, f, i, j]``

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, of the output's shape.
    x, w, stride, padding, dilation, groups, padding_mode
        As they were given to `conv2d`.

    Returns
    -------
    dx, dw, db
        Of the shapes of x, w and b, and of their dtype. Rows and columns that no window reached have gradient 0;
        what padding cells received goes back to the pixels they were copied from.

    Raises
    ------
    SpecError
        If a setting is out of range or `dout` has another shape than the output.
    TypeError
        If an array is not float32 or float64, or they have different dtypes.

    Examples
    --------
    >>> x, w = np.arange(9.0).reshape(1, 3, 3), np.ones((1, 1, 2, 2))
    >>> dx, dw, db = conv2d_backward(np.ones((1, 2, 2)), x, w)
    >>> dx[0]  # in how many windows each cell lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    >>> dw[0, 0], db
    (array([[ 8., 12.],
           [20., 24.]]), array([4.]))
    """
    check_dtypes(x=x, w=w, dout=dout)
    check_conv_axes(x, w)
    spec = Conv2dSpec.make(w.shape[2:], stride, padding, dilation, groups, padding_mode)
    check_conv_shapes(x, w, None, spec.groups)
    out = spec.output_size((x.shape[-2], x.shape[-1]))
    check_gradient(dout, (*x.shape[:-3], len(w), *out))
    if x.ndim == 3:
        dx, dw, db = _conv_backward(dout[None], x[None], w, spec)
        return dx[0], dw, db
    return _conv_backward(dout, x, w, spec)


@one_blas_thread()
def _conv(x: Array, w: Array, b: Array | None, spec: Conv2dSpec) -> Array:
    out_h, out_w = spec.output_size((x.shape[2], x.shape[3]))  # it names settings that work
    x, window = _padded(x, spec)
    out = empty((len(x), len(w), out_h, out_w), x.dtype)
    convolve = convolve_shifts if shifts_pay(w[: len(w) // spec.groups], out_w) else convolve_rows
    biases = 0 if b is None else b.reshape(spec.groups, 1, -1, 1)
    grouped, filters, maps = _grouped(x, w, out, spec.groups)
    for rows, strip in strips(window, out_h):
        convolve(grouped, filters, biases, maps[:, :, :, rows], strip)
    return out


def _conv_backward(dout: Array, x: Array, w: Array, spec: Conv2dSpec) -> tuple[Array, Array, Array]:
    return (
        conv2d_backward_input(dout, w, x.shape, spec),
        *conv2d_backward_params(dout, x, w, spec),
    )


@one_blas_thread()
def conv2d_backward_input(dout: Array, w: Array, shape: Shape, spec: Conv2dSpec) -> Array:
    """The gradient of an input of a shape (N, C, H, W) alone.

    Examples
    --------
    >>> ones = np.ones((1, 1, 2, 2))
    >>> conv2d_backward_input(ones, ones, (1, 1, 3, 3), Conv2dSpec.make(2))[0, 0]
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    window, size = spec.window.bounded((shape[2], shape[3])), (shape[2], shape[3])
    copies = PADDING_MODES[spec.padding_mode].copies
    if copies:
        size, window = window.padded_size(size), window.unpadded
    dx = zeros((*shape[:2], *size), w.dtype)
    grouped, filters, maps = _grouped(dx, w, dout, spec.groups)
    for rows, strip in strips(window, dout.shape[2]):
        spread(maps[:, :, :, rows], filters, grouped, strip)
    return unpad(dx, spec.window.padding, spec.padding_mode) if copies else dx


@one_blas_thread()
def conv2d_backward_params(
    dout: Array, x: Array, w: Array, spec: Conv2dSpec
) -> tuple[Array, Array]:
    """The gradients of the filters and the biases alone: half the work of `conv2d_backward`.

    Examples
    --------
    >>> ones = np.ones((1, 1, 2, 2))
    >>> conv2d_backward_params(ones, ones, ones[..., :1, :1], Conv2dSpec.make(1))
    (array([[[[4.]]]]), array([4.]))
    """
    x, window = _padded(x, spec)
    dw = np.zeros_like(w)
    grouped, gained, given = _grouped(x, dw, dout, spec.groups)
    add = add_filter_gradient_by_rows if rows_pay(gained, dout.shape[3]) else add_filter_gradient
    for rows, strip in strips(window, dout.shape[2]):
        add(given[:, :, :, rows], grouped, gained, strip)
    return dw, sum_of_each(dout)


def _padded(x: Array, spec: Conv2dSpec) -> tuple[Array, Window2d]:
    """The input with the padding that copies it, and the window that is left to slide over it."""
    window = spec.window.bounded((x.shape[2], x.shape[3]))
    if not PADDING_MODES[spec.padding_mode].copies:
        return x, window  # zeros are put in where they are read
    return pad(x, window.padding, spec.padding_mode), window.unpadded


def _grouped(x: Array, w: Array, out: Array, groups: int) -> tuple[Array, Array, Array]:
    """With an axis for the groups: input (N, G, C, H, W), filters (G, F, C, KH, KW), output (N, G, F, OH, OW)."""
    channels, filters = w.shape[1], len(w) // groups
    return (
        x.reshape(len(x), groups, channels, *x.shape[2:]),
        w.reshape(groups, filters, *w.shape[1:]),
        out.reshape(len(out), groups, filters, *out.shape[2:]),
    )
