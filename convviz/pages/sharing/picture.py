"""The views of the Sharing page as pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from convviz.export import Tile
from convviz.ops.connections import LARGEST_MATRIX, connection_matrix
from convviz.ops.counting import Connecting, LayerShape
from convviz.pages.sharing.counts import costs_rows, edge_sentences, shape_sentence
from convviz.pictures.paper.grounds import weight_pixels
from convviz.pictures.paper.raster import Raster
from convviz.pictures.paper.tables import Table
from convviz.text.i18n import _
from convviz.text.windows import window_line
from convviz.ui.giving.slides import map_tile, offer_slide, photo_tile

ZOOM, LARGEST = (
    14,
    900,
)  # screen pixels: of an entry of a small matrix, and of a large one's longer side


def offer_matrix_picture(
    shape: LayerShape, connecting: Connecting, names: Mapping[str, str], detail: str
) -> None:
    """Offer the counts of all three, and the matrix of one of them where it is drawn.

    Parameters
    ----------
    shape, connecting
        The layer, and how it is connected in the matrix.
    names
        Of the three.
    detail
        What is said of the matrix.
    """

    def rows() -> list[list[Tile]]:
        found = [[Tile("", Table(*costs_rows(shape, names)))]]
        if shape.outputs * shape.inputs <= LARGEST_MATRIX:
            matrix = connection_matrix(shape, connecting)
            found.append([Tile(f"{_(names[connecting])}, {detail}", _weights(matrix))])
            if connecting == "conv":
                found.append([Tile(_("Weights"), _weights(_kernels(shape)))])
        return found

    said = [shape_sentence(shape), window_line(shape.window)]
    offer_slide([_("Sharing"), _("Connections")], said, rows, "connections")


def offer_edges_picture(
    name: str, pixels: npt.NDArray[Any], edges: npt.NDArray[Any], formula: str
) -> None:
    """Offer the photo beside its vertical edges, with the book's counts."""

    def rows() -> list[list[Tile]]:
        tiles = [
            photo_tile(f"{name}  {pixels.shape[0]}×{pixels.shape[1]}", pixels),
            map_tile(f"{formula}  {edges.shape[0]}×{edges.shape[1]}", edges),
        ]
        return [tiles]

    offer_slide([_("Sharing"), _("The book's edges")], edge_sentences(), rows, "edges")


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
