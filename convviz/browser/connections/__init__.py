"""A layer's connections as the matrix it is, in the browser: pointing at one lights all that share its weight."""

from __future__ import annotations

import numpy as np

from convviz.browser.mount import mount
from convviz.ops.connections import connection_matrix
from convviz.ops.counting import Connecting, LayerShape
from convviz.text.words import CONNECTIONS, translated

__all__ = ["show_connections"]

BELOW = 470  # screen pixels kept for what stands above and below the matrix

_component = mount("connections")


def show_connections(
    shape: LayerShape, connecting: Connecting, *, key: str, title: str, detail: str
) -> None:
    """Draw the matrix of a layer: a row for each output, a column for each input, a colour for each weight.

    Raises
    ------
    SpecError
        If the matrix is too large to draw.
    """
    matrix = connection_matrix(shape, connecting)
    data = {
        "weights": matrix.astype(np.int32).ravel(),
        "inputs": shape.inputs,
        "outputs": shape.outputs,
        "input": [shape.channels, *shape.size],
        "output": [shape.filters, *shape.output_size],
        "kernel": list(shape.window.kernel),
        "filters": shape.filters,
        "channels": shape.channels,
        "shared": connecting == "conv",
        "title": title,
        "detail": detail,
        "words": translated(CONNECTIONS),
        "below": BELOW,
    }
    _component(key=key, data=data)
