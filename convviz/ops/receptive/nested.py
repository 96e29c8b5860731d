"""Units of all layers whose fields lie inside one another, as a field grows with the layers."""

from __future__ import annotations

from collections.abc import Sequence

from convviz.ops.receptive.layers import Layer
from convviz.ops.receptive.recurrence import receptive_field
from convviz.ops.types import Pair
from convviz.ops.window import Window2d, nearest_window


def nested_units(layers: Sequence[Layer], unit: Pair, layer: int, input_size: Pair) -> list[Pair]:
    """A pixel and a unit of each layer, each in the window of the next.

    Parameters
    ----------
    layers
        The stack, of L layers; it fits the input.
    unit
        (row, column) of the unit to go through.
    layer
        Whose unit that is.
    input_size
        (height, width).

    Returns
    -------
    list of (row, column)
        L + 1 of them, the pixel first: below the unit the middle tap of each window, above it the unit whose
        window has its middle nearest.

    Examples
    --------
    >>> stack = [Layer.make(3, padding=1), Layer.make(2, 2), Layer.make(3)]
    >>> nested_units(stack, unit=(4, 5), layer=1, input_size=(20, 20))
    [(9, 11), (9, 11), (4, 5), (3, 4)]
    """
    sizes = [input_size]
    for record in receptive_field(layers, input_size):
        assert record.output_size is not None, "the input's size is given"
        sizes.append(record.output_size)
    windows = [one.at(size) for one, size in zip(layers, sizes, strict=False)]
    found = [unit]
    for level in range(layer, -1, -1):
        found.insert(0, _middle_tap(windows[level], found[0], sizes[level]))
    for level in range(layer + 1, len(layers)):
        found.append(_nearest(windows[level], found[-1], sizes[level + 1]))
    return found


def _middle_tap(window: Window2d, unit: Pair, size: Pair) -> Pair:
    """The middle one of the taps of a unit's window that do not lie in the padding."""
    middle = []
    for axis in (0, 1):
        first = unit[axis] * window.stride[axis] - window.padding[axis][0]
        taps = [first + k * window.dilation[axis] for k in range(window.kernel[axis])]
        inside = [tap for tap in taps if 0 <= tap < size[axis]] or [0]  # padding alone: any will do
        middle.append(inside[len(inside) // 2])
    return middle[0], middle[1]


def _nearest(window: Window2d, cell: Pair, size: Pair) -> Pair:
    """The unit, of a map of ``size``, whose window has its middle nearest to a cell before it."""
    start = (-window.padding[0][0], -window.padding[1][0])
    row, column = map(nearest_window, cell, start, window.stride, window.extent, size)
    return row, column
