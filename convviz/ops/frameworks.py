"""What other libraries give for the settings of a convolution: padding, size and numbers, computed here.

Each of them slides the filters as this one does; they differ in where zeros are put and in whether the filters are
turned.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convviz.ops.conv import conv2d
from convviz.ops.errors import SpecError
from convviz.ops.padding import PADDING_MODES, pad
from convviz.ops.receptive.layers import tensorflow_same
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Floats, Pair, Sides
from convviz.ops.window import Window2d

NONE: Sides = ((0, 0), (0, 0))
# Why a library refuses the settings.
STRIDED_SAME, STRIDED_DILATED, DOES_NOT_FIT = "strided same", "strided dilated", "does not fit"
UNEVEN, DILATED = "uneven", "dilated"


@dataclass(frozen=True, eq=False)
class Answer:
    """What a library gives."""

    library: str  # its name
    call: str  # how the settings are written there
    padding: Sides = NONE  # zeros on each side; of PyTorch what its padding mode puts there
    out: Floats | None = None  # shape (F, OH, OW); None where it refuses
    refused: str = ""  # why

    def differing(self, shown: Floats) -> npt.NDArray[np.bool_]:
        """Which of its cells differ from those of another map, or have none there to be compared with."""
        assert self.out is not None
        differs = np.ones(self.out.shape, dtype=bool)
        both = tuple(slice(min(a, b)) for a, b in zip(self.out.shape, shown.shape, strict=True))
        scale = max(1.0, float(np.abs(shown).max(initial=0)))
        differs[both] = np.abs(self.out[both] - shown[both]) > 1e-9 * scale
        return differs


def same_sides(size: Pair, window: Window2d) -> Sides:
    """TensorFlow's SAME padding: an output of ``ceil(size / stride)``, the odd row below and column right.

    Examples
    --------
    >>> same_sides((4, 5), Window2d.make(3, stride=2))
    ((0, 1), (1, 1))
    """
    rows, columns = (
        tensorflow_same(length, extent, stride)
        for length, extent, stride in zip(size, window.extent, window.stride, strict=True)
    )
    return rows, columns


def flipped_sides(window: Window2d, mode: str) -> Sides:
    """Zeros that scipy's ``convolve2d`` puts on each side; of an even kernel the odd one above and on the left.

    Examples
    --------
    >>> flipped_sides(Window2d.make(2), "same"), flipped_sides(Window2d.make(3), "full")
    (((1, 0), (1, 0)), ((2, 2), (2, 2)))
    """
    height, width = window.extent
    if mode == "valid":
        return NONE
    if mode == "full":
        return (height - 1, height - 1), (width - 1, width - 1)
    return (height // 2, (height - 1) // 2), (width // 2, (width - 1) // 2)


def conv_elsewhere(
    x: Floats, w: Floats, b: Floats, spec: Conv2dSpec, *, same: bool = False
) -> list[Answer]:
    """What PyTorch, TensorFlow and Keras, Caffe and scipy give.

    Parameters
    ----------
    x
        Shape (C, H, W).
    w, b
        The filters as they are given to a library, (F, C, KH, KW), and their biases.
    spec
        Stride, padding, dilation and padding mode.
    same
        Whether the padding was asked for by that word.

    Examples
    --------
    >>> x = np.arange(1.0, 17).reshape(1, 4, 4)
    >>> spec = Conv2dSpec.make(3, stride=2, padding=1)
    >>> for each in conv_elsewhere(x, np.ones((1, 1, 3, 3)), np.zeros(1), spec)[:2]:
    ...     print(each.library, each.padding, each.out.tolist())
    PyTorch ((1, 1), (1, 1)) [[[14.0, 30.0], [57.0, 99.0]]]
    TensorFlow, Keras: SAME ((0, 1), (0, 1)) [[[54.0, 45.0], [72.0, 54.0]]]
    """
    return [*_answers(x, w, b, spec, same)]


def _answers(x: Floats, w: Floats, b: Floats, spec: Conv2dSpec, same: bool) -> Iterator[Answer]:
    window, size = spec.window, (x.shape[1], x.shape[2])
    strided = window.stride != (1, 1)
    rest = f"stride={said(window.stride)}, dilation={said(window.dilation)}"
    torch = ("PyTorch", _torch_call(spec, same, rest))
    if same and strided:
        yield Answer(*torch, refused=STRIDED_SAME)
    else:
        yield _answer(torch, x, w, b, spec, window.padding)
    for word, sides in (("same", same_sides(size, window)), ("valid", NONE)):
        keras = (
            f"TensorFlow, Keras: {word.upper()}",
            f"Conv2D(padding={word!r}, strides={said(window.stride)}, "
            f"dilation_rate={said(window.dilation)})",
        )
        if strided and window.dilation != (1, 1):
            yield Answer(*keras, refused=STRIDED_DILATED)
        else:
            yield _answer(keras, x, w, b, Conv2dSpec(window), sides)
    caffe = ("Caffe", f"Convolution(pad={said_padding(window.padding)}, {rest})")
    if any(before != after for before, after in window.padding):
        yield Answer(*caffe, refused=UNEVEN)
    else:
        yield _answer(caffe, x, w, b, Conv2dSpec(window), window.padding)
    mode = "valid" if window.padding == NONE else "same"
    every = f"[::{window.stride[0]}, ::{window.stride[1]}]" if strided else ""
    scipy = ("scipy", f"convolve2d(mode={mode!r}){every}")
    if window.dilation != (1, 1):
        yield Answer(*scipy, refused=DILATED)
        return
    turned = np.ascontiguousarray(w[:, :, ::-1, ::-1])
    yield _answer(scipy, x, turned, b, Conv2dSpec(window), flipped_sides(window, mode))


def _torch_call(spec: Conv2dSpec, same: bool, rest: str) -> str:
    """PyTorch's line. Its ``conv2d`` adds zeros alone, as many on opposite sides; with `same` it counts them."""
    (top, bottom), (left, right) = sides = spec.window.padding
    mode = PADDING_MODES[spec.padding_mode]
    copies = mode.copies and sides != NONE
    if copies or (not same and (top, left) != (bottom, right)):
        return f"conv2d(F.pad(x, {(left, right, top, bottom)}, mode={mode.torch!r}), w, b, {rest})"
    return f"conv2d(padding={repr('same') if same else said_padding(sides)}, {rest})"


def _answer(
    name: tuple[str, str],
    x: Floats,
    w: Floats,
    b: Floats,
    spec: Conv2dSpec,
    sides: Sides,
) -> Answer:
    """The numbers with this padding."""
    window = Window2d(spec.window.kernel, spec.window.stride, sides, spec.window.dilation)
    try:
        x_pad = pad(x[None], sides, spec.padding_mode)  # (1, C, H, W)
        out = conv2d(x_pad, w, b, stride=window.stride, dilation=window.dilation)[0]
    except SpecError:
        return Answer(*name, refused=DOES_NOT_FIT)
    return Answer(*name, padding=sides, out=out)


def said(pair: Pair) -> str:
    """A pair as libraries take it: one number where both are alike."""
    return f"{pair[0]}" if pair[0] == pair[1] else f"{pair}"


def said_padding(sides: Sides) -> str:
    """One number where all sides are alike, a pair where opposite ones are; else all four."""
    (top, bottom), (left, right) = sides
    return said((top, left)) if top == bottom and left == right else f"{sides}"
