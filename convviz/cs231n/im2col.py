"""The course's ``im2col.py``: windows as the columns of a matrix, in the course's order of columns."""

from __future__ import annotations

import numpy as np

from convviz import ops
from convviz.ops.dtypes import in_one_dtype
from convviz.ops.naive.checks import check_course_images
from convviz.ops.types import Array
from convviz.ops.window import Window2d

Indices = tuple[Array, Array, Array]


def get_im2col_indices(
    x_shape: tuple[int, int, int, int],
    field_height: int,
    field_width: int,
    padding: int = 1,
    stride: int = 1,
) -> Indices:
    """Which channel, row and column of the padded images each number of a column comes from.

    Returns
    -------
    k, i, j
        Shapes (C * FH * FW, 1), (C * FH * FW, H_out * W_out) twice: ``x_pad[:, k, i, j]`` are all windows.

    Examples
    --------
    >>> k, i, j = get_im2col_indices((1, 1, 3, 3), 2, 2, padding=0)
    >>> i[:, 3].tolist(), j[:, 3].tolist()  # the last window
    ([1, 1, 2, 2], [1, 2, 1, 2])
    """
    window = Window2d.make((field_height, field_width), stride, padding)
    out_h, out_w = window.output_size(x_shape[2:])
    channels, rows, columns = np.indices((x_shape[1], field_height, field_width)).reshape(3, -1, 1)
    down, across = stride * np.indices((out_h, out_w)).reshape(2, 1, -1)
    return channels, rows + down, columns + across


def im2col_indices(
    x: Array, field_height: int, field_width: int, padding: int = 1, stride: int = 1
) -> Array:
    """Every window of x (N, C, H, W) as a column: (C * FH * FW, H_out * W_out * N).

    The windows of all images at one place stand side by side, as in the course; `convviz.im2col` has a matrix for
    each image.

    Examples
    --------
    >>> im2col_indices(np.arange(1.0, 5).reshape(1, 1, 2, 2), 2, 2).astype(int)
    array([[0, 0, 0, 0, 1, 2, 0, 3, 4],
           [0, 0, 0, 1, 2, 0, 3, 4, 0],
           [0, 1, 2, 0, 3, 4, 0, 0, 0],
           [1, 2, 0, 3, 4, 0, 0, 0, 0]])
    """
    (x,) = in_one_dtype(x=x)
    check_course_images(x)
    columns = ops.im2col(x, (field_height, field_width), stride, padding)
    return columns.transpose(1, 2, 0).reshape(columns.shape[1], -1)


def col2im_indices(
    cols: Array,
    x_shape: tuple[int, int, int, int],
    field_height: int = 3,
    field_width: int = 3,
    padding: int = 1,
    stride: int = 1,
) -> Array:
    """Add each number of the columns of `im2col_indices` to the cell it came from: x (N, C, H, W).

    Examples
    --------
    >>> cols = im2col_indices(np.ones((1, 1, 3, 3)), 2, 2, padding=0)
    >>> col2im_indices(cols, (1, 1, 3, 3), 2, 2, padding=0)[0, 0]  # in how many windows each cell lies
    array([[1., 2., 1.],
           [2., 4., 2.],
           [1., 2., 1.]])
    """
    (cols,) = in_one_dtype(cols=cols)
    by_image = cols.reshape(len(cols), -1, x_shape[0]).transpose(2, 0, 1)  # (N, rows, windows)
    return ops.col2im(by_image, x_shape[2:], (field_height, field_width), stride, padding)
