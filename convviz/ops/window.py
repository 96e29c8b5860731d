"""The window that slides: its settings, and the arithmetic of sizes.

Pairs are (height, width); padding is ((top, bottom), (left, right)). One axis has the output size

    floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Literal, TypeAlias

from convviz.ops.errors import SpecError, require_int, require_pair
from convviz.ops.types import Pair, Sides

PaddingLike: TypeAlias = int | Pair | Sides | Literal["same", "valid"] | str
# Length of an axis, kernel, padding on each side.
Allows: TypeAlias = Callable[[int, int, int], bool]
AXES = ("height", "width")


@dataclass(frozen=True)
class Window2d:
    """A window that slides over rows and columns.

    Build it with `Window2d.make`, which accepts ints and words; the fields are always full pairs.

    Examples
    --------
    >>> window = Window2d.make(3, stride=2, padding=1)
    >>> window.padding, window.output_size((7, 8)), window.leftover((7, 8))
    (((1, 1), (1, 1)), (4, 4), (0, 1))
    """

    kernel: Pair
    stride: Pair = (1, 1)
    padding: Sides = ((0, 0), (0, 0))
    dilation: Pair = (1, 1)

    def __post_init__(self) -> None:
        for name in ("kernel", "stride", "dilation"):
            object.__setattr__(self, name, require_pair(name, getattr(self, name), least=1))
        if not (isinstance(self.padding, tuple) and len(self.padding) == 2):
            raise _unreadable_padding(self.padding)
        rows, columns = (require_pair("padding", sides, least=0) for sides in self.padding)
        object.__setattr__(self, "padding", (rows, columns))

    @classmethod
    def make(
        cls,
        kernel: int | Pair,
        stride: int | Pair = 1,
        padding: PaddingLike = 0,
        dilation: int | Pair = 1,
    ) -> Window2d:
        """Build a window from ints, pairs or words.

        Parameters
        ----------
        kernel, stride, dilation
            One int for both axes, or (height, width).
        padding
            One int, (height, width), ((top, bottom), (left, right)), "valid" for none, or "same" for an
            output as large as the input. "same" needs stride 1; an even kernel gets the extra row at the
            bottom and the extra column on the right, as in PyTorch.

        Raises
        ------
        SpecError
            If a value is not a whole number or is out of range.
        """
        kernel, stride, dilation = as_pair(kernel), as_pair(stride), as_pair(dilation)
        bare = cls(kernel, stride, dilation=dilation)
        return cls(kernel, stride, _as_sides(padding, bare), dilation)

    @property
    def extent(self) -> Pair:
        """Rows and columns from the first tap to the last: dilation * (kernel - 1) + 1."""
        (kh, kw), (dh, dw) = self.kernel, self.dilation
        return dh * (kh - 1) + 1, dw * (kw - 1) + 1

    @property
    def unpadded(self) -> Window2d:
        """The same window without its padding, for an array that already has it."""
        return Window2d(self.kernel, self.stride, dilation=self.dilation)

    def bounded(self, size: Pair) -> Window2d:
        """The same windows of an input of ``size`` with smaller numbers, so that no setting sizes a buffer.

        A stride beyond the padded input is never taken, and the dilation of a single tap reaches nothing.

        Examples
        --------
        >>> Window2d.make((1, 2), stride=10**18, dilation=(10**18, 2)).bounded((5, 6))
        Window2d(kernel=(1, 2), stride=(5, 6), padding=((0, 0), (0, 0)), dilation=(1, 2))
        """
        padded = self.padded_size(size)
        stride = min(self.stride[0], max(padded[0], 1)), min(self.stride[1], max(padded[1], 1))
        down, across = self.dilation
        dilation = 1 if self.kernel[0] == 1 else down, 1 if self.kernel[1] == 1 else across
        return Window2d(self.kernel, stride, self.padding, dilation)

    def padded_size(self, size: Pair) -> Pair:
        """(height, width) of the input with its padding."""
        (top, bottom), (left, right) = self.padding
        return size[0] + top + bottom, size[1] + left + right

    def fits(self, size: Pair) -> bool:
        """Whether the kernel fits the padded input at least once."""
        padded = self.padded_size(size)
        return self.extent[0] <= padded[0] and self.extent[1] <= padded[1]

    def output_size(
        self, size: Pair, ceil_mode: bool = False, allows: Allows = lambda *_: True
    ) -> Pair:
        """(OH, OW) for an input of ``size`` (H, W); see the formula at the top of the module.

        Parameters
        ----------
        size
            Of the unpadded input.
        ceil_mode
            Whether the division rounds up, as pooling can.
        allows
            What the operation allows besides; the error names only settings with which this is true.

        Raises
        ------
        SpecError
            If the kernel is larger than the padded input.
        """
        return (
            self._axis_output(0, size[0], ceil_mode, allows),
            self._axis_output(1, size[1], ceil_mode, allows),
        )

    def leftover(self, size: Pair) -> Pair:
        """Trailing rows and columns of the padded input that no window reaches."""
        padded, out = self.padded_size(size), self.output_size(size)
        return (
            padded[0] - self.extent[0] - (out[0] - 1) * self.stride[0],
            padded[1] - self.extent[1] - (out[1] - 1) * self.stride[1],
        )

    def reaching(self, size: Pair, out: Pair) -> Window2d:
        """The window with as much more padding, bottom and right, as the last of ``out`` windows overhangs.

        Examples
        --------
        >>> Window2d.make(2, stride=2).reaching((5, 6), (3, 3)).padding
        ((0, 1), (0, 0))
        """
        padded = self.padded_size(size)
        (top, bottom), (left, right) = self.padding
        rows, columns = (
            max(0, (out[axis] - 1) * self.stride[axis] + self.extent[axis] - padded[axis])
            for axis in (0, 1)
        )
        sides = ((top, bottom + rows), (left, right + columns))
        return Window2d(self.kernel, self.stride, sides, self.dilation)

    def _axis_output(self, axis: int, size: int, ceil_mode: bool, allows: Allows) -> int:
        before, after = self.padding[axis]
        extent, stride = self.extent[axis], self.stride[axis]
        room = size + before + after - extent
        out = (-(-room // stride) if ceil_mode else room // stride) + 1
        if ceil_mode and (out - 1) * stride >= size + before:
            out -= 1  # the last window would start in the padding on the far side
        if out < 1:
            raise self._too_large(axis, size, allows)
        return out

    def _too_large(self, axis: int, size: int, allows: Allows) -> SpecError:
        kernel, dilation, extent = self.kernel[axis], self.dilation[axis], self.extent[axis]
        padded = size + sum(self.padding[axis])
        largest = (padded - 1) // dilation + 1
        problem = "kernel {value} exceeds padded input {axis} {limit}"
        if dilation > 1:
            problem = (
                "kernel {value} with dilation {dilation}, spanning {extent}, "
                "exceeds padded input {axis} {limit}"
            )
        each_side, most = -(-(extent - size) // 2), max(self.padding[axis])
        smaller = largest >= 1 and allows(size, largest, most)
        enough = count(extent - sum(self.padding[axis]))
        least = next(length for length in enough if allows(length, kernel, most))
        suggestion = "use an input with {axis} of at least {least}"
        if allows(size, kernel, each_side):
            suggestion = "use padding of at least {each_side}"
            if smaller:
                suggestion = "use a kernel of at most {largest}, or padding of at least {each_side}"
        elif smaller:
            suggestion = "use a kernel of at most {largest}"
        return SpecError(
            "kernel",
            kernel,
            padded,
            problem,
            suggestion,
            axis=AXES[axis],
            dilation=dilation,
            extent=extent,
            largest=largest,
            each_side=each_side,
            least=least,
        )


def nearest_window(place: int, start: int, step: int, extent: int, count: int) -> int:
    """Along one axis, which of ``count`` windows has its middle nearest to a place; of two as near the later.

    Parameters
    ----------
    place
        Index of a cell.
    start
        First cell of the first window; negative where it begins in the padding.
    step, extent
        Cells from one window to the next, and cells that one spans.
    count
        Number of windows.

    Examples
    --------
    >>> [nearest_window(place, start=-1, step=2, extent=3, count=5) for place in (0, 1, 4, 9)]
    [0, 1, 2, 4]
    """
    twice = 2 * (place - start) - (extent - 1)  # from the first middle to the place, in half cells
    return max(0, min((twice + step) // (2 * step), count - 1))


def as_pair(value: int | Pair) -> Pair:
    """An int as the pair of it with itself; a pair as it is."""
    if isinstance(value, list):
        return tuple(value)
    return value if isinstance(value, tuple) else (value, value)


def _as_sides(padding: PaddingLike, window: Window2d) -> Sides:
    if isinstance(padding, str) and padding == "valid":
        return (0, 0), (0, 0)
    if isinstance(padding, str) and padding == "same":
        if window.stride != (1, 1):
            raise SpecError(
                "padding",
                "same",
                window.stride,
                "padding='same' is not supported for strided convolutions",
                "use stride 1, or padding as a number",
            )
        return _same(window.extent[0]), _same(window.extent[1])
    if isinstance(padding, str):
        raise _unreadable_padding(padding)
    if not isinstance(padding, tuple | list):
        amount = require_int("padding", padding, least=0)
        return (amount, amount), (amount, amount)
    if len(padding) != 2:
        raise _unreadable_padding(padding)
    top_bottom, left_right = padding
    return as_pair(top_bottom), as_pair(left_right)


def _same(extent: int) -> Pair:
    """Padding that keeps the size: half before, half after, the odd one after."""
    total = extent - 1
    return total // 2, total - total // 2


def _unreadable_padding(padding: object) -> SpecError:
    return SpecError(
        "padding",
        padding,
        "a number, pairs or a word",
        "padding {value!r} cannot be read",
        "use an int, (height, width), ((top, bottom), (left, right)), 'same' or 'valid'",
    )
