"""Which settings divide without leftover."""

from __future__ import annotations

from dataclasses import replace

from convviz.ops.errors import SpecError
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Pair, Sides
from convviz.ops.window import Window2d

NEAR = 8  # how far from the present value a suggestion may lie


def fitting_settings(window: Window2d, size: Pair, *, pooled: bool = False) -> list[str]:
    """Nearest settings, changed one at a time, whose stride divides: for example "stride 1", "padding 2".

    A stride or kernel that is the same on both axes stays so. Where no equal padding divides, the rows
    and columns that are missing are added at the bottom and on the right. What is `pooled` keeps to what a pool
    can have.

    Examples
    --------
    >>> fitting_settings(Window2d.make(3, stride=3, padding=1), (5, 5))
    ['stride 2', 'padding 2', 'kernel 4']
    >>> fitting_settings(Window2d.make((3, 2), stride=2), (7, 7))
    ['stride 1', 'padding ((0, 0), (0, 1))', 'kernel (3, 1)']
    >>> fitting_settings(Window2d.make(3, stride=2, padding=1), (6, 6))
    ['stride 1', 'padding ((1, 2), (1, 2))', 'kernel 2']
    >>> fitting_settings(Window2d.make(4, stride=5, padding=2), (8, 8), pooled=True)
    ['stride 4', 'kernel 7']
    """
    stride, kernel = window.stride, window.kernel
    strides = (replace(window, stride=pair) for pair in _near(stride))
    kernels = (replace(window, kernel=pair) for pair in _near(kernel))
    paddings = (replace(window, padding=sides) for sides in _paddings(window, size))
    found = []
    for name, candidates in (("stride", strides), ("padding", paddings), ("kernel", kernels)):
        able = (each for each in candidates if not pooled or _pools(each))
        best = next((each for each in able if divides(each, size)), None)
        if best is not None:
            found.append(f"{name} {_said(getattr(best, name))}")
    return found


def divides(window: Window2d, size: Pair) -> bool:
    """Whether the windows reach every row and column of the padded input.

    Examples
    --------
    >>> divides(Window2d.make(3, stride=2), (7, 9)), divides(Window2d.make(3, stride=2), (7, 8))
    (True, False)
    """
    return window.fits(size) and window.leftover(size) == (0, 0)


def _pools(window: Window2d) -> bool:
    """Whether a pool can have this window."""
    try:
        PoolSpec(window)
    except SpecError:
        return False
    return True


def _near(now: Pair) -> list[Pair]:
    """Other values, nearest first and the smaller of two as near; an equal pair stays equal."""
    values = [range(max(1, value - NEAR), value + NEAR + 1) for value in now]
    if now[0] == now[1]:
        pairs = [(value, value) for value in values[0]]
    else:
        pairs = [(down, across) for down in values[0] for across in values[1]]
    return sorted(
        (pair for pair in pairs if pair != now),
        key=lambda pair: (abs(pair[0] - now[0]) + abs(pair[1] - now[1]), pair),
    )


def _paddings(window: Window2d, size: Pair) -> list[Sides]:
    (top, bottom), (left, right) = window.padding
    equal: list[Sides] = []
    if top == bottom == left == right:
        amounts = range(max(0, top - NEAR), top + NEAR + 1)
        equal = [
            ((amount, amount), (amount, amount))
            for amount in sorted(amounts, key=lambda amount: (abs(amount - top), amount))
            if amount != top
        ]
    rows, columns = (
        (-over) % window.stride[axis] for axis, over in enumerate(window.leftover(size))
    )
    return [*equal, ((top, bottom + rows), (left, right + columns))]


def _said(value: Pair | Sides) -> str:
    """As an operation takes it: a pair of equals, and padding that is the same on all sides, as one number."""
    first, second = value
    if isinstance(first, tuple):
        return str(first[0]) if first == second and first[0] == first[1] else str(value)
    return str(first) if first == second else str(value)
