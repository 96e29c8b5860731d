"""A layer's connections as the matrix it is, in the browser: pointing at one lights all that share its weight."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from convviz.browser.mount import mount
from convviz.ops.connections import connection_matrix
from convviz.ops.counting import Connecting, LayerShape
from convviz.text.words import CONNECTIONS, translated

BELOW = 470  # screen pixels kept for what stands above and below the matrix

_component = mount("connections")


@dataclass(frozen=True)
class Connections:
    """The matrix of a layer: a row for each output, a column for each input, a colour for each weight."""

    shape: LayerShape
    connecting: Connecting
    title: str
    detail: str  # what else to say on the line of the title

    def show(self) -> None:
        """Draw it.

        Raises
        ------
        SpecError
            If it is too large.
        """
        shape = self.shape
        data = {
            "weights": connection_matrix(shape, self.connecting).astype(np.int32).ravel(),
            "inputs": shape.inputs,
            "outputs": shape.outputs,
            "input": [shape.channels, *shape.size],
            "output": [shape.filters, *shape.output_size],
            "kernel": list(shape.window.kernel),
            "filters": shape.filters,
            "channels": shape.channels,
            "shared": self.connecting == "conv",
            "title": self.title,
            "detail": self.detail,
            "words": translated(CONNECTIONS),
            "below": BELOW,
        }
        _component(key="connections", data=data)
