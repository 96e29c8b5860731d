"""Settings of a sliding window, valid once built.

Pairs are (height, width); padding is ((top, bottom), (left, right)). One axis has the output size

    floor((size + before + after - dilation * (kernel - 1) - 1) / stride) + 1
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args

import numpy as np

Pair: TypeAlias = tuple[int, int]
Sides: TypeAlias = tuple[Pair, Pair]
PaddingMode = Literal["zeros", "reflect", "replicate", "circular"]
PaddingLike: TypeAlias = int | Pair | Sides | Literal["same", "valid"] | str
AXES = ("height", "width")


class SpecError(ValueError):
    """A setting that cannot work, and what would.

    Parameters
    ----------
    argument
        Name of the offending argument.
    value
        What was given.
    limit
        What it was held against.
    problem, suggestion
        The two halves of the sentence shown: "<problem>: <suggestion>".
    """

    def __init__(self, argument: str, value: object, limit: object, problem: str, suggestion: str):
        super().__init__(f"{problem}: {suggestion}")
        self.argument, self.value, self.limit = argument, value, limit
        self.suggestion = suggestion


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
            _require_pair(name, getattr(self, name), least=1)
        if not (isinstance(self.padding, tuple) and len(self.padding) == 2):
            raise _unreadable_padding(self.padding)
        for sides in self.padding:
            _require_pair("padding", sides, least=0)

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

    def padded_size(self, size: Pair) -> Pair:
        """(height, width) of the input with its padding."""
        (top, bottom), (left, right) = self.padding
        return size[0] + top + bottom, size[1] + left + right

    def fits(self, size: Pair) -> bool:
        """Whether the kernel fits the padded input at least once."""
        padded = self.padded_size(size)
        return self.extent[0] <= padded[0] and self.extent[1] <= padded[1]

    def output_size(self, size: Pair, ceil_mode: bool = False) -> Pair:
        """(OH, OW) for an input of ``size`` (H, W); see the formula at the top of the module.

        Raises
        ------
        SpecError
            If the kernel is larger than the padded input.
        """
        return (
            self._axis_output(0, size[0], ceil_mode),
            self._axis_output(1, size[1], ceil_mode),
        )

    def leftover(self, size: Pair) -> Pair:
        """Trailing rows and columns of the padded input that no window reaches."""
        padded, out = self.padded_size(size), self.output_size(size)
        return (
            padded[0] - self.extent[0] - (out[0] - 1) * self.stride[0],
            padded[1] - self.extent[1] - (out[1] - 1) * self.stride[1],
        )

    def _axis_output(self, axis: int, size: int, ceil_mode: bool) -> int:
        before, after = self.padding[axis]
        extent, stride = self.extent[axis], self.stride[axis]
        room = size + before + after - extent
        if room < 0:
            raise self._too_large(axis, size + before + after)
        if not ceil_mode:
            return room // stride + 1
        out = -(-room // stride) + 1
        # A last window that would start in the padding on the far side is dropped.
        return out - 1 if (out - 1) * stride >= size + before else out

    def _too_large(self, axis: int, padded: int) -> SpecError:
        kernel, dilation, extent = self.kernel[axis], self.dilation[axis], self.extent[axis]
        each_side = -(-(extent - padded) // 2) + self.padding[axis][0]
        largest = (padded - 1) // dilation + 1
        name = f"kernel {kernel}" + (
            f" with dilation {dilation}, spanning {extent}," if dilation > 1 else ""
        )
        return SpecError(
            "kernel",
            kernel,
            padded,
            f"{name} exceeds padded input {AXES[axis]} {padded}",
            (f"use a kernel of at most {largest}, or " if largest >= 1 else "use ")
            + f"padding of at least {each_side}",
        )


@dataclass(frozen=True)
class Conv2dSpec:
    """A window, the number of groups, and what the padding cells hold.

    Examples
    --------
    >>> Conv2dSpec.make(3, padding="same", padding_mode="reflect").window.padding
    ((1, 1), (1, 1))
    """

    window: Window2d
    groups: int = 1
    padding_mode: PaddingMode = "zeros"

    def __post_init__(self) -> None:
        _require_int("groups", self.groups, least=1)
        modes = get_args(PaddingMode)
        if self.padding_mode not in modes:
            raise SpecError(
                "padding_mode",
                self.padding_mode,
                modes,
                f"padding_mode {self.padding_mode!r} is unknown",
                f"use one of {', '.join(modes)}",
            )

    @classmethod
    def make(
        cls,
        kernel: int | Pair,
        stride: int | Pair = 1,
        padding: PaddingLike = 0,
        dilation: int | Pair = 1,
        groups: int = 1,
        padding_mode: Any = "zeros",
    ) -> Conv2dSpec:
        """Build from the arguments of `convviz.conv2d`."""
        return cls(Window2d.make(kernel, stride, padding, dilation), groups, padding_mode)


@dataclass(frozen=True)
class PoolSpec:
    """A pooling window and whether the last, partial window counts (``ceil_mode``).

    As in PyTorch, padding is at most half the kernel, so that no window lies in the padding alone.
    """

    window: Window2d
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        for kernel, (before, after) in zip(self.window.kernel, self.window.padding, strict=True):
            if max(before, after) > kernel // 2:
                raise SpecError(
                    "padding",
                    max(before, after),
                    kernel // 2,
                    f"padding {max(before, after)} exceeds half the pooling kernel {kernel}",
                    f"use padding of at most {kernel // 2}",
                )

    @classmethod
    def make(
        cls,
        kernel: int | Pair,
        stride: int | Pair | None = None,
        padding: PaddingLike = 0,
        dilation: int | Pair = 1,
        ceil_mode: bool = False,
    ) -> PoolSpec:
        """Build from the arguments of `convviz.max_pool2d`; the stride defaults to the kernel."""
        return cls(
            Window2d.make(kernel, kernel if stride is None else stride, padding, dilation),
            ceil_mode,
        )

    def output_size(self, size: Pair) -> Pair:
        """(OH, OW) for an input of ``size`` (H, W)."""
        return self.window.output_size(size, self.ceil_mode)


def output_size(
    size: int,
    kernel: int,
    stride: int = 1,
    padding: int = 0,
    dilation: int = 1,
    ceil_mode: bool = False,
) -> int:
    """Output length of one axis.

    ``floor((size + 2 * padding - dilation * (kernel - 1) - 1) / stride) + 1``; with ``ceil_mode`` the
    division rounds up, unless the last window would start in the padding on the far side.

    Raises
    ------
    SpecError
        If the kernel is larger than the padded input, or a setting is out of range.

    Examples
    --------
    >>> output_size(227, kernel=11, stride=4)
    55
    >>> output_size(112, kernel=3, stride=2, padding=1, ceil_mode=True)
    57
    """
    window = Window2d.make(kernel, stride, padding, dilation)
    return window.output_size((size, size), ceil_mode)[0]


def fitting_settings(window: Window2d, size: Pair) -> list[str]:
    """Nearest settings, changed one at a time, whose stride divides: for example "stride 1", "padding 2".

    Examples
    --------
    >>> fitting_settings(Window2d.make(3, stride=3, padding=1), (5, 5))
    ['stride 2', 'padding 2', 'kernel 4']
    """
    found = []
    for name, current, low in (
        ("stride", window.stride, 1),
        ("padding", None, 0),
        ("kernel", window.kernel, 1),
    ):
        now = window.padding[0][0] if current is None else current[0]
        for value in sorted(range(low, now + 8), key=lambda v: (abs(v - now), v)):
            if value != now and _divides(window, size, name, value):
                found.append(f"{name} {value}")
                break
    return found


def _divides(window: Window2d, size: Pair, name: str, value: int) -> bool:
    settings: dict[str, Any] = {
        "kernel": window.kernel,
        "stride": window.stride,
        "padding": window.padding,
        "dilation": window.dilation,
    }
    changed = Window2d.make(**(settings | {name: value}))
    return changed.fits(size) and changed.leftover(size) == (0, 0)


def as_pair(value: int | Pair) -> Pair:
    """An int as the pair of it with itself; a pair as it is."""
    return value if isinstance(value, tuple) else (value, value)


def _as_sides(padding: PaddingLike, window: Window2d) -> Sides:
    if padding == "valid":
        return (0, 0), (0, 0)
    if padding == "same":
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
    if not isinstance(padding, tuple):
        return (padding, padding), (padding, padding)
    if len(padding) != 2:
        raise _unreadable_padding(padding)
    top_bottom, left_right = padding
    return as_pair(top_bottom), as_pair(left_right)


def _same(extent: int) -> Pair:
    """Padding that keeps the size: half before, half after, the odd one after."""
    total = extent - 1
    return total // 2, total - total // 2


def _require_int(name: str, value: object, least: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int | np.integer):
        raise SpecError(
            name,
            value,
            "int",
            f"{name} {value!r} is not a whole number",
            f"use an int of at least {least}",
        )
    if value < least:
        raise SpecError(
            name, value, least, f"{name} {value} is too small", f"use {name} of at least {least}"
        )


def _require_pair(name: str, value: object, least: int) -> None:
    if not (isinstance(value, tuple) and len(value) == 2):
        raise SpecError(
            name,
            value,
            "pair",
            f"{name} {value!r} is not a pair",
            f"use an int or (height, width) for {name}",
        )
    for item in value:
        _require_int(name, item, least)


def _unreadable_padding(padding: object) -> SpecError:
    return SpecError(
        "padding",
        padding,
        "a number, pairs or a word",
        f"padding {padding!r} cannot be read",
        "use an int, (height, width), ((top, bottom), (left, right)), 'same' or 'valid'",
    )
