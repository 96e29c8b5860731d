"""Where the steps of a loop lie on a photo and on its map, small enough to stand beside the grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from convviz.browser.picture import Lattice
from convviz.ops.spec import Conv2dSpec
from convviz.ops.types import Array, Box, Floats, Pair, Pixels
from convviz.ops.window import Window2d
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.pictures.paper.grounds import in_gray
from convviz.pictures.scales import scale_end, signed_limit, thinned
from convviz.text.i18n import _
from convviz.text.words import shown_name
from convviz.trace import Scene, ScenePlace
from convviz.trace.of_numbers import of_numbers
from convviz.trace.place import ZERO, Part, Small
from convviz.ui.cache import feature_map, once
from convviz.ui.inputs.filter_controls import Filters
from convviz.ui.inputs.region_controls import window_lattice

SIDE = 176  # pixels of the longer side of a photo
MAP_SIDE = 128  # and of a map, of which every so many rows and columns are taken
EXACT = 64  # pixels: up to this longer side each one arrives as it is


@dataclass(frozen=True, eq=False)
class Wholes:
    """Whole photos, or the maps of whole photos."""

    size: Pair  # (rows, columns) of each
    pictures: tuple[Small, ...]  # what they look like, small
    titles: tuple[str, ...]  # what each is called, in the reader's language


def placed(
    scene: Scene,
    photos: Sequence[Pixels],
    names: Sequence[str],
    maps: Wholes,
    at: Pair,
    how: Lattice,
    box: Box | None = None,
) -> Scene:
    """A scene with the place of its windows on photos, and of its cells on the photos' maps.

    Parameters
    ----------
    scene
        Its loops end with the rows and columns of a part of the map.
    photos, names
        Of one size, (H, W, 3), one for each image; and what each is called, in the reader's language.
    maps
        One for each plane of the loop's output.
    at
        Where the part begins on the map.
    how
        How the part's cells lie on the photo.
    box
        The part of the photo that the loop reads; by default all that its windows cover.
    """
    rows, columns = (length for _name, length in scene.loops[-2:])
    height, width = photos[0].shape[:2]
    if box is None:
        box = covered(how, (rows, columns), (height, width))
    top, left, bottom, right = box
    place = ScenePlace(
        Part((height, width), box, tuple(map(reduced, photos)), tuple(names)),
        tuple(reduced(pixels[top:bottom, left:right], EXACT) for pixels in photos),
        Part(maps.size, (*at, at[0] + rows, at[1] + columns), maps.pictures, maps.titles),
        start=how.start,
        step=how.step,
        extent=how.extent,
    )
    return replace(scene, place=place)


def covered(how: Lattice, cells: Pair, size: Pair) -> Box:
    """What the windows of so many cells cover of a photo of ``size``.

    Examples
    --------
    >>> covered(Lattice((-1, 3), (2, 2), (3, 3)), (2, 4), (20, 11))
    (0, 3, 4, 11)
    """
    ends = zip(how.start, cells, how.step, how.extent, size, strict=True)
    spans = [
        (max(0, start), min(length, start + (count - 1) * step + extent))
        for start, count, step, extent, length in ends
    ]
    return spans[0][0], spans[1][0], spans[0][1], spans[1][1]


def with_signed_input(scene: Scene) -> Scene:
    """A scene whose input is no photo: its numbers lie around zero."""
    return replace(scene, panels=scene.panels | {"x": replace(scene.panels["x"], colours="signed")})


def as_given(scene: Scene, photo: Photo, channels: int) -> Scene:
    """The scene of a loop over so many channels of a photo; over numbers, in their colours and names."""
    return of_numbers(scene, channels) if photo.signed else scene


def of_region(
    scene: Scene,
    photos: Sequence[Photo],
    channels: str,
    region: Region,
    window: Window2d,
    maps: Wholes,
    box: Box | None = None,
) -> Scene:
    """The scene of a loop over a region of photos with its place.

    Padding lies around the region; or the photo, where the loop reads a larger ``box`` of it.
    Numbers that are stepped through whole need none: the grids show all of them.
    """
    scene = as_given(scene, photos[0], len(photos[0].channel_names(channels)))
    if photos[0].signed and region.size == photos[0].size:
        return scene
    first, step = window_lattice(window).start, window.stride
    how = Lattice((region.top + first[0], region.left + first[1]), step, window.extent)
    at = (region.top // step[0], region.left // step[1])
    pixels = [as_convolved(photo, channels) for photo in photos]
    names = [shown_name(photo.name) for photo in photos]
    return placed(scene, pixels, names, maps, at, how, box or region.box)


def feature_maps(
    photos: Sequence[Photo], channels: str, filters: Filters, spec: Conv2dSpec
) -> Wholes:
    """The maps of each photo by each filter."""
    pictures = [
        _feature_map(photo, channels, weights, float(bias), spec)
        for photo in photos
        for weights, bias in zip(filters.weights, filters.biases, strict=True)
    ]
    size = spec.window.output_size(photos[0].size)
    return Wholes(size, tuple(pictures), tuple(map(_, filters.names)) * len(photos))


@once(64)
def _feature_map(
    photo: Photo, channels: str, weights: Floats, bias: float, spec: Conv2dSpec
) -> Small:
    return shaded(feature_map(photo, channels, weights, bias, spec))


def as_convolved(photo: Photo, channels: str) -> Pixels:
    """A photo's pixels as the loop has them, (H, W, 3): gray where it is convolved in gray."""
    if channels == "rgb" or photo.signed:
        return photo.pixels
    return in_gray(photo.planes(channels)[0].astype(np.uint8))


def shaded(values: Array) -> Small:
    """A map, (H, W), in shades of its scale, which ends where that of the large map does."""
    few = thinned(values, -(-max(values.shape) // MAP_SIDE))
    end = scale_end(values) or signed_limit(few) or 1
    with np.errstate(invalid="ignore"):
        share = np.nan_to_num(few.astype(np.float64) / end).clip(-1, 1)
    return Small(np.rint(ZERO + share * (ZERO - 1)).astype(np.uint8), exact=max(few.shape) <= EXACT)


@once(128)
def reduced(pixels: Pixels, side: int = SIDE) -> Small:
    """A photo, (H, W, 3), with a longer side of so many pixels at most; a small one as it is."""
    longest = max(pixels.shape[:2])
    if longest <= side:
        return Small(np.ascontiguousarray(pixels), exact=longest <= EXACT)
    height, width = (max(1, round(length * side / longest)) for length in pixels.shape[:2])
    picture = Image.fromarray(pixels).resize((width, height), Image.Resampling.LANCZOS)
    return Small(np.asarray(picture))
