"""Where a step lies, on its picture: the photo with the window, and the map with the cell."""

from __future__ import annotations

import math

import numpy as np

from convviz.ops.types import Pixels, Sides
from convviz.pictures.paper import colours
from convviz.pictures.paper.grounds import signed_pixels
from convviz.pictures.paper.pen import Pen, wrapped
from convviz.pictures.steps.inset import SIDE, Inset, paste
from convviz.pictures.steps.progress import PanelState
from convviz.text.i18n import _
from convviz.text.words import STEPPER
from convviz.trace import Panel, Scene, ScenePlace
from convviz.trace.place import ZERO, Small

SEEN_WINDOW, SEEN_CELL = 14, 5  # pixels of the window, or of a cell of the map, that need no inset
# Pixels between the two, for what is said below them, of its lines, and of its letters.
APART, CAPTION, LINE, SIZE = 56, 44, 19, 15
WIDTH, HEIGHT = 2 * SIDE + 2 * APART, SIDE + CAPTION + 14  # pixels that both take


def draw_whereabouts(pen: Pen, corner: tuple[int, int], progress: PanelState, index: int) -> None:
    """Draw both for a step that `progress` has been brought to, with their top left corner there.

    Parameters
    ----------
    pen
        Draws in pixels at scale 1.
    corner
        Of the photo.
    progress
        Of a scene with a place.
    index
        Of the step.
    """
    scene = progress.scene
    place, loops = _place(scene), progress.trace[index].loops
    row, column = list(loops.values())[-2:]
    key, panel = cell_panel(scene)
    size = panel.values.shape[-2] * panel.values.shape[-1]
    plane = int(scene.accesses[key].cells(tuple(loops.values()))[0]) // size
    image = plane * len(place.photo.wholes) // max(1, len(place.map.titles))
    x, y = corner
    photo = Inset(place.photo, corner, SEEN_WINDOW / min(place.extent), _around(scene))
    photo.draw(pen, place.photo.wholes[image].pixels)
    if photo.enlarged:
        paste(pen, place.pixels[image].pixels, photo.place(place.photo.box))
    photo.edge(pen)
    photo.mark(pen, place.window(row, column))
    _draw_map(
        pen, Inset(place.map, (x + SIDE + APART, y), SEEN_CELL), progress, (plane, row, column)
    )
    _say(pen, scene, (x, y), (place.photo.titles[image], place.map.titles[plane]))


def _draw_map(pen: Pen, made: Inset, progress: PanelState, cell_of: tuple[int, int, int]) -> None:
    """The whole map, and on it the cells that have their numbers; one (plane, row, column) is marked."""
    (plane, row, column), (_key, panel) = cell_of, cell_panel(progress.scene)
    wholes, (top, left, *_end) = _place(progress.scene).map.wholes, made.part.box
    made.draw(pen, _coloured(wholes[plane]) if wholes else None)
    made.fill(pen, made.part.box, colours.BLANK)
    columns, limit = panel.values.shape[-1], colours.largest(panel.values)
    size = panel.values.shape[-2] * columns
    for cell, value in enumerate(progress.values[panel.key][plane * size : (plane + 1) * size]):
        i, j = top + cell // columns, left + cell % columns
        if panel.colours == "image" and not math.isnan(value):
            colour = colours.image_colour(float(value), panel.planes[plane])
        elif not math.isnan(value):
            colour = colours.signed_colour(float(value), limit)
        else:
            continue
        made.fill(pen, (i, j, i + 1, j + 1), colour)
    made.edge(pen)
    made.mark(pen, (top + row, left + column, top + row + 1, left + column + 1))


def _say(pen: Pen, scene: Scene, corner: tuple[int, int], titles: tuple[str, str]) -> None:
    """The arrow between the two, and what each is."""
    (x, y), (_key, panel) = corner, cell_panel(scene)
    arrow = "←" if panel.fills == "given" else "→"
    pen.text((x + SIDE + APART / 2, y + SIDE / 2), arrow, size=24, anchor="mm")
    names = (_(scene.panels["x"].label), _(panel.label))
    for k, (title, name) in enumerate(zip(titles, names, strict=True)):
        said = _(STEPPER["framed"]).format(title=title, name=name)
        for number, line in enumerate(wrapped(said, SIDE + APART - 12, SIZE)[:2]):
            pen.text((x + k * (SIDE + APART), y + SIDE + 8 + number * LINE), line, size=SIZE)


def _place(scene: Scene) -> ScenePlace:
    assert scene.place is not None
    return scene.place


def cell_panel(scene: Scene) -> tuple[str, Panel]:
    """The access and the panel of the cell that counts the visits: out, or dout."""
    key = "out" if "out" in scene.accesses else "dout"
    return key, scene.panels[scene.accesses[key].panel]


def _around(scene: Scene) -> Sides:
    """How many rows and columns the windows reach beyond the part of the photo, on each side."""
    place, found = _place(scene), []
    lengths = [length for _name, length in scene.loops[-2:]]
    for axis, length in enumerate(lengths):
        start, end = place.photo.box[axis], place.photo.box[axis + 2]
        last = place.start[axis] + (length - 1) * place.step[axis] + place.extent[axis]
        found.append((max(0, start - place.start[axis]), max(0, last - end)))
    return found[0], found[1]


def _coloured(small: Small) -> Pixels:
    """A small map in the colours of its scale; a photo as it is."""
    if small.pixels.ndim == 3:
        return small.pixels
    return signed_pixels((small.pixels.astype(np.float64) - ZERO) / (ZERO - 1), limit=1)
