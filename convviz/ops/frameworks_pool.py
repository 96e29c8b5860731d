"""What other libraries give for the settings of a pooling: padding, size and numbers, computed here.

They differ in how the division of the output size is rounded, in where they pad, and in what a mean divides by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from convviz.ops.errors import SpecError
from convviz.ops.frameworks import DOES_NOT_FIT, NONE, Answer, said, said_padding, same_sides
from convviz.ops.pool import PoolKind, pool2d
from convviz.ops.spec import PoolSpec
from convviz.ops.types import Floats, Pair, Sides

OUTSIDE = "outside"  # why Caffe has no number: without padding it drops no window, and one may read nothing
CALLS = {"max": ("max_pool2d", "MaxPooling2D"), "average": ("avg_pool2d", "AveragePooling2D")}


def pool_elsewhere(x: Floats, kind: PoolKind, spec: PoolSpec, counted: bool = True) -> list[Answer]:
    """What PyTorch gives with both ways to round, TensorFlow and Keras, and Caffe.

    Parameters
    ----------
    x
        Shape (C, H, W).
    kind, spec
        The pooling; not dilated.
    counted
        Whether padding cells count in a mean.

    Examples
    --------
    >>> import numpy as np
    >>> x = np.arange(1.0, 10).reshape(1, 3, 3)
    >>> for each in pool_elsewhere(x, "max", PoolSpec.make(2)):
    ...     print(each.library, each.out[0].tolist())
    PyTorch [[5.0]]
    PyTorch: ceil_mode [[5.0, 6.0], [8.0, 9.0]]
    TensorFlow, Keras: SAME [[5.0, 6.0], [8.0, 9.0]]
    TensorFlow, Keras: VALID [[5.0]]
    Caffe [[5.0, 6.0], [8.0, 9.0]]
    """
    return [*_answers(x, kind, spec, counted)]


def _answers(x: Floats, kind: PoolKind, spec: PoolSpec, counted: bool) -> Iterator[Answer]:
    window, size = spec.window, (x.shape[1], x.shape[2])
    torch, keras = CALLS[kind]
    given = f"{said(window.kernel)}, stride={said(window.stride)}"
    padding = said_padding(window.padding)
    counts = f", count_include_pad={counted}" if kind == "average" else ""
    for up, name in ((False, "PyTorch"), (True, "PyTorch: ceil_mode")):
        call = f"{torch}({given}, padding={padding}, ceil_mode={up}{counts})"
        yield _answer((name, call), x, kind, replace(spec, ceil_mode=up), counted)
    sides: tuple[tuple[str, Sides], ...] = (("same", same_sides(size, window)), ("valid", NONE))
    for word, padded in sides:
        call = f"{keras}({said(window.kernel)}, strides={said(window.stride)}, padding={word!r})"
        as_keras = PoolSpec(replace(window, padding=padded))
        name = f"TensorFlow, Keras: {word.upper()}"
        yield _answer((name, call), x, kind, as_keras, counted=False)
    call = f"kernel_size: {said(window.kernel)} stride: {said(window.stride)} pad: {padding}"
    as_caffe = replace(spec, ceil_mode=True)
    if window.padding == NONE and _drops(as_caffe, size):
        yield Answer("Caffe", call, refused=OUTSIDE)
    else:
        yield _answer(("Caffe", call), x, kind, as_caffe, counted=True)


def _drops(spec: PoolSpec, size: Pair) -> bool:
    """Whether a last window would begin beyond the input, which PyTorch drops."""
    window, out = spec.window, spec.output_size(size)
    rooms = zip(size, window.extent, window.stride, out, strict=True)
    return any(
        -(-(length - extent) // stride) + 1 > count for length, extent, stride, count in rooms
    )


def _answer(
    name: tuple[str, str], x: Floats, kind: PoolKind, spec: PoolSpec, counted: bool
) -> Answer:
    try:
        out = pool2d(x, kind, spec, counted)
    except SpecError:
        return Answer(*name, refused=DOES_NOT_FIT)
    return Answer(*name, padding=spec.reaching((x.shape[1], x.shape[2])).padding, out=out)
