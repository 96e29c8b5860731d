"""The photo before and after pooling, as a picture."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt

from convviz.export import Tile
from convviz.ops.types import Box
from convviz.pages.pooling.controls import PoolSettings
from convviz.pages.pooling.words import padding_sentence
from convviz.pictures.paper.raster import Mark, photo
from convviz.text.i18n import _
from convviz.text.windows import window_line
from convviz.ui.arithmetic import leftover_sentence, size_formula
from convviz.ui.giving.slides import leftover_marks, offer_slide, photo_tile
from convviz.ui.inputs.photos import photo_detail


def offer_photo_picture(
    settings: PoolSettings, out: npt.NDArray[Any], what: str, box: Box | None
) -> None:
    """Offer the photo with its region and padding beside what pooling leaves of it."""
    shown, spec, size = settings.photos[0], settings.spec, settings.size

    def rows() -> list[list[Tile]]:
        over = () if spec.ceil_mode else leftover_marks(spec.window, size)
        before = photo(
            shown.pixels, (Mark(settings.region.box), *over), padding=spec.window.padding
        )
        title = f"{_(shown.name)}  {photo_detail(shown)}"
        return [
            [Tile(title, before), photo_tile(f"{what}  {out.shape[0]}×{out.shape[1]}", out, box)]
        ]

    said = [
        window_line(spec.window, pooling=True),
        size_formula(spec.window, size, spec.ceil_mode),
        "" if spec.ceil_mode else leftover_sentence(spec.window, size),
        padding_sentence(settings, size),
    ]
    offer_slide([_("Pooling"), _("Photo"), _(settings.kind)], said, rows, "pooling")
