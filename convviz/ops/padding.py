"""Padding, forward beside backward, and the one table of what the cells around an image can hold.

To add a mode, add a row to `PADDING_MODES` and its words to `convviz/text/vocabulary.py`: the operations, the
widgets, the scripts for NumPy and PyTorch and the lens below a feature map read it from there.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.ops.errors import SpecError
from convviz.ops.types import Array, Pair, Shape, Sides
from convviz.ops.window import AXES

NONE = ((0, 0), (0, 0))


@dataclass(frozen=True)
class PaddingMode:
    """What the cells around an image hold.

    Parameters
    ----------
    name
        In `convviz.conv2d` and in ``torch.nn.Conv2d``; also the word on the screen.
    holds
        What they hold, in words.
    numpy, torch
        What ``numpy.pad`` and ``torch.nn.functional.pad`` call it. NumPy's name also says which cell each of them
        is copied from: see `copied_from`.
    beyond
        By how much the padding may be larger than the image; None for any amount.
    """

    name: str
    holds: str
    numpy: str
    torch: str
    beyond: int | None = None

    @property
    def copies(self) -> bool:
        """Whether the cells are copies of others, and not all the same number."""
        return self.numpy != "constant"

    def most(self, length: int) -> int | None:
        """The largest padding on one side of an axis of ``length`` cells; None for any amount.

        Examples
        --------
        >>> [mode.most(8) for mode in PADDING_MODES.values()]
        [None, 7, None, 8]
        """
        if not length and self.copies:
            return 0
        return None if self.beyond is None else length + self.beyond

    def has_room(self, length: int, padding: int) -> bool:
        """Whether an axis of ``length`` cells has as many as the padding copies."""
        most = self.most(length)
        return most is None or padding <= most

    def least(self, padding: int) -> int:
        """The fewest cells that an axis with this padding can have: the other way round.

        Examples
        --------
        >>> [mode.least(7) for mode in PADDING_MODES.values()]
        [0, 8, 1, 7]
        """
        if self.beyond is None:
            return int(self.copies)
        return max(1, padding - self.beyond)


PADDING_MODES = {
    mode.name: mode
    for mode in (
        PaddingMode("zeros", "the number 0", "constant", "constant"),
        PaddingMode("reflect", "the image mirrored at its edge", "reflect", "reflect", beyond=-1),
        PaddingMode("replicate", "the edge repeated", "edge", "replicate"),
        PaddingMode("circular", "the opposite side", "wrap", "circular", beyond=0),
    )
}


def pad(x: Array, padding: Sides, mode: str = "zeros", value: float = 0.0) -> Array:
    """Pad the last two axes.

    Parameters
    ----------
    x
        Array of shape (..., H, W).
    padding
        ((top, bottom), (left, right)).
    mode
        What the new cells hold, a name in `PADDING_MODES`: "zeros" (or ``value``), "reflect" (mirrored, the edge
        not repeated), "replicate" (the edge repeated) or "circular" (the opposite side), as in PyTorch.
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
    if padding == NONE:
        return x
    check_room(x.shape[-2:], padding, PADDING_MODES[mode])
    widths = [(0, 0)] * (x.ndim - 2) + list(padding)
    return _padded(x, widths, mode, value)


def unpad(x_pad: Array, padding: Sides, mode: str = "zeros") -> Array:
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
    if PADDING_MODES[mode].copies:
        x_pad = x_pad.copy()
        _fold(x_pad, padding[0], mode)
        _fold(x_pad.swapaxes(-1, -2), padding[1], mode)
    (top, bottom), (left, right) = padding
    height, width = x_pad.shape[-2:]
    return np.ascontiguousarray(x_pad[..., top : height - bottom, left : width - right])


def copied_from(length: int, sides: Pair, mode: str) -> npt.NDArray[np.intp]:
    """Along one axis, the index of the cell that each cell of the padded axis is copied from; -1 for none.

    Examples
    --------
    >>> copied_from(4, (2, 1), "reflect"), copied_from(4, (2, 1), "zeros")
    (array([2, 1, 0, 1, 2, 3, 2]), array([-1, -1,  0,  1,  2,  3, -1]))
    """
    return _padded(np.arange(length), [sides], mode, -1)


def _padded(x: Array, widths: list[Pair], mode: str, value: float) -> Array:
    constant = {} if PADDING_MODES[mode].copies else {"constant_values": value}
    how: Any = PADDING_MODES[mode].numpy
    return np.asarray(np.pad(x, widths, mode=how, **constant))


def _fold(x_pad: Array, sides: Pair, mode: str) -> None:
    """Add each padding row, in place, to the row it was copied from."""
    before, after = sides
    end = x_pad.shape[-2] - after
    source = copied_from(end - before, sides, mode) + before
    for row in (*range(before), *range(end, end + after)):
        x_pad[..., source[row], :] += x_pad[..., row, :]


def check_room(
    size: Shape,
    padding: Sides,
    mode: PaddingMode,
    fits: Callable[[int, int], bool] = lambda _axis, _amount: True,
) -> None:
    """Refuse padding that copies more cells than there are.

    Parameters
    ----------
    size, padding, mode
        Of the input, and how it is padded.
    fits
        Whether the kernel still fits along an axis with a smaller padding, which the error then names.
    """
    for axis, sides in enumerate(padding):
        most = mode.most(size[axis])
        if most is None or max(sides) <= most:
            continue
        if size[axis] == 0:
            raise SpecError(
                "padding",
                max(sides),
                0,
                "{mode} padding has nothing to copy from an input of {axis} {limit}",
                "use padding_mode 'zeros'",
                mode=mode.name,
                axis=AXES[axis],
            )
        raise SpecError(
            "padding",
            max(sides),
            most,
            "{mode} padding {value} is too large for input {axis} {size}",
            "use padding of at most {limit}, or padding_mode 'zeros'"
            if fits(axis, most)
            else "use padding_mode 'zeros'",
            mode=mode.name,
            axis=AXES[axis],
            size=size[axis],
        )
