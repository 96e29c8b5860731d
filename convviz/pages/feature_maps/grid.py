"""All maps of a stage as one grid."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from convviz.browser.mapgrid import (
    BELOW,
    Content,
    ShownFilter,
    ShownImage,
    ShownMap,
    picked_cell,
)
from convviz.pages.feature_maps.cached import DrawnMaps, drawn_maps
from convviz.pages.feature_maps.exports import maps_code
from convviz.pages.feature_maps.maps_part import MapsPart
from convviz.pages.feature_maps.settings import MapSettings, put_cell
from convviz.pictures.scales import near_all, thinned, thinning
from convviz.pipeline import Conv
from convviz.pipeline.course import CONV, reach
from convviz.text.i18n import N_, _
from convviz.text.prose import number
from convviz.ui.state import link, live
from convviz.ui.state.switch import switch
from convviz.ui.view import View

PER_FILTER, PER_MAP, GRAY = (
    N_("One scale per filter"),
    N_("One scale per map"),
    N_("Gray, each map min to max"),
)
SCALES = (PER_FILTER, PER_MAP, GRAY)
MOST_CELLS = 300_000  # drawn in all
NOTE_HEIGHT = 60  # screen pixels of the note on the course
MOST_PIXELS = 256  # on the longer side of a drawn photo
_KEY, VIEW = "map grid", "show"
ALL, ONE = N_("All maps"), N_("One map")


@dataclass(frozen=True)
class GridColours:
    """How numbers become colours."""

    scale: str  # one of `SCALES`
    full: bool  # whether a scale reaches to the number farthest from 0, or only as far as 99 of 100


def colour_choice() -> GridColours:
    """Choose the colour scale, behind a button."""
    with live.popover(_("Colours"), width="stretch"):
        scale = link.select(_("Colour scale"), "colours", SCALES)
        full = switch(
            _("Scale to the extremes"),
            "extremes",
            help=_(
                "If off, a scale covers only the 99% of cells nearest to 0. The others get the colour "
                "of its end."
            ),
        )
    return GridColours(scale, full)


def grid_view(settings: MapSettings, colours: GridColours) -> None:
    """Draw the grid. A click on a map shows it large, at that cell."""
    drawn = [_drawn(settings, n) for n in range(len(settings.photos))]
    limits = None
    if colours.scale == PER_FILTER:
        limits = [shared_limit(drawn, f, colours) for f in range(len(settings.filters))]
    images = [_image(settings, n, each, limits, colours) for n, each in enumerate(drawn)]
    note = course_note(settings)
    below = BELOW + (NOTE_HEIGHT if note else 0)
    part = MapsPart(
        Content(images, _heads(settings, limits)),
        settings.lattice,
        _note(max(each.every for each in drawn), colours),
        _KEY,
        lambda: _zoom(settings),
        gray=colours.scale == GRAY,
        below=below,
    )
    every = range(len(settings.photos))
    View(
        [_("Feature maps"), _("All maps")],
        "feature-maps",
        [[part]],
        [settings.line, note, part.note],
        lambda: {f"maps{n}": settings.maps(n) for n in every},
        lambda: maps_code(settings, tuple(every)),
    ).show()


def shared_limit(drawn: list[DrawnMaps], f: int, colours: GridColours) -> float:
    """End of the scale for a filter's maps of all images."""
    farthest = max(max(-float(each.minimum[f]), float(each.maximum[f]), 0.0) for each in drawn)
    if colours.full:
        return farthest
    return max(near_all(each.values[f]) for each in drawn) or farthest


def map_limit(settings: MapSettings, n: int, f: int, colours: GridColours) -> float | None:
    """End of the scale of one map; None where all its numbers are 0."""
    images = range(len(settings.photos)) if colours.scale == PER_FILTER else [n]
    return shared_limit([_drawn(settings, k) for k in images], f, colours) or None


def course_note(settings: MapSettings) -> str:
    """What the course's comment says of these maps, and what is so; "" for any other pipeline."""
    is_course = settings.channels == "rgb" and settings.pipeline.stages[0] == CONV
    if settings.stage or not is_course or any(photo.signed for photo in settings.photos):
        return ""
    least, greatest = reach(CONV, 3)[1]
    edges = [_drawn(settings, n) for n in range(len(settings.photos))]
    lowest = min(float(each.minimum[1]) for each in edges)
    highest = max(float(each.maximum[1]) for each in edges)
    return _(
        "A comment in the notebook says that the bias of 128 prevents negative numbers. It "
        "does not: for pixels from 0 to 255 this filter and bias give {least} … {greatest}; "
        "here {lowest} … {highest}."
    ).format(
        least=number(least),
        greatest=number(greatest),
        lowest=number(lowest),
        highest=number(highest),
    )


def _drawn(settings: MapSettings, n: int) -> DrawnMaps:
    """The maps of an image, thinned so that those of all images hold at most `MOST_CELLS`."""
    count = len(settings.photos) * len(settings.filters)
    every = thinning(settings.size(n), MOST_CELLS // count)
    return drawn_maps(
        settings.photos[n], settings.channels, settings.pipeline, settings.stage, every
    )


def _image(
    settings: MapSettings,
    n: int,
    drawn: DrawnMaps,
    limits: list[float] | None,
    colours: GridColours,
) -> ShownImage:
    photo = settings.photos[n]
    size = (int(photo.pixels.shape[0]), int(photo.pixels.shape[1]))
    step = -(-max(size) // MOST_PIXELS)
    maps = [
        ShownMap(
            values,
            drawn.every,
            drawn.size,
            float(drawn.minimum[f]),
            float(drawn.maximum[f]),
            limits[f] if limits else shared_limit([drawn], f, colours),
        )
        for f, values in enumerate(drawn.values)
    ]
    pixels = thinned(photo.pixels.transpose(2, 0, 1), step).transpose(1, 2, 0)  # (rows, columns, 3)
    name = settings.images[n]
    return ShownImage(name, f"{name} {size[0]}×{size[1]}", pixels, size, maps)


def _heads(settings: MapSettings, limits: list[float] | None) -> list[ShownFilter]:
    stage = settings.pipeline.stages[settings.stage]
    names = settings.filters
    kernels = [None] * len(names)
    if isinstance(stage, Conv):
        kernels = list(stage.weights(_channels_before(settings)))
    return [
        ShownFilter(f"f = {f}", name, kernels[f], limits[f] if limits else None)
        for f, name in enumerate(names)
    ]


def _channels_before(settings: MapSettings) -> int:
    """Channels of the input of the stage shown."""
    if settings.stage == 0:
        return settings.shape(0)[0]
    return settings.pipeline.costs(settings.shape(0))[settings.stage - 1].output_shape[0]


def _note(every: int, colours: GridColours) -> str:
    """What is drawn, in a few sentences."""
    said = {
        PER_FILTER: _(
            "All maps of a column share one scale from −a to a. The number above the column is a."
        ),
        PER_MAP: _("Each map has a scale of its own."),
        GRAY: _(
            "As in the course: each map's minimum is black and its maximum white, wherever 0 is."
        ),
    }[colours.scale]
    if colours.scale != GRAY and not colours.full:
        said += " " + _("The scale covers the 99% of cells nearest to 0.")
    if every > 1:
        said += " " + _(
            "convviz draws one row and column in {every} of large maps. The ranges are over all "
            "cells."
        ).format(every=every)
    return said


def _zoom(settings: MapSettings) -> None:
    cell = picked_cell(_KEY)
    if cell:
        put_cell(settings, cell)
        st.session_state[VIEW] = ONE
