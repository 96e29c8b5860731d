"""Receptive-field arithmetic: one pass from the input to the last layer.

With d*(k - 1) + 1 for the extent e of a kernel, stride s and top or left padding p, for each axis

    r[l] = r[l-1] + (e - 1) * j[l-1]      size of the field in the input
    P[l] = P[l-1] + p * j[l-1]            padding before its first pixel, in input pixels
    j[l] = j[l-1] * s                     the jump: input pixels from one unit to the next

starting from r = 1, P = 0, j = 1. Unit u of layer l then covers pixels -P + u*j to -P + u*j + r - 1.

Source: Araujo, Norris and Sim, "Computing Receptive Fields of Convolutional Neural Networks", Distill (2019).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from convviz.ops.errors import SpecError, require_pair
from convviz.ops.receptive.layers import (
    Branches,
    Layer,
    LayerLike,
    as_layers,
    as_size,
    sides_before,
)
from convviz.ops.receptive.records import LayerField, LayerStep
from convviz.ops.types import Pair


def receptive_field(
    layers: Iterable[LayerLike], input_size: int | Pair | None = None
) -> list[LayerField]:
    """The receptive field of every layer of a stack.

    Parameters
    ----------
    layers
        `Layer`, `Branches`, `Window2d`, `Conv2dSpec` or `PoolSpec`, or short tuples (kernel, stride, padding,
        dilation) of ints or (height, width); padding also ((top, bottom), (left, right)) or "SAME" for
        TensorFlow's, which depends on the size.
    input_size
        (height, width) of the input, or one int; None leaves everything out that depends on it.

    Returns
    -------
    list of LayerField
        One for each layer; branches count as one, where they meet.

    Raises
    ------
    SpecError
        If a window does not fit its input, or paths of a branch have different strides, sizes or centres.

    Examples
    --------
    >>> conv1, pool1, conv2 = receptive_field([(11, 4), (3, 2), (5, 1, 2)], input_size=227)
    >>> conv2.output_size, conv2.jump, conv2.receptive_field, conv2.effective_padding
    ((27, 27), (8, 8), (51, 51), (16, 16))
    >>> conv2.start, conv2.fits
    ((9.5, 9.5), (True, True))
    """
    size = as_size(input_size)
    if size is not None:
        size = require_pair("input_size", size, least=1)
    before: Pair | None = (0, 0)
    jump, field = (1, 1), (1, 1)
    records = []
    for number, layer in enumerate(as_layers(layers), start=1):
        step = step_of(layer, size, number)
        field = _grown(field, step.extent, jump)
        before = _padded(before, step.before, jump)
        jump = (jump[0] * step.stride[0], jump[1] * step.stride[1])
        size = step.output_size
        start = before and (field[0] / 2 - before[0], field[1] / 2 - before[1])
        records.append(LayerField(layer.name, size, jump, field, before, start, step.fits, step))
    return records


def unstrided(layers: Iterable[LayerLike]) -> list[LayerField]:
    """The receptive fields the stack would have if every stride were 1: growth without its multiplier.

    Examples
    --------
    >>> [record.receptive_field[0] for record in unstrided([(3, 2), (3, 2), (3, 2)])]
    [3, 5, 7]
    """
    return receptive_field([_unstrided(layer) for layer in as_layers(layers)])


def _unstrided(layer: Layer | Branches) -> Layer | Branches:
    if isinstance(layer, Branches):
        paths = tuple(tuple(_unstrided(one) for one in path) for path in layer.paths)
        return Branches(paths, layer.name)
    return replace(layer, window=replace(layer.window, stride=(1, 1)))


def step_of(layer: Layer | Branches, size: Pair | None, number: int) -> LayerStep:
    """A layer by itself on an input of ``size``; ``number`` is its place in the stack, for errors."""
    if isinstance(layer, Branches):
        return _meet(layer, size)
    window = layer.window
    if size is None:
        return LayerStep(window.extent, window.stride, layer.padding_before(), None, None)
    window = layer.at(size)
    if not window.fits(size):
        raise SpecError(
            "layers",
            layer.name or number,
            size,
            "layer {value} gets a map of {height}×{width}, smaller than its window of {extent}",
            "pad it, take a smaller kernel, or start from a larger input",
            height=size[0],
            width=size[1],
            extent="×".join(map(str, window.extent)),
        )
    rows, columns = window.leftover(size)
    return LayerStep(
        window.extent,
        window.stride,
        sides_before(window.padding),
        window.output_size(size),
        (rows == 0, columns == 0),
    )


def _meet(branches: Branches, size: Pair | None) -> LayerStep:
    """Branches as one layer: the longest path, once all paths are known to agree on where units lie."""
    ends = [_end(path, size) for path in branches.paths]
    for name, values in (
        ("strides", {end.stride for end in ends}),
        ("output sizes", {end.output_size for end in ends}),
        ("centres", {_centre(end) for end in ends if end.before is not None}),
    ):
        if len(values) > 1:
            raise SpecError(
                "paths",
                sorted(values, key=str),
                1,
                "the paths that meet in {branch!r} have different {what}: {shown}",
                "choose strides and padding so that every path puts its units in the same places",
                branch=branches.name,
                what=name,
                shown=" and ".join(sorted(map(str, values))),
            )
    rows, columns = (max(ends, key=lambda end: end.extent[axis]) for axis in (0, 1))
    unknown = any(end.before is None for end in ends)
    before = None if unknown else (_known(rows.before)[0], _known(columns.before)[1])
    fits = None if size is None else _all_fit(ends)
    extent = (rows.extent[0], columns.extent[1])
    return LayerStep(extent, rows.stride, before, rows.output_size, fits)


def _end(path: tuple[Layer | Branches, ...], size: Pair | None) -> LayerStep:
    """A whole path as one layer."""
    records = receptive_field(path, size)
    if not records:
        return LayerStep((1, 1), (1, 1), (0, 0), size, (True, True))
    last = records[-1]
    fits = None if size is None else _all_fit([record.step for record in records])
    return LayerStep(
        last.receptive_field, last.jump, last.effective_padding, last.output_size, fits
    )


def _centre(end: LayerStep) -> tuple[float, float]:
    """Centre of unit 0's field, where pixel 0 is centred at 0."""
    before = _known(end.before)
    return (end.extent[0] - 1) / 2 - before[0], (end.extent[1] - 1) / 2 - before[1]


def _known(pair: Pair | None) -> Pair:
    assert pair is not None
    return pair


def _all_fit(steps: list[LayerStep]) -> tuple[bool, bool]:
    rows, columns = zip(*(step.fits or (True, True) for step in steps), strict=True)
    return all(rows), all(columns)


def _grown(field: Pair, extent: Pair, jump: Pair) -> Pair:
    return field[0] + (extent[0] - 1) * jump[0], field[1] + (extent[1] - 1) * jump[1]


def _padded(before: Pair | None, more: Pair | None, jump: Pair) -> Pair | None:
    if before is None or more is None:
        return None
    return before[0] + more[0] * jump[0], before[1] + more[1] * jump[1]
