"""Padding, the view of all windows, and the one index table everything else reads."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import as_strided

from convviz.ops.errors import SpecError
from convviz.ops.window import AXES, Pair, Sides, Window2d

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
        If reflected padding is not smaller than the input, or circular padding is larger than it.

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
    for axis, (before, after) in zip((-2, -1), padding, strict=True):
        moved = np.moveaxis(x_pad, axis, 0)
        inside = slice(before, len(moved) - after)
        kept = moved[inside].copy()
        if mode != "zeros":
            copied = np.pad(np.arange(len(kept)), (before, after), mode=NUMPY_MODES[mode])  # type: ignore[call-overload]
            for row in (*range(before), *range(len(moved) - after, len(moved))):
                kept[copied[row]] += moved[row]
        x_pad = np.moveaxis(kept, 0, axis)
    return np.ascontiguousarray(x_pad)


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


def tap_index(window: Window2d, size: Pair, padded: bool = False) -> npt.NDArray[np.intp]:
    """Which input cell each tap of each window reads.

    Parameters
    ----------
    window
        Kernel, stride, padding and dilation.
    size
        (H, W) of the unpadded input.
    padded
        True for positions in the padded input; False for positions in the input, -1 where a tap reads padding.

    Returns
    -------
    ndarray of int
        Flat positions ``row * width + column``, shape (OH, OW, KH, KW).

    Examples
    --------
    >>> tap_index(Window2d.make(2, padding=((1, 0), (0, 0))), (2, 2))[:, 0]
    array([[[-1, -1],
            [ 0,  1]],
    <BLANKLINE>
           [[ 0,  1],
            [ 2,  3]]])
    """
    if padded:
        padded_size = window.padded_size(size)
        grid = np.arange(np.prod(padded_size)).reshape(padded_size)
    else:
        grid = pad(np.arange(np.prod(size)).reshape(size), window.padding, value=-1)
    window.output_size(size)  # refuse a kernel that does not fit, with the input's own words
    return np.ascontiguousarray(windows(grid, window))


def visits(window: Window2d, out: Pair, padded: Pair) -> npt.NDArray[np.int64]:
    """How many windows touch each cell of a padded plane.

    Parameters
    ----------
    window
        Kernel, stride and dilation.
    out
        (OH, OW).
    padded
        (height, width) of the padded plane.

    Examples
    --------
    >>> visits(Window2d.make((1, 3)), (1, 3), (1, 5))
    array([[1, 2, 3, 2, 1]])
    """
    count = np.zeros(padded, dtype=np.int64)
    for tap in taps(window, out):
        count[tap] += 1
    return count


def _check_mirror(size: tuple[int, ...], padding: Sides, mode: str) -> None:
    if mode not in ("reflect", "circular"):
        return
    for axis, sides in enumerate(padding):
        limit = size[axis] - 1 if mode == "reflect" else size[axis]
        if max(sides) > limit:
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
