"""Padding and its adjoint, and the view of all windows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from convviz.ops.errors import SpecError
from convviz.ops.types import Pair, Sides
from convviz.ops.window import AXES, Window2d

NUMPY_MODES = {"zeros": "constant", "reflect": "reflect", "replicate": "edge", "circular": "wrap"}


def pad(
    x: npt.NDArray[Any], padding: Sides, mode: str = "zeros", value: float = 0.0
) -> npt.NDArray[Any]:
    """Pad the last two axes.

    Parameters
    ----------
    x
        Array of shape (..., H, W).
    padding
        ((top, bottom), (left, right)).
    mode
        What the new cells hold: "zeros" (or ``value``), "reflect" (mirrored, edge not repeated), "replicate"
        (edge repeated) or "circular" (the opposite side), as in PyTorch.
    value
        Used by mode "zeros"; max pooling pads with -inf.

    Returns
    -------
    ndarray
        Shape (..., H + top + bottom, W + left + right). `x` itself if there is nothing to pad.

    Raises
    ------
    SpecError
        If reflected padding is not smaller than the input, circular padding is larger than it, or there is
        nothing to copy.

    Examples
    --------
    >>> row = np.array([[1, 2, 3, 4]])
    >>> pad(row, ((0, 0), (2, 2)), "reflect")
    array([[3, 2, 1, 2, 3, 4, 3, 2]])
    >>> pad(row, ((0, 0), (2, 2)), "circular")
    array([[3, 4, 1, 2, 3, 4, 1, 2]])
    """
    if padding == ((0, 0), (0, 0)):
        return x
    _check_mirror(x.shape[-2:], padding, mode)
    widths = [(0, 0)] * (x.ndim - 2) + list(padding)
    constant = {"constant_values": value} if mode == "zeros" else {}
    return np.asarray(np.pad(x, widths, mode=NUMPY_MODES[mode], **constant))  # type: ignore[call-overload]


def unpad(x_pad: npt.NDArray[Any], padding: Sides, mode: str = "zeros") -> npt.NDArray[Any]:
    """The adjoint of `pad`: what each cell received, itself and through its copies in the padding.

    Parameters
    ----------
    x_pad
        Gradient with respect to a padded array, shape (..., H + top + bottom, W + left + right).
    padding, mode
        As they were given to `pad`.

    Returns
    -------
    ndarray
        Gradient with respect to the array itself, shape (..., H, W).

    Examples
    --------
    >>> unpad(np.ones((1, 8)), ((0, 0), (2, 2)), "zeros")
    array([[1., 1., 1., 1.]])
    >>> unpad(np.ones((1, 8)), ((0, 0), (2, 2)), "reflect")  # 3 2 | 1 2 3 4 | 3 2
    array([[1., 3., 3., 1.]])
    """
    if mode != "zeros":
        x_pad = x_pad.copy()
        _fold(x_pad, padding[0], mode)
        _fold(x_pad.swapaxes(-1, -2), padding[1], mode)
    (top, bottom), (left, right) = padding
    height, width = x_pad.shape[-2:]
    return np.ascontiguousarray(x_pad[..., top : height - bottom, left : width - right])


def _fold(x_pad: npt.NDArray[Any], sides: Pair, mode: str) -> None:
    """Add each padding row, in place, to the row it was copied from."""
    before, after = sides
    end = x_pad.shape[-2] - after
    copied = np.pad(np.arange(before, end), sides, mode=NUMPY_MODES[mode])  # type: ignore[call-overload]
    for row in (*range(before), *range(end, end + after)):
        x_pad[..., copied[row], :] += x_pad[..., row, :]


def windows(x_pad: npt.NDArray[Any], window: Window2d) -> npt.NDArray[Any]:
    """Every window of a padded array, as a read-only view: nothing is copied.

    Moving one output row down moves `stride` input rows down; moving one tap down moves `dilation` rows
    down. Both are plain multiples of the array's own strides, which is all a view needs.

    Parameters
    ----------
    x_pad
        Array of shape (..., H, W), padding included. The window's own padding is not applied.

    Returns
    -------
    ndarray
        Shape (..., OH, OW, KH, KW).

    Examples
    --------
    >>> x = np.arange(12).reshape(3, 4)
    >>> windows(x, Window2d.make((2, 3)))[1, 1]
    array([[ 5,  6,  7],
           [ 9, 10, 11]])
    """
    height, width = x_pad.shape[-2:]
    *lead, row, column = x_pad.strides
    (sh, sw), (dh, dw) = window.stride, window.dilation
    return as_strided(
        x_pad,
        shape=(*x_pad.shape[:-2], *window.unpadded.output_size((height, width)), *window.kernel),
        strides=(*lead, row * sh, column * sw, row * dh, column * dw),
        writeable=False,
    )


def taps(window: Window2d, out: Pair) -> Iterator[tuple[slice, slice]]:
    """For each kernel position, row by row: what it reads of a padded plane in all windows at once.

    Parameters
    ----------
    window
        Kernel, stride and dilation.
    out
        (OH, OW).

    Examples
    --------
    >>> x = np.arange(12).reshape(3, 4)
    >>> [x[tap].tolist() for tap in taps(Window2d.make((1, 2), stride=2), (2, 2))]
    [[[0, 2], [8, 10]], [[1, 3], [9, 11]]]
    """
    (kh, kw), (sh, sw), (dh, dw) = window.kernel, window.stride, window.dilation
    down, across = sh * (out[0] - 1) + 1, sw * (out[1] - 1) + 1
    for u in range(kh):
        for v in range(kw):
            yield slice(u * dh, u * dh + down, sh), slice(v * dw, v * dw + across, sw)


def _check_mirror(size: tuple[int, ...], padding: Sides, mode: str) -> None:
    if mode == "zeros":
        return
    for axis, sides in enumerate(padding):
        if size[axis] == 0:
            raise SpecError(
                "padding",
                max(sides),
                0,
                "{mode} padding has nothing to copy from an input of {axis} {limit}",
                "use padding_mode 'zeros'",
                mode=mode,
                axis=AXES[axis],
            )
        limit = size[axis] - 1 if mode == "reflect" else size[axis]
        if mode != "replicate" and max(sides) > limit:
            raise SpecError(
                "padding",
                max(sides),
                limit,
                "{mode} padding {value} is too large for input {axis} {size}",
                "use padding of at most {limit}, or padding_mode 'zeros'",
                mode=mode,
                axis=AXES[axis],
                size=size[axis],
            )
