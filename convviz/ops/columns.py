"""Windows as the columns of a matrix (im2col), and back (col2im): a convolution is then one matrix product.

Each window becomes a column of its C * KH * KW numbers, so a number is copied once for each window it lies in.
`convviz.conv2d` needs no such copies (see `convviz.ops.rows`); the matrix shows why a convolution is a product,
and the course's fast layers compute with it.
"""

from __future__ import annotations

from math import prod

import numpy as np

from convviz.ops.checks import check_image_axes
from convviz.ops.dtypes import check_dtypes
from convviz.ops.errors import SpecError
from convviz.ops.padding import pad, unpad
from convviz.ops.types import Array, Pair
from convviz.ops.window import PaddingLike, Window2d
from convviz.ops.windows import taps, windows


def im2col(
    x: Array,
    kernel: int | Pair,
    stride: int | Pair = 1,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
) -> Array:
    """Write the numbers under each window into a column.

    Parameters
    ----------
    x
        Input, shape (N, C, H, W) or (C, H, W); float32 or float64.
    kernel, stride, padding, dilation
        As for `convviz.conv2d`; the padding holds zeros.

    Returns
    -------
    ndarray
        Shape (N, C * KH * KW, OH * OW), or without N for one image. Rows are in the order of a filter's numbers,
        columns in that of the output's cells: ``w.reshape(F, -1) @ im2col(x, ...)`` is the convolution.

    Raises
    ------
    SpecError
        If a setting is out of range, or the kernel exceeds the padded input.
    TypeError
        If `x` is not float32 or float64.

    Notes
    -----
    Equals ``torch.nn.functional.unfold``.

    Examples
    --------
    >>> im2col(np.arange(9.0).reshape(1, 3, 3), 2)
    array([[0., 1., 3., 4.],
           [1., 2., 4., 5.],
           [3., 4., 6., 7.],
           [4., 5., 7., 8.]])
    """
    check_image_axes(x)
    window = Window2d.make(kernel, stride, padding, dilation)
    out = window.output_size((x.shape[-2], x.shape[-1]))
    seen = windows(pad(x, window.padding), window)  # (..., C, OH, OW, KH, KW)
    columns = np.moveaxis(seen, (-2, -1), (-4, -3))  # (..., C, KH, KW, OH, OW)
    return columns.reshape(*x.shape[:-3], x.shape[-3] * prod(window.kernel), prod(out))


def col2im(
    columns: Array,
    size: Pair,
    kernel: int | Pair,
    stride: int | Pair = 1,
    padding: PaddingLike = 0,
    dilation: int | Pair = 1,
) -> Array:
    """Add each number of the columns to the cell that `im2col` copied it from.

    This is the gradient of `im2col`, not its inverse: a cell that lies in several windows receives from each.

    Parameters
    ----------
    columns
        Shape (N, C * KH * KW, OH * OW), or without N for one image.
    size
        (H, W) of the image.
    kernel, stride, padding, dilation
        As they were given to `im2col`.

    Returns
    -------
    ndarray
        Shape (N, C, H, W), or (C, H, W).

    Raises
    ------
    SpecError
        If the columns have another shape than `im2col` gives them for an image of this size.
    TypeError
        If they are not float32 or float64.

    Notes
    -----
    Equals ``torch.nn.functional.fold``.

    Examples
    --------
    >>> col2im(im2col(np.ones((1, 3, 3)), 2), (3, 3), 2)[0]  # in how many windows each cell lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    check_dtypes(columns=columns)
    window = Window2d.make(kernel, stride, padding, dilation)
    out, numbers = window.output_size(size), prod(window.kernel)
    _check_columns(columns, numbers, prod(out))
    lead, channels = columns.shape[:-2], columns.shape[-2] // numbers
    x_pad = np.zeros((*lead, channels, *window.padded_size(size)), dtype=columns.dtype)
    by_tap = columns.reshape(*lead, channels, numbers, *out)  # (..., C, KH * KW, OH, OW)
    for k, (rows, across) in enumerate(taps(window, out)):
        x_pad[..., rows, across] += by_tap[..., k, :, :]  # += : windows overlap
    return unpad(x_pad, window.padding)


def _check_columns(columns: Array, numbers: int, windows_count: int) -> None:
    """Refuse a matrix that these windows do not give."""
    fits = columns.ndim in (2, 3) and columns.shape[-1] == windows_count
    if not fits or columns.shape[-2] % numbers:
        raise SpecError(
            "columns",
            columns.shape,
            windows_count,
            "columns has shape {value}",
            "use {limit} columns with {numbers} rows for each channel",
            numbers=numbers,
        )
