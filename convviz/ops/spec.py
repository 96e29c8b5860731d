"""Settings of the operations, valid once built: the window and what else each operation needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from convviz.ops.errors import SpecError, require_int, require_word
from convviz.ops.padding import PADDING_MODES, check_room
from convviz.ops.types import Pair
from convviz.ops.window import PaddingLike, Window2d


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
    padding_mode: str = "zeros"

    def __post_init__(self) -> None:
        object.__setattr__(self, "groups", require_int("groups", self.groups, least=1))
        require_word("padding_mode", self.padding_mode, tuple(PADDING_MODES))

    @classmethod
    def make(
        cls,
        kernel: int | Pair,
        stride: int | Pair = 1,
        padding: PaddingLike = 0,
        dilation: int | Pair = 1,
        groups: int = 1,
        padding_mode: str = "zeros",
    ) -> Conv2dSpec:
        """Build from the arguments of `convviz.conv2d`."""
        return cls(Window2d.make(kernel, stride, padding, dilation), groups, padding_mode)

    def output_size(self, size: Pair) -> Pair:
        """(OH, OW) for an input of ``size`` (H, W).

        Raises
        ------
        SpecError
            If the kernel is larger than the padded input, or the padding copies more cells than there are.
        """
        mode, window = PADDING_MODES[self.padding_mode], self.window
        out = window.output_size(
            size, allows=lambda length, _, amount: mode.has_room(length, amount)
        )
        check_room(
            size,
            window.padding,
            mode,
            lambda axis, amount: window.extent[axis] <= size[axis] + 2 * amount,
        )
        return out

    @property
    def keywords(self) -> dict[str, Any]:
        """The arguments of `convviz.conv2d` and `convviz.conv2d_backward` that say the same."""
        window = self.window
        return {
            "stride": window.stride,
            "padding": window.padding,
            "dilation": window.dilation,
            "groups": self.groups,
            "padding_mode": self.padding_mode,
        }


@dataclass(frozen=True)
class PoolSpec:
    """A pooling window and whether the last, partial window counts (``ceil_mode``).

    As in PyTorch, padding is at most half the kernel: no window lies in the padding alone, unless it is dilated.

    Examples
    --------
    >>> PoolSpec.make(3, stride=2, padding=1, ceil_mode=True).output_size((112, 112))
    (57, 57)
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
                    "padding {value} exceeds half the pooling kernel {kernel}",
                    "use padding of at most {limit}",
                    kernel=kernel,
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
        return self.window.output_size(
            size, self.ceil_mode, lambda _length, kernel, amount: amount <= kernel // 2
        )

    def reaching(self, size: Pair) -> Window2d:
        """The window with as much more padding, bottom and right, as the last window overhangs.

        Examples
        --------
        >>> PoolSpec.make(2, ceil_mode=True).reaching((5, 6)).padding
        ((0, 1), (0, 0))
        """
        return self.window.bounded(size).reaching(size, self.output_size(size))


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
    size = require_int("size", size, least=1)
    for name, value, least in (
        ("kernel", kernel, 1),
        ("stride", stride, 1),
        ("padding", padding, 0),
        ("dilation", dilation, 1),
    ):
        require_int(name, value, least)
    window = Window2d.make(kernel, stride, padding, dilation)
    return window.output_size((size, size), ceil_mode)[0]
