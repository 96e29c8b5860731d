"""Transposed convolution: the dx of a convolution, used as a layer of its own; its backward pass beside it.

Each input cell stamps the whole filter, times its own number, onto the output. That is what the backward pass of a
convolution does with the output's gradient. It is not the inverse: it brings back the size, not the numbers.
"""

from __future__ import annotations

from convviz.ops.checks import check_bias, check_conv_axes, check_gradient
from convviz.ops.conv import conv2d, conv2d_backward, conv2d_backward_input
from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError, require_pair
from convviz.ops.padding import pad
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Array, Pair
from convviz.ops.window import AXES, PaddingLike, Window2d, as_pair


def conv_transpose2d(
    x: Array,
    w: Array,
    b: Array | None = None,
    stride: int | Pair = 1,
    padding: PaddingLike = 0,
    output_padding: int | Pair = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
) -> Array:
    """Let each input cell stamp a filter onto the output, and add up where the stamps overlap.

    ``out_pad[n, f, i*s + u*d, j*s + v*d] += x[n, c, i, j] * w[c, f, u, v]``, for every c, i, j, u, v

    Parameters
    ----------
    x
        Input, shape (N, C, H, W) or (C, H, W); float32 or float64.
    w
        Filters, shape (C, F // groups, KH, KW), of the same dtype: as those of a convolution from F channels to C.
    b
        Biases, shape (F,), or None.
    stride, padding, dilation, groups
        Those of the convolution whose dx this is: the stride puts stamps further apart, the padding is cut off.
    output_padding
        Rows at the bottom and columns on the right to keep besides. Inputs of several sizes give a convolution
        with a stride the same output size; this says which of them to go back to. Smaller than the stride or the
        dilation.

    Returns
    -------
    ndarray
        Shape (N, F, OH, OW), or (F, OH, OW), of the input's dtype, with
        ``OH = (H - 1) * stride - top - bottom + dilation * (KH - 1) + output_padding + 1``.

    Raises
    ------
    SpecError
        If a setting is out of range, shapes disagree, or the padding leaves no output.
    TypeError
        If `x` is not float32 or float64, or the others have another dtype.

    Notes
    -----
    Equals ``torch.nn.functional.conv_transpose2d``.

    Examples
    --------
    >>> import numpy as np
    >>> x = w = np.array([[[[0.0, 1.0], [2.0, 3.0]]]])
    >>> conv_transpose2d(x, w)[0, 0]
    array([[ 0.,  0.,  1.],
           [ 0.,  4.,  6.],
           [ 4., 12.,  9.]])
    >>> conv_transpose2d(x, w, stride=2)[0, 0]
    array([[0., 0., 0., 1.],
           [0., 0., 2., 3.],
           [0., 2., 0., 3.],
           [4., 6., 6., 9.]])
    """
    check_dtypes(x=x, w=w, **({} if b is None else {"b": b}))
    check_conv_axes(x, w)
    spec = Conv2dSpec.make(w.shape[2:], stride, padding, dilation, groups)
    filters = _check_shapes(x, w, b, spec.groups)
    size = transposed_size(x.shape[-2:], spec.window, output_padding)
    if x.ndim == 3:
        return _transposed(x[None], w, filters, size, spec, b)[0]  # type: ignore[no-any-return]
    return _transposed(x, w, filters, size, spec, b)


def conv_transpose2d_backward(
    dout: Array,
    x: Array,
    w: Array,
    stride: int | Pair = 1,
    padding: PaddingLike = 0,
    output_padding: int | Pair = 0,
    dilation: int | Pair = 1,
    groups: int = 1,
) -> tuple[Array, Array, Array]:
    """Gradients of a transposed convolution: dx is the convolution of ``dout``.

    Forward, an input cell stamped its number onto a window of the output. Backward, it gathers from that window:
    ``dx = conv2d(dout_pad, w)``. In dw, input and output change places: ``dw = the dw of that convolution``.

    Parameters
    ----------
    dout
        Gradient of the loss with respect to the output, of the output's shape.
    x, w, stride, padding, output_padding, dilation, groups
        As they were given to `conv_transpose2d`.

    Returns
    -------
    dx, dw, db
        Of the shapes of x, w and b, and of their dtype.

    Raises
    ------
    SpecError
        If a setting is out of range or `dout` has another shape than the output.
    TypeError
        If an array is not float32 or float64, or they have different dtypes.

    Examples
    --------
    >>> import numpy as np
    >>> x = w = np.array([[[[0.0, 1.0], [2.0, 3.0]]]])
    >>> dx, dw, db = conv_transpose2d_backward(np.ones((1, 1, 3, 3)), x, w)
    >>> dx[0, 0], dw[0, 0], db
    (array([[6., 6.],
           [6., 6.]]), array([[6., 6.],
           [6., 6.]]), array([9.]))
    """
    check_dtypes(x=x, w=w, dout=dout)
    check_conv_axes(x, w)
    spec = Conv2dSpec.make(w.shape[2:], stride, padding, dilation, groups)
    filters = _check_shapes(x, w, None, spec.groups)
    size = transposed_size(x.shape[-2:], spec.window, output_padding)
    check_gradient(dout, (*x.shape[:-3], filters, *size))
    # A stamp ends where its filter does: rows beyond the last one are output padding, which nothing reached.
    height, width = _stamped(x.shape[-2:], spec.window)
    dout_pad = pad(dout, spec.window.padding)[..., :height, :width]
    how = {"stride": spec.window.stride, "dilation": spec.window.dilation, "groups": spec.groups}
    dx = conv2d(dout_pad, w, **how)  # type: ignore[arg-type]
    _, dw, _ = conv2d_backward(x, dout_pad, w, **how)  # type: ignore[arg-type]
    return dx, dw, dout.sum(axis=(*range(dout.ndim - 3), -2, -1))


def transposed_size(size: Pair, window: Window2d, output_padding: int | Pair = 0) -> Pair:
    """(OH, OW) of a transposed convolution for an input of ``size`` (H, W).

    Raises
    ------
    SpecError
        If the output padding reaches the stride and the dilation, or the padding leaves no output.

    Examples
    --------
    >>> transposed_size((2, 2), Window2d.make(2, stride=2)), transposed_size((2, 2), Window2d.make(2, 2, 1))
    ((4, 4), (2, 2))
    >>> window = Window2d.make(3, stride=2, padding=1)  # both 7 and 8 give the convolution 4
    >>> transposed_size((4, 4), window), transposed_size((4, 4), window, output_padding=1)
    ((7, 7), (8, 8))
    """
    more = require_pair("output_padding", as_pair(output_padding), least=0)
    out = [0, 0]
    for axis, stamped in enumerate(_stamped(size, window)):
        most = max(window.stride[axis], window.dilation[axis]) - 1
        if more[axis] > most:
            raise SpecError(
                "output_padding",
                more[axis],
                most,
                "output_padding {value} is not smaller than the stride or the dilation",
                "use output_padding of at most {limit}",
            )
        out[axis] = stamped + more[axis] - sum(window.padding[axis])
        if size[axis] < 1 or out[axis] < 1:
            raise SpecError(
                "padding",
                sum(window.padding[axis]),
                stamped + more[axis] - 1,
                "padding takes {value} from an output of {axis} {stamped}",
                "use padding of at most {limit} in all",
                axis=AXES[axis],
                stamped=stamped + more[axis],
            )
    return out[0], out[1]


def _stamped(size: Pair, window: Window2d) -> Pair:
    """Rows and columns from the first stamp's first tap to the last one's last, padding included."""
    (height, width), (sh, sw), (eh, ew) = size, window.stride, window.extent
    return (height - 1) * sh + eh, (width - 1) * sw + ew


def _transposed(
    x: Array, w: Array, filters: int, size: Pair, spec: Conv2dSpec, b: Array | None
) -> Array:
    """Stamp the filters of each group; what falls into the padding is cut off."""
    out = conv2d_backward_input(x, w, (len(x), filters, *size), spec)
    return out if b is None else out + b[:, None, None]


def _check_shapes(x: Array, w: Array, b: Array | None, groups: int) -> int:
    """The number of output channels, once input, filters and biases go together."""
    channels, filters = x.shape[-3], int(w.shape[1]) * groups
    if len(w) != channels or channels % groups:
        raise SpecError(
            "w",
            w.shape,
            channels,
            "w has {given} filters in {groups} groups but x has {limit} channels",
            "use w of shape ({limit}, ...), and groups that divide {limit}",
            given=len(w),
            groups=groups,
        )
    check_bias(b, filters)
    return filters
