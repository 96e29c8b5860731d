"""What the Convolve page offers to take away."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.export import ConvCode, Tile
from convviz.ops.types import Floats
from convviz.photos.images import to_chw
from convviz.pictures.paper.raster import Mark, photo
from convviz.pictures.scales import scale_end
from convviz.text.i18n import _
from convviz.text.windows import window_line
from convviz.ui.arithmetic import leftover_sentence, size_formula
from convviz.ui.giving.exports import offer_arrays, offer_code
from convviz.ui.giving.slides import leftover_marks, map_tile, offer_slide
from convviz.ui.inputs.convolve_controls import ConvolveSettings
from convviz.ui.inputs.photos import photo_detail
from convviz.ui.inputs.region_controls import map_box

NAME = "convolution"


def offer_map(settings: ConvolveSettings, n: int, f: int, out: npt.NDArray[np.float32]) -> None:
    """The whole photo's map of one filter: picture, arrays and code."""
    shown = settings.photos[n]

    def conv() -> ConvCode:
        x = to_chw(shown.pixels, settings.channels)[None]  # (1, C, H, W)
        return conv_code(settings, x.astype(np.float64), settings.filters.weights[f : f + 1])

    _offer_picture(settings, n, f, out)
    offer_arrays(lambda: conv().arrays | {"out": out[None, None]}, NAME)
    offer_code(conv, NAME)


def _offer_picture(
    settings: ConvolveSettings, n: int, f: int, out: npt.NDArray[np.float32]
) -> None:
    """The photo with its region and padding beside the map."""
    shown, window, region = settings.photos[n], settings.spec.window, settings.region
    name, filter_name = _(shown.name), _(settings.filters.names[f])

    def rows() -> list[list[Tile]]:
        marks = (Mark(region.box), *leftover_marks(window, settings.size))
        body = photo(shown.pixels, marks, padding=window.padding)
        size = (out.shape[0], out.shape[1])
        map_ = map_tile(
            f"{filter_name}  {size[0]}×{size[1]}",
            out,
            box=map_box(region, window, size),
            limit=scale_end(out),
        )
        return [[Tile(f"{name}  {photo_detail(shown)}", body), map_]]

    said = [
        window_line(window),
        size_formula(window, settings.size),
        leftover_sentence(window, settings.size),
    ]
    offer_slide([_("Convolve"), _("Photo and feature map")], said, rows, NAME)


def conv_code(settings: ConvolveSettings, x: Floats, w: Floats) -> ConvCode:
    """The convolution of an input, (N, C, H, W), with the settings' bias, for its scripts."""
    return ConvCode(x, w, np.full(len(w), settings.bias), settings.spec)
