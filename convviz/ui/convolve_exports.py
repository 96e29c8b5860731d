"""What the Convolve page offers to take away."""

from __future__ import annotations

from functools import partial

import numpy as np
import numpy.typing as npt
import streamlit as st

from convviz.export import Conv
from convviz.export.still import map_png
from convviz.i18n import _
from convviz.images import to_chw
from convviz.trace import Scene
from convviz.ui.convolve_controls import ConvolveSettings
from convviz.ui.exports import arrays_export, code_export, picture_export, steps_export
from convviz.ui.share import offer

NAME = "convolution"


def offer_map(settings: ConvolveSettings, n: int, f: int, out: npt.NDArray[np.float32]) -> None:
    """The whole photo's map of one filter: picture, arrays and code."""
    photo = settings.photos[n]

    def conv() -> Conv:
        x = to_chw(photo.pixels, settings.channels)[None]  # (1, C, H, W)
        return _conv(settings, x, settings.filters.weights[f : f + 1])

    names = (photo.name, settings.filters.names[f])
    offer(_heading)
    offer(partial(picture_export, lambda: map_png(photo.pixels, out, names), NAME))
    offer(partial(arrays_export, lambda: conv().arrays | {"out": out[None, None]}, NAME))
    offer(partial(code_export, conv, NAME))


def offer_steps(settings: ConvolveSettings, scene: Scene, step: int | None) -> None:
    """The stepped region: page, animation, picture, arrays and code."""

    def conv() -> Conv:
        pixels = [to_chw(photo.pixels, settings.channels) for photo in settings.photos]
        x = np.stack([settings.region.cut(image) for image in pixels])  # (N, C, rows, columns)
        return _conv(settings, x, settings.filters.weights)

    out = scene.panels["out"].values
    offer(partial(steps_export, scene, step, NAME))
    offer(partial(arrays_export, lambda: conv().arrays | {"out": out}, NAME))
    offer(partial(code_export, conv, NAME))


def _heading() -> None:
    st.markdown(f"**{_('Photo and feature map')}**")


def _conv(
    settings: ConvolveSettings, x: npt.NDArray[np.float32], w: npt.NDArray[np.float64]
) -> Conv:
    return Conv(x.astype(np.float64), w, np.full(len(w), settings.bias), settings.spec)
