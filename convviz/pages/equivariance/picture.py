"""The Equivariance page as a picture."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from convviz.export import Tile
from convviz.pages.equivariance.cached import Compared
from convviz.pages.equivariance.controls import ShiftSettings
from convviz.pages.equivariance.words import (
    DIFFERENCE,
    differing,
    ends_table,
    handle,
    maps_shown,
    shift_text,
)
from convviz.pictures.overlay import NOTHING
from convviz.pictures.paper.raster import Mark, signed_map
from convviz.pictures.paper.tables import Table
from convviz.text.i18n import _
from convviz.ui.giving.slides import offer_slide, photo_tile, range_text

SIDE = 300  # screen pixels of each picture


def offer_shift_picture(settings: ShiftSettings, compared: Compared, said: Sequence[str]) -> None:
    """Offer the shifted image, the maps of both orders and of their difference, and the ends of a network.

    Parameters
    ----------
    settings, compared
        What was chosen, and what came out.
    said
        The verdict and its reasons.
    """

    def rows() -> list[list[Tile]]:
        limit = float(np.abs(compared.result.shifted_after).max()) or None
        image = f"{_(settings.photo.name)}: {shift_text(settings)}"
        row = [photo_tile(image, compared.image, handle(settings), SIDE)]
        for key, title, values in maps_shown(compared):
            overlay = differing(values) if key == DIFFERENCE else NOTHING
            marks = tuple(Mark(outline.box) for outline in overlay.outlines)
            body = signed_map(values, marks, limit=limit, side=SIDE)
            size = f"{values.shape[0]}×{values.shape[1]}"
            row.append(Tile(f"{title}  {size}", body, range_text(values)))
        ends = ends_table(settings, compared)
        lines = [list(line) for line in zip(*ends.values(), strict=True)]
        return [row, [Tile("", Table(list(ends), lines))]]

    offer_slide([_("Equivariance")], [_settings(settings), " ".join(said)], rows, "equivariance")


def _settings(settings: ShiftSettings) -> str:
    """What the image goes through, in one line."""
    chain = settings.chain
    parts = [
        _(settings.filter),
        f"{_('Convolutions')}: {chain.layers}",
        f"{_('Stride of the first')}: {chain.stride}",
        f"{_('Padding mode')}: {_(chain.padding_mode)}",
    ]
    if chain.pooling != "none":
        parts.append(
            f"{_('Pooling')}: {_({'max': 'Max 2×2', 'average': 'Mean 2×2'}[chain.pooling])}"
        )
    if chain.blur:
        parts.append(_("Blur before subsampling"))
    return ", ".join(parts)
