"""A stack of layers as one short line of text, and back: what a link holds.

One layer is ``name:kind`` with its numbers, such as ``conv1:c11s4p2`` or ``pool1:p3s2``; layers are joined by
semicolons. Kind is c (convolution) or p (pool); then kernel, s stride, p padding, d dilation. A number may be a
pair, ``3x5`` (height, width); padding may be ``pS`` (TensorFlow's SAME) or four numbers, ``p0_1_0_1``
(top, bottom, left, right). What is left out is stride 1, padding 0, dilation 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from convviz.ops.errors import SpecError
from convviz.ops.receptive.layers import SAME, Layer
from convviz.ops.types import Pair, Sides
from convviz.ops.window import PaddingLike

LONGEST = 64  # layers read from a text
_LARGEST = 512
_PAIR = r"\d+(?:x\d+)?"
_LAYER = re.compile(
    rf"(?P<name>[^:;]*):(?P<kind>[cp])(?P<kernel>{_PAIR})(?:s(?P<stride>{_PAIR}))?"
    rf"(?:p(?P<padding>S|\d+_\d+_\d+_\d+|{_PAIR}))?(?:d(?P<dilation>{_PAIR}))?"
)


def write_stack(layers: Iterable[Layer]) -> str:
    """The layers as text.

    Examples
    --------
    >>> write_stack([Layer.make(11, 4, name="conv1"), Layer.make((3, 5), 2, "SAME", name="b", kind="pool")])
    'conv1:c11s4;b:p3x5s2pS'
    """
    return ";".join(_write(layer) for layer in layers)


def read_stack(text: str) -> tuple[Layer, ...]:
    """The layers of a text written by `write_stack`.

    Raises
    ------
    SpecError
        If it cannot be read, or has no layer or too many.

    Examples
    --------
    >>> [layer.window.padding for layer in read_stack("a:c3p1;b:p3s2p0_1_0_2")]
    [((1, 1), (1, 1)), ((0, 1), (0, 2))]
    """
    parts = text.split(";")
    if len(parts) > LONGEST:
        raise SpecError(
            "stack",
            len(parts),
            LONGEST,
            "the stack has {value} layers",
            "use at most {limit}",
        )
    return tuple(_read(part) for part in parts)


def _write(layer: Layer) -> str:
    window = layer.window
    text = f"{layer.name}:{layer.kind[0]}{_written(window.kernel)}"
    if window.stride != (1, 1):
        text += f"s{_written(window.stride)}"
    if layer.same:
        text += "pS"
    elif window.padding != ((0, 0), (0, 0)):
        text += f"p{_written_sides(window.padding)}"
    if window.dilation != (1, 1):
        text += f"d{_written(window.dilation)}"
    return text


def _read(text: str) -> Layer:
    found = _LAYER.fullmatch(text)
    if found is None:
        raise SpecError(
            "stack",
            text,
            "name:c3s1p1",
            "layer {value!r} cannot be read",
            "write it as {limit}: name, c or p, kernel, then s, p and d with their numbers",
        )
    part = found.groupdict()
    return Layer.make(
        _number(part["kernel"]),
        _number(part["stride"] or "1"),
        _padding(part["padding"] or "0"),
        _number(part["dilation"] or "1"),
        part["name"],
        "conv" if part["kind"] == "c" else "pool",
    )


def _written(pair: Pair) -> str:
    return str(pair[0]) if pair[0] == pair[1] else f"{pair[0]}x{pair[1]}"


def _written_sides(sides: Sides) -> str:
    (top, bottom), (left, right) = sides
    if top == bottom and left == right:
        return _written((top, left))
    return f"{top}_{bottom}_{left}_{right}"


def _number(text: str) -> int | Pair:
    numbers = [_whole(number) for number in text.split("x")]
    return (numbers[0], numbers[1]) if len(numbers) == 2 else numbers[0]


def _whole(text: str) -> int:
    """One number; the text's length is bounded first: Python reads no number of thousands of digits."""
    if len(text.lstrip("0")) > len(str(_LARGEST)) or int(text) > _LARGEST:
        raise SpecError(
            "stack", text, _LARGEST, "{value} is too large for a layer", "use at most {limit}"
        )
    return int(text)


def _padding(text: str) -> PaddingLike:
    if text == "S":
        return SAME
    if "_" in text:
        top, bottom, left, right = (_whole(number) for number in text.split("_"))
        return (top, bottom), (left, right)
    return _number(text)
