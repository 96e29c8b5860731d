"""What a map was made of, as parts of a view: a photo, or each channel of an input of numbers."""

from __future__ import annotations

from collections.abc import Sequence

from convviz.photos.images import Photo
from convviz.pictures.scales import signed_limit
from convviz.ui.view.pictures import InputPart, PhotoPart

MOST_SHOWN = 3  # channels of numbers


def input_parts(photo: Photo, part: PhotoPart) -> Sequence[PhotoPart | InputPart]:
    """The part of a photo; of numbers, a part for each of the first few channels in its place."""
    if not photo.signed:
        return (part,)
    planes, names = photo.planes("")[:MOST_SHOWN], photo.channel_names("")
    return tuple(
        InputPart(
            plane,
            f"{part.key} {c}",
            f"{part.title} {name}".strip(),
            part.lattice,
            box=part.box,
            group=part.group,
            below=part.below,
            limit=signed_limit(planes) or None,
            on_click=part.on_click,
        )
        for c, (plane, name) in enumerate(zip(planes, names, strict=False))
    )
