"""What the Convolve page offers to take away."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from convviz.export import Conv, map_png
from convviz.images import to_chw
from convviz.trace import Scene
from convviz.ui.convolve_controls import ConvolveSettings
from convviz.ui.exports import offer_arrays, offer_code, offer_picture, offer_steps

NAME = "convolution"


def offer_map(settings: ConvolveSettings, n: int, f: int, out: npt.NDArray[np.float32]) -> None:
    """The whole photo's map of one filter: picture, arrays and code."""
    photo = settings.photos[n]

    def conv() -> Conv:
        x = to_chw(photo.pixels, settings.channels)[None]  # (1, C, H, W)
        return _conv(settings, x, settings.filters.weights[f : f + 1])

    names = (photo.name, settings.filters.names[f])
    offer_picture(lambda: map_png(photo.pixels, out, names), NAME)
    offer_arrays(lambda: conv().arrays | {"out": out[None, None]}, NAME)
    offer_code(conv, NAME)


def offer_region(settings: ConvolveSettings, scene: Scene, step: int | None) -> None:
    """The stepped region: page, picture, animation, arrays and code."""

    def conv() -> Conv:
        pixels = [to_chw(photo.pixels, settings.channels) for photo in settings.photos]
        x = np.stack([settings.region.cut(image) for image in pixels])  # (N, C, rows, columns)
        return _conv(settings, x, settings.filters.weights)

    out = scene.panels["out"].values
    offer_steps(scene, step, NAME)
    offer_arrays(lambda: conv().arrays | {"out": out}, NAME)
    offer_code(conv, NAME)


def _conv(
    settings: ConvolveSettings, x: npt.NDArray[np.float32], w: npt.NDArray[np.float64]
) -> Conv:
    return Conv(x.astype(np.float64), w, np.full(len(w), settings.bias), settings.spec)
