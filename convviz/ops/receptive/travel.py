"""How a set of cells travels through one layer, or through branches: towards the input, and towards the output."""

from __future__ import annotations

from convviz.ops.receptive.layers import Branches, Layer
from convviz.ops.receptive.records import LayerStep
from convviz.ops.receptive.recurrence import step_of
from convviz.ops.receptive.sets import Cells, readers, taps, union
from convviz.ops.types import Box, Pair


def back(layer: Layer | Branches, cells: Cells, size: Pair | None) -> Cells:
    """Cells of a layer's input that reach these cells of its map."""
    if isinstance(layer, Layer):
        return taps(cells, layer.window if size is None else layer.at(size), size)
    found = []
    for path in layer.paths:
        reached = cells
        for one, before in reversed(list(zip(path, _sizes(path, size), strict=False))):
            reached = back(one, reached, before)
        found.append(reached)
    return union(found)


def forth(layer: Layer | Branches, cells: Cells, size: Pair | None, out: Pair | None) -> Cells:
    """Units of a layer's map that see any of these cells of its input."""
    if isinstance(layer, Layer):
        return readers(cells, layer.window if size is None else layer.at(size), out)
    found = []
    for path in layer.paths:
        reached, sizes = cells, _sizes(path, size)
        for one, before, after in zip(path, sizes, sizes[1:], strict=False):
            reached = forth(one, reached, before, after)
        found.append(reached)
    return union(found)


def _sizes(path: tuple[Layer | Branches, ...], size: Pair | None) -> list[Pair | None]:
    """The size of a path's input and of each of its maps."""
    sizes = [size]
    for number, one in enumerate(path, start=1):
        sizes.append(step_of(one, sizes[-1], number).output_size)
    return sizes


def box_back(box: Box, step: LayerStep) -> Box:
    """The box of a map's box in the layer's input, padding included."""
    assert step.before is not None
    low = [box[axis] * step.stride[axis] - step.before[axis] for axis in (0, 1)]
    high = [
        (box[axis + 2] - 1) * step.stride[axis] - step.before[axis] + step.extent[axis]
        for axis in (0, 1)
    ]
    return low[0], low[1], high[0], high[1]
