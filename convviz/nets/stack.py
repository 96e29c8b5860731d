"""A stack of layers as a line of text, as a link or a command line holds it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from convviz.nets.layer import Layer
from convviz.nets.layers import Affine, Conv2d, MaxPool2d, ReLU
from convviz.nets.regularising import BatchNorm, Dropout
from convviz.ops.errors import SpecError

_PATTERNS: dict[str, Callable[..., Layer]] = {
    r"conv([0-9]{1,9})-([0-9]{1,9})(?:-g([0-9]{1,9}))?": lambda kernel, filters, groups: Conv2d(
        int(filters), int(kernel), int(groups or 1)
    ),
    r"relu": ReLU,
    r"pool([0-9]{1,9})": lambda size: MaxPool2d(int(size)),
    r"affine([0-9]{1,9})": lambda units: Affine(int(units)),
    r"norm": BatchNorm,
    r"dropout(0?\.[0-9]+|0)": lambda probability: Dropout(float(probability)),
}


def parse_stack(text: str) -> list[Layer]:
    """Layers from a text such as ``conv7-32 relu pool2 affine100 relu affine10``.

    Raises
    ------
    SpecError
        If a word is not a layer.

    Examples
    --------
    >>> parse_stack("conv5-16 relu pool2")
    [Conv2d(filters=16, kernel=5, groups=1), ReLU(), MaxPool2d(size=2)]
    """
    return [_parse_layer(word) for word in text.split()]


def stack_text(layers: Sequence[Layer]) -> str:
    """The text that `parse_stack` reads.

    Examples
    --------
    >>> stack_text([Conv2d(16, 5), ReLU(), Dropout(0.5)])
    'conv5-16 relu dropout0.5'
    """
    return " ".join(layer.text for layer in layers)


def _parse_layer(word: str) -> Layer:
    for pattern, make in _PATTERNS.items():
        if found := re.fullmatch(pattern, word):
            return make(*found.groups())
    raise SpecError(
        "stack",
        word,
        None,
        "{value!r} is not a layer",
        "use conv7-32 (kernel, filters), conv3-32-g4 (in groups), relu, pool2, affine100, norm or dropout0.5",
    )
