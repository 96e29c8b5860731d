"""The settings of a window as text."""

from __future__ import annotations

from convviz.ops.types import Pair, Sides
from convviz.ops.window import Window2d
from convviz.text.i18n import _


def window_line(window: Window2d, *, pooling: bool = False) -> str:
    """The settings of a window in one line; a pooling window has no kernel.

    Examples
    --------
    >>> window_line(Window2d.make(3, padding=1)), window_line(Window2d.make(2, 2), pooling=True)
    ('kernel 3×3, stride 1, padding 1, dilation 1', 'window 2×2, stride 2, padding 0, dilation 1')
    """
    said = (
        _("window {kernel}, stride {stride}, padding {padding}, dilation {dilation}")
        if pooling
        else _("kernel {kernel}, stride {stride}, padding {padding}, dilation {dilation}")
    )
    return said.format(
        kernel="×".join(map(str, window.kernel)),
        stride=pair_text(window.stride),
        padding=sides_text(window.padding),
        dilation=pair_text(window.dilation),
    )


def pair_text(pair: Pair) -> str:
    """One number where both are equal, else height × width.

    Examples
    --------
    >>> pair_text((2, 2)), pair_text((1, 3))
    ('2', '1×3')
    """
    return str(pair[0]) if pair[0] == pair[1] else "×".join(map(str, pair))


def sides_text(sides: Sides) -> str:
    """One number where all four are equal, else top, bottom, left, right.

    Examples
    --------
    >>> sides_text(((1, 1), (1, 1))), sides_text(((0, 1), (2, 2)))
    ('1', '0, 1, 2, 2')
    """
    numbers = [side for pair in sides for side in pair]
    return str(numbers[0]) if len(set(numbers)) == 1 else ", ".join(map(str, numbers))
