"""Which pixels a unit sees, and which units see a pixel: exactly, gaps included.

A set of cells travels through the layers, one at a time. Towards the input, every cell becomes the taps of its
window; towards the output, every cell becomes the units whose window has a tap on it. Taps that fall into a
layer's padding read a constant, so they lead nowhere.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from convviz.ops.errors import SpecError, require_int
from convviz.ops.receptive.layers import Branches, Layer, LayerLike, as_layers, as_size
from convviz.ops.receptive.records import LayerStep
from convviz.ops.receptive.recurrence import receptive_field
from convviz.ops.receptive.sets import Cells, clip, single
from convviz.ops.receptive.travel import back, box_back, forth
from convviz.ops.types import Box, Pair
from convviz.ops.window import AXES


@dataclass(frozen=True, eq=False)
class Field(Cells):
    """What one unit sees of a map: cells of `box`, which is `unclipped` without its part in the padding.

    Parameters
    ----------
    box
        (top, left, bottom, right) inside the map; bottom and right are one past the last cell.
    live
        Which cells of the box reach the unit, bool of shape (bottom - top, right - left).
    unclipped
        The whole box; negative, or beyond the map, where it lies in the padding.
    """

    unclipped: Box


def field_of(
    layers: Iterable[LayerLike],
    row: int,
    col: int,
    layer: int = -1,
    input_size: int | Pair | None = None,
) -> Field:
    """The input pixels one unit sees.

    Parameters
    ----------
    layers
        As for `receptive_field`.
    row, col
        The unit's place in its map.
    layer
        Whose map; the last by default.
    input_size
        (height, width) or an int. Without it nothing is clipped: the box may go beyond any image.

    Returns
    -------
    Field
        The box in the input, clipped and unclipped, and the live pixels in it.

    Raises
    ------
    SpecError
        If there is no such unit, or the stack cannot be (see `receptive_field`).

    Examples
    --------
    >>> field = field_of([(3, 3, 1), (2, 1)], 0, 0, input_size=7)
    >>> field.unclipped, field.box
    ((-1, -1, 5, 5), (0, 0, 5, 5))

    A stride larger than the kernel leaves pixels out:

    >>> holes = field_of([(1, 3), (2, 1)], 0, 0)
    >>> holes.unclipped, holes.positions.tolist()
    ((0, 0, 4, 4), [[0, 0], [0, 3], [3, 0], [3, 3]])
    """
    return fields_through(layers, row, col, layer, input_size)[0]


def fields_through(
    layers: Iterable[LayerLike],
    row: int,
    col: int,
    layer: int = -1,
    input_size: int | Pair | None = None,
) -> list[Field]:
    """What one unit sees of the input and of every map up to its own, in this order.

    Examples
    --------
    >>> [field.box for field in fields_through([(3, 1, 1), (2, 2)], 1, 1, input_size=6)]
    [(1, 1, 5, 5), (2, 2, 4, 4), (1, 1, 2, 2)]
    """
    stack, sizes, steps = _resolved(layers, layer, input_size)
    _check_inside(("row", row), ("col", col), sizes[-1])
    cells = single(row, col)
    fields = [Field(cells.box, cells.live, cells.box)]
    unclipped = cells.box
    for one, size, step in zip(reversed(stack), sizes[-2::-1], reversed(steps), strict=True):
        cells = back(one, cells, size)
        unclipped = box_back(unclipped, step)
        shown = unclipped if size is None else clip(unclipped, size)
        fields.append(Field(shown, cells.within(shown), unclipped))
    return fields[::-1]


def units_seeing(
    layers: Iterable[LayerLike],
    row: int,
    col: int,
    layer: int = -1,
    input_size: int | Pair | None = None,
) -> Cells:
    """The units of one layer that see an input pixel: their box, and which of the box do.

    Examples
    --------
    >>> units_seeing([(3, 2, 1), (3, 1, 1)], 3, 4, input_size=9).positions[[0, -1]].tolist()
    [[0, 1], [3, 3]]
    """
    return units_through(layers, row, col, layer, input_size)[-1]


def units_through(
    layers: Iterable[LayerLike],
    row: int,
    col: int,
    layer: int = -1,
    input_size: int | Pair | None = None,
) -> list[Cells]:
    """The pixel itself, and the units of every layer that see it, in this order."""
    stack, sizes, _ = _resolved(layers, layer, input_size)
    _check_inside(("row", row), ("col", col), sizes[0])
    found = [single(row, col)]
    for one, size, out in zip(stack, sizes, sizes[1:], strict=False):
        found.append(forth(one, found[-1], size, out))
    return found


def _resolved(
    layers: Iterable[LayerLike], layer: int, input_size: int | Pair | None
) -> tuple[tuple[Layer | Branches, ...], list[Pair | None], list[LayerStep]]:
    """The layers up to the chosen one, the sizes of the input and of their maps, and each by itself."""
    stack = as_layers(layers)
    if not isinstance(layer, int):
        raise SpecError(
            "layer",
            layer,
            "int",
            "layer {value!r} is not a whole number",
            "count from 0, or from the end with -1",
        )
    if not -len(stack) <= layer < len(stack):
        raise SpecError(
            "layer",
            layer,
            len(stack),
            "layer {value} is not among the {limit} layers",
            "count from 0, or from the end with -1",
        )
    stack = stack[: layer % len(stack) + 1]
    records = receptive_field(stack, input_size)
    if records[-1].effective_padding is None:
        raise SpecError(
            "input_size",
            None,
            "SAME",
            "padding {limit} depends on the size of the input",
            "give input_size",
        )
    sizes = [as_size(input_size), *(record.output_size for record in records)]
    return stack, sizes, [record.step for record in records]


def _check_inside(row: tuple[str, int], col: tuple[str, int], size: Pair | None) -> None:
    for axis, (name, value) in enumerate((row, col)):
        require_int(name, value, least=0)
        if size is not None and value >= size[axis]:
            raise SpecError(
                name,
                value,
                size[axis] - 1,
                "{argument} {value} lies outside the map",
                "use 0 to {limit} for the {axis}",
                axis=AXES[axis],
            )
