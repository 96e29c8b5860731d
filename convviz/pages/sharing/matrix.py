"""The matrix of a layer's connections, on the page and on a slide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from convviz.browser.connections import Connections
from convviz.export import Tile
from convviz.ops.connections import connection_matrix
from convviz.ops.counting import LayerShape
from convviz.pictures.paper.grounds import weight_pixels
from convviz.pictures.paper.raster import Raster
from convviz.text.i18n import _

ZOOM = 14  # screen pixels of an entry of a small matrix
LARGEST = 900  # screen pixels of a large one's longer side


@dataclass(frozen=True)
class MatrixPart(Connections):
    """A matrix with a colour for each weight; beneath a convolution's, its weights."""

    def tiles(self) -> list[Tile]:
        """The matrix, and the weights that all outputs share."""
        matrix = connection_matrix(self.shape, self.connecting)
        found = [Tile(f"{self.title}, {self.detail}", _weights(matrix))]
        if self.connecting == "conv":
            found.append(Tile(_("Weights"), _weights(_kernels(self.shape))))
        return found


def _weights(numbers: npt.NDArray[np.int64]) -> Raster:
    """A colour for each weight, by its number."""
    side = min(LARGEST, ZOOM * max(numbers.shape))
    return Raster(weight_pixels(numbers), side=side)


def _kernels(shape: LayerShape) -> npt.NDArray[np.int64]:
    """The numbers of a convolution's weights, a row of kernels for each filter, -1 between them."""
    high, wide = shape.window.kernel
    numbers = np.arange(shape.filters * shape.channels * high * wide)
    kernels = numbers.reshape(shape.filters, shape.channels, high, wide)
    spaced = np.pad(kernels, ((0, 0), (0, 0), (0, 1), (0, 1)), constant_values=-1)
    across = spaced.transpose(0, 2, 1, 3)  # (F, KH + 1, C, KW + 1)
    return np.asarray(across.reshape(shape.filters * (high + 1), -1)[:-1, :-1])
