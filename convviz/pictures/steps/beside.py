"""The photo beside a scene's grids, as a step's picture has it."""

from __future__ import annotations

from convviz.pictures.overlay import Outline
from convviz.pictures.paper.pen import Pen
from convviz.pictures.paper.raster import Raster
from convviz.trace import Scene, ScenePhoto

ABOVE = 22  # pixels from the top of what is said to the photo's
SIZE = 15  # pixels of what is said
SIDE = 320  # pixels of the longer side at scale 1, padding included


def raster_at(photo: ScenePhoto, visit: int, position: int) -> tuple[str, Raster]:
    """What is said of the photo at a position within a visit; the photo with the latest box and the one before."""
    latest = photo.shown(visit, position)
    marks = [Outline(photo.boxes[latest])]
    if latest:
        marks.insert(0, Outline(photo.boxes[latest - 1], "second"))
    return photo.captions[latest], Raster(photo.pixels, tuple(marks), photo.padding, SIDE)


def draw_photo(pen: Pen, place: tuple[int, int] | None, scene: Scene, index: int) -> None:
    """Draw a scene's photo at a step with its top left corner there, and above it what is said; else nothing."""
    if scene.photo is None or place is None:
        return
    (x, y), (said, raster) = place, raster_at(scene.photo, *divmod(index, scene.steps_per_visit))
    pen.text((x, y - ABOVE), said, size=SIZE)
    raster.draw(pen, x, y)
