"""What the Feature maps page offers to take away: arrays and code."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from convviz.export.code import FeatureMaps
from convviz.ops.types import Array, Floats, Pair
from convviz.pages.feature_maps.settings import MapSettings
from convviz.photos.images import to_chw
from convviz.pipeline import Pipeline
from convviz.ui.giving.exports import offer_arrays, offer_code

NAME = "feature-map"


def offer_all(settings: MapSettings) -> None:
    """The maps of every image."""
    images = range(len(settings.photos))
    offer_arrays(lambda: {f"maps{n}": settings.maps(n) for n in images}, "feature-maps")
    offer_code(lambda: maps_code(settings, tuple(images)), "feature-maps")


def one_map(
    settings: MapSettings, n: int, f: int
) -> tuple[Callable[[], dict[str, Array]], Callable[[], FeatureMaps]]:
    """What makes the arrays and the code of one map beside its photo."""
    return (
        lambda: {"photo": settings.photos[n].pixels, "shown": settings.maps(n)[f]},
        lambda: maps_code(settings, (n,), ((0, f),)),
    )


def offer_difference(settings: MapSettings, first: Pair, second: Pair) -> None:
    """Two maps (image, filter) and their difference."""

    def arrays() -> dict[str, Floats]:
        one, other = settings.maps(first[0])[first[1]], settings.maps(second[0])[second[1]]
        return {"first": one, "second": other, "difference": one - other}

    shown = ((0, first[1]), (1, second[1]))
    offer_arrays(arrays, "difference")
    offer_code(lambda: maps_code(settings, (first[0], second[0]), shown), "difference")


def maps_code(
    settings: MapSettings, images: tuple[int, ...], shown: tuple[Pair, ...] = ()
) -> FeatureMaps:
    """The pipeline up to the stage shown, on some of the images, for its scripts."""
    photos = [settings.photos[n] for n in images]
    pixels = (to_chw(photo.pixels, settings.channels).astype(np.float64) for photo in photos)
    upto = Pipeline(settings.pipeline.stages[: settings.stage + 1])
    return FeatureMaps(tuple(pixels), upto, shown)
