"""What a map was made of, as parts of a view: a photo, or each channel of an input of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from convviz.browser.picture import Lattice
from convviz.ops.types import Pair
from convviz.ops.window import Window2d
from convviz.photos.images import Photo
from convviz.photos.regions import Region
from convviz.pictures.scales import signed_limit
from convviz.text.i18n import _
from convviz.ui.inputs.photos import photo_detail
from convviz.ui.view.pictures import InputPart, PhotoPart

MOST_SHOWN = 3  # channels of numbers


def input_parts(
    photo: Photo,
    key: str,
    lattice: Lattice,
    region: Region,
    window: Window2d,
    below: int,
    on_click: Callable[[Pair], None] | None = None,
) -> Sequence[PhotoPart | InputPart]:
    """The parts of an input that a page shows beside its map.

    Parameters
    ----------
    photo
        Or numbers, of which each of the first few channels is a part.
    key
        Of the photo's element.
    lattice, window, region
        How the map lies on it; padding and what is left over; the region drawn on it.
    below
        Screen pixels kept above and below.
    on_click
        As of a `Picture`.
    """
    if not photo.signed:
        return (
            PhotoPart(
                photo.pixels,
                key,
                _(photo.name),
                lattice,
                photo_detail(photo),
                box=region.box,
                padding=window.padding,
                leftover=window.leftover(photo.size),
                below=below,
                on_click=on_click,
            ),
        )
    planes, names = photo.planes("")[:MOST_SHOWN], photo.channel_names("")
    return tuple(
        InputPart(
            plane,
            f"{key} {c}",
            f"{_(photo.name)} {name}".strip(),
            lattice,
            box=region.box,
            limit=signed_limit(planes) or None,
            below=below,
            on_click=on_click,
        )
        for c, (plane, name) in enumerate(zip(planes, names, strict=False))
    )
