"""Where the grids of a scene lie on a picture, and what they are drawn with."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from convviz.pictures.paper.pen import width_of
from convviz.pictures.steps.beside import raster_at
from convviz.pictures.steps.flows import LANE, Box, Flow, arrows, below, flows_of
from convviz.pictures.steps.whereabouts import HEIGHT, WIDTH
from convviz.text.i18n import _
from convviz.text.prose import cell_number
from convviz.trace import Panel, Phase, Scene, Trace
from convviz.trace.scene import TERMS

FONT, SENTENCE = 15, 18  # pixels, at scale 1
ROOM = 440  # pixels a grid may take for its numbers to be written into its cells
MEASURED = 50  # of the longest texts, so many are measured
COLOURED = 14  # pixels of a cell without a number, at most
GAP, HEADING, EDGE = 34, 26, 14
# Width that the sentence needs for two lines, and where the grids begin.
LEAST, TOP = 720, EDGE + 4 * HEADING
OPERATOR = 22


@dataclass(frozen=True)
class SheetGrid:
    """A grid of numbers on the picture."""

    key: str  # the access whose panel it shows; "" for a grid of factors or terms
    plane: int  # which of the planes that a visit touches
    # rows, columns: its shape
    rows: int
    columns: int
    cell: tuple[int, int]  # (width, height) of a cell in pixels, at scale 1
    numbers: bool  # whether there is room for numbers
    # x, y: its corner
    x: int = 0
    y: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.columns * self.cell[0], self.rows * self.cell[1]


@dataclass(frozen=True)
class Sheet:
    """The layout of a scene: its grids, its terms, its size, the photo and the place if any, the arrows."""

    grids: tuple[SheetGrid, ...]
    terms: tuple[int, int]
    term_cell: tuple[int, int]
    term_numbers: bool
    size: tuple[int, int]
    photo: tuple[int, int] | None = None
    place: tuple[int, int] | None = None
    flows: tuple[Flow, ...] = ()


def lay_out(scene: Scene) -> Sheet:
    """Columns from left to right, in each its grids from top to bottom; arrows; then the photo and the place."""
    top = TOP + (LANE if any(flows_of(scene)) else 0)
    term_cell, numbers = _cell(np.concatenate(_sampled_terms(scene)), *scene.tap_grid[1:])
    columns = _columns(scene, top, term_cell)
    flows = arrows(scene, _boxes(columns), columns.ends, top - HEADING - LANE + 5)
    ends = below(flows, columns.ends)
    x, tallest, corner = columns.right, max(end for _x, end in ends), None
    if scene.photo:
        corner = (x + GAP, top)
        wide, high = raster_at(scene.photo, 0, 0)[1].size
        x = corner[0] + max(wide, _widest(list(scene.photo.captions)))
        tallest = max(tallest, top + high)
    place = _free(ends, max(x, EDGE + LEAST), tallest) if scene.place else None
    tallest = max(tallest, place[1] + HEIGHT) if place else tallest
    size = (_even(max(x, EDGE + LEAST) + EDGE), _even(tallest + EDGE))
    grids = tuple(columns.grids)
    return Sheet(grids, columns.terms, term_cell, numbers, size, corner, place, flows)


@dataclass
class _Columns:
    """The columns of a sheet, as far as they are laid out."""

    grids: list[SheetGrid] = field(default_factory=list)
    terms: tuple[int, int] = (0, 0)
    # of each column: where it begins, from left, and ends, from the top
    ends: list[tuple[int, int]] = field(default_factory=list)
    right: int = 0


def _columns(scene: Scene, top: int, term_cell: tuple[int, int]) -> _Columns:
    made, x = _Columns(), EDGE
    for column in scene.columns:
        y, wide = top, 0
        for key in column:
            if key == TERMS:
                made.terms = (x, y)
                width, height = _terms_size(scene, term_cell)
                wide, y = max(wide, width), y + height
                continue
            for grid in _panel_grids(scene, key):
                placed = replace(grid, x=x, y=y)
                made.grids.append(placed)
                wide, y = max(wide, placed.size[0]), y + placed.size[1] + 8
            wide = max(wide, _widest(_names(scene, key)))
            y += HEADING
        made.ends.append((x, y))
        x += wide + GAP
    made.right = x - GAP
    return made


def _boxes(columns: _Columns) -> dict[str, Box]:
    """Where the grids of each access lie, as arrows need it."""
    top = min((grid.y for grid in columns.grids), default=0)
    boxes = {}
    for key in dict.fromkeys(grid.key for grid in columns.grids):
        own = [grid for grid in columns.grids if grid.key == key]
        right, bottom = (max(end) for end in zip(*(_corner(grid) for grid in own), strict=True))
        boxes[key] = Box(own[0].x, own[0].y, right, bottom, is_first=own[0].y == top)
    return boxes


def _corner(grid: SheetGrid) -> tuple[int, int]:
    """(right, bottom) of a grid."""
    return grid.x + grid.size[0], grid.y + grid.size[1]


def _free(ends: list[tuple[int, int]], width: int, height: int) -> tuple[int, int]:
    """Where the photo and the map go: below the later columns where there is room for both, else below all."""
    for k, (x, _end) in enumerate(ends):
        y = max(end for _x, end in ends[k:])
        if x + WIDTH <= width and y + HEIGHT <= height:
            return x, y
    return EDGE, height


def panel_name(panel: Panel, plane: int | None) -> str:
    """What stands above a grid, in the language in use; with the plane's name where it shows a single one."""
    return f"{_(panel.label)} {'' if plane is None else panel.planes[plane]}".strip()


def flow_into(scene: Scene, key: str) -> str:
    """What flows into a panel: the factors of the terms that are added to it; "" where none are.

    Examples
    --------
    >>> from convviz.trace import conv_backward_scene
    >>> scene = conv_backward_scene(np.ones((1, 1, 2, 2)), np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2)))
    >>> flow_into(scene, "dw"), flow_into(scene, "db"), flow_into(scene, "x")
    (' ← dout·x', ' ← dout', '')
    """
    found = [phase.factors for phase in scene.phases if phase.adds and phase.writes == key]
    return f" ← {'·'.join(found[0])}" if found else ""


def term_phases(scene: Scene) -> list[Phase]:
    """Phases that multiply."""
    return [phase for phase in scene.phases if phase.factors]


def planes_touched(scene: Scene, key: str, loops: tuple[int, ...]) -> list[int]:
    """Planes of a panel that an access touches at a visit, in order."""
    access = scene.accesses[key]
    plane = int(np.prod(scene.panels[access.panel].values.shape[-2:]))
    return sorted({int(cell) // plane for cell in access.cells(loops)})


def _names(scene: Scene, key: str) -> list[str]:
    """Everything that may come to stand above the grids of an access."""
    panel = scene.panels[scene.accesses[key].panel]
    alone = len(planes_touched(scene, key, (0,) * len(scene.loops))) == 1
    planes = range(len(panel.planes)) if alone else [None]
    return [panel_name(panel, plane) + flow_into(scene, key) for plane in planes]


def _widest(texts: list[str]) -> int:
    """Pixels of the widest text."""
    return math.ceil(max(width_of(text, FONT) for text in texts))


def _panel_grids(scene: Scene, key: str) -> list[SheetGrid]:
    values = scene.panels[scene.accesses[key].panel].values
    rows, columns = values.shape[-2:]
    cell, numbers = _cell(values.ravel(), rows, columns)
    planes = planes_touched(scene, key, (0,) * len(scene.loops))
    return [SheetGrid(key, plane, rows, columns, cell, numbers) for plane in range(len(planes))]


def _cell(values: npt.NDArray[np.float64], rows: int, columns: int) -> tuple[tuple[int, int], bool]:
    """Size of a cell that holds the widest of its numbers, or a small one where that is too much."""
    texts = sorted({cell_number(value) for value in np.unique(values)}, key=len)
    wide = max(width_of(text, FONT) for text in texts[-MEASURED:])
    cell = (max(int(wide) + 12, FONT + 9), FONT + 9)
    if columns * cell[0] <= ROOM and rows * cell[1] <= ROOM:
        return cell, True
    side = max(2, min(COLOURED, ROOM // max(rows, columns)))
    return (side, side), False


def _sampled_terms(scene: Scene) -> list[npt.NDArray[np.float64]]:
    """Numbers that the grids of factors and terms hold, at visits spread evenly."""
    trace, every = Trace(scene), max(1, scene.visits // 50)
    found = [np.zeros(1)]
    for visit in range(0, scene.visits, every):
        loops = trace.loops(visit)
        for phase in term_phases(scene):
            factors = [factor_values(scene, key, loops) for key in phase.factors]
            found += [*factors, np.prod(np.broadcast_arrays(*factors), axis=0)]
    return found


def factor_values(scene: Scene, key: str, loops: tuple[int, ...]) -> npt.NDArray[np.float64]:
    """The numbers an access touches at a visit."""
    access = scene.accesses[key]
    return np.asarray(scene.panels[access.panel].values.ravel()[access.cells(loops)])


def _terms_size(scene: Scene, cell: tuple[int, int]) -> tuple[int, int]:
    planes, rows, columns = scene.tap_grid
    most = max(len(phase.factors) for phase in term_phases(scene)) + 1
    grids = most if most > 2 else 1  # of one factor, the terms are the factor
    width = grids * columns * cell[0] + (grids - 1) * OPERATOR
    return width, planes * (rows * cell[1] + 8) + HEADING


def _even(length: int) -> int:
    return length + length % 2
