"""A step of a scene as a picture, drawn without a browser, and as a PNG large enough for slides."""

from __future__ import annotations

import io
import math
from dataclasses import replace

import numpy as np
from PIL import Image

from convviz.ops.types import Floats
from convviz.pictures.ink import ink_on
from convviz.pictures.palette import RGB
from convviz.pictures.paper import colours
from convviz.pictures.paper.pen import Pen, width_of, wrapped
from convviz.pictures.paper.slide import SCALE
from convviz.pictures.steps.beside import draw_photo
from convviz.pictures.steps.flows import draw_flows
from convviz.pictures.steps.progress import PanelState
from convviz.pictures.steps.said import sentence
from convviz.pictures.steps.sheet import (
    EDGE,
    FONT,
    HEADING,
    OPERATOR,
    SENTENCE,
    SheetGrid,
    factor_values,
    flow_into,
    lay_out,
    panel_name,
    planes_touched,
    term_phases,
)
from convviz.pictures.steps.whereabouts import draw_whereabouts
from convviz.text.i18n import _
from convviz.text.prose import cell_number, number
from convviz.text.words import STEPPER
from convviz.trace import Panel, Scene, Step

Place = tuple[int, int, int, int]  # left, top, right, bottom


class Drawing:
    """Draws steps of one scene, each on a picture of the same size.

    Parameters
    ----------
    scene
        The stepped loop.
    scale
        Pixels of the picture for each of the layout's.
    """

    def __init__(self, scene: Scene, scale: int = 1) -> None:
        self.scene, self.scale = scene, scale
        self.sheet = lay_out(scene)
        self.progress = PanelState(scene)
        self.limits = {key: colours.largest(panel.values) for key, panel in scene.panels.items()}

    def step(self, index: int) -> Image.Image:
        """The picture of a step.

        Raises
        ------
        IndexError
            If the scene has no such step.
        """
        step = self.progress.trace[index]
        self.progress.at(index)
        self._whole = self.scene.whole_at(index)  # said as a whole, so all its cells are framed
        self._pen = Pen.on_page(*self.sheet.size, self.scale, colours.PAGE)
        self._head(index, step)
        for grid in self.sheet.grids:
            self._panel(grid, step)
        self._terms(step)
        draw_flows(self._pen, self.sheet.flows, None if self._whole else step.phase)
        draw_photo(self._pen, self.sheet.photo, self.scene, index)
        if self.sheet.place:
            draw_whereabouts(self._pen, self.sheet.place, self.progress, index)
        return self._pen.picture

    def _head(self, index: int, step: Step) -> None:
        """What the step does, and above it where in the loop it stands."""
        loops = "  ".join(f"{name} = {value}" for name, value in step.loops.items())
        source, comment = self.scene.source[step.phase.line].strip(), "  #"
        self._text(EDGE, EDGE, f"{self.position(index)}    {loops}    {source.split(comment)[0]}")
        for k, line in enumerate(self.said(index)):
            self._pen.text((EDGE, EDGE + (k + 1) * (HEADING - 2)), line, size=SENTENCE)

    def position(self, index: int) -> str:
        """Where in the loop a step stands, counted as the stepper counts; within a visit its steps too.

        Examples
        --------
        >>> from convviz.trace import conv_scene
        >>> drawing = Drawing(conv_scene(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))))
        >>> drawing.position(11), drawing.position(13)
        ('cell 2 / 4', 'cell 3 / 4, tap 2 / 6')
        """
        small, unit = self.scene.units[0], self.scene.units[min(1, len(self.scene.units) - 1)]
        visit, slot = divmod(index, unit.steps)
        count = -(-len(self.progress.trace) // unit.steps)
        said = f"{_(unit.name)} {visit + 1} / {count}"
        if slot == unit.steps - 1:
            return said
        return f"{said}, {_(small.name)} {slot + 1} / {unit.steps}"

    def said(self, index: int) -> list[str]:
        """Lines of the sentence of a step; the scene has to be there."""
        return wrapped(sentence(self.progress, index), self.sheet.size[0] - 2 * EDGE, SENTENCE)

    def _panel(self, grid: SheetGrid, step: Step) -> None:
        panel = self.scene.panels[self.scene.accesses[grid.key].panel]
        loops, size = tuple(step.loops.values()), grid.rows * grid.columns
        plane = planes_touched(self.scene, grid.key, loops)[grid.plane]
        alone = len(planes_touched(self.scene, grid.key, loops)) == 1
        if grid.plane == 0:
            name = panel_name(panel, plane if alone else None) + flow_into(self.scene, grid.key)
            self._text(grid.x, grid.y - HEADING + 4, name)
        values = self.progress.values[panel.key][plane * size : (plane + 1) * size]
        here = self.scene.accesses[grid.key].cells(loops)
        touched = {int(cell) % size for cell in here if int(cell) // size == plane}
        written = () if self._whole else step.writes.get(grid.key, ())
        latest = {int(cell) % size for cell in written if int(cell) // size == plane}
        for cell, value in enumerate(values):
            ground = self._ground(panel, plane, cell, grid, float(value))
            if panel.fills == "given" and cell not in touched:
                ground = colours.faded(ground)
            self._cell(self._place(grid, cell), float(value), ground, grid.numbers)
        self._frame([self._place(grid, cell) for cell in latest or touched])

    def _ground(self, panel: Panel, plane: int, cell: int, grid: SheetGrid, value: float) -> RGB:
        (top, bottom), (left, right) = panel.frame
        row, column = divmod(cell, grid.columns)
        inside = top <= row < grid.rows - bottom and left <= column < grid.columns - right
        if not inside and panel.fills == "given":
            return colours.PADDING
        if math.isnan(value):
            return colours.BLANK
        if panel.colours == "image":
            return colours.image_colour(value, panel.planes[plane])
        return colours.signed_colour(value, self.limits[panel.key])

    def _terms(self, step: Step) -> None:
        """Factors, multiplied tap by tap, and what they are folded into so far."""
        phases = term_phases(self.scene)
        index = self.scene.phases.index(step.phase)
        seen = [phase for phase in phases if self.scene.phases.index(phase) <= index]
        phase = seen[-1] if seen else phases[0]
        loops = tuple(step.loops.values())
        factors = [factor_values(self.scene, key, loops) for key in phase.factors]
        planes, rows, columns = self.scene.tap_grid
        taps = self.scene.taps if phase.by_tap else max(each.size for each in factors)
        known = np.full(taps, np.nan)
        known[: step.terms.size] = step.terms
        x, top = self.sheet.terms
        cell = self.sheet.term_cell
        grid = SheetGrid("", 0, rows, columns, cell, self.sheet.term_numbers, x, top)
        shown = [*zip(phase.factors, factors, strict=True), ("", known)]
        for plane in range(planes):
            grid = replace(grid, x=x, y=top + plane * (rows * cell[1] + 8))
            for k, (key, values) in enumerate(shown if len(factors) > 1 else shown[-1:]):
                if k:
                    grid = replace(grid, x=grid.x + grid.size[0] + OPERATOR)
                    gap = (grid.x - OPERATOR // 2, grid.y + grid.size[1] // 2)
                    self._pen.text(gap, "×" if key else "=", size=20, anchor="mm")
                if plane == 0:
                    self._term_heading(grid, self._factor_name(key) if key else _(phase.heading))
                self._term_grid(replace(grid, key=key, plane=plane), values, loops)
        foot = f"{_(phase.fold)} {number(step.running)}" if phase.fold and seen else ""
        self._text(x, grid.y + grid.size[1] + 8, foot)

    def _factor_name(self, key: str) -> str:
        """A factor as the stepper calls it."""
        access = self.scene.accesses[key]
        drawn = any(key in column for column in self.scene.columns)
        cut_out = drawn and any(access.row_strides) and access.table.shape[1] > 1
        return _(STEPPER["window"]) if cut_out else _(self.scene.panels[access.panel].label)

    def _term_heading(self, grid: SheetGrid, name: str) -> None:
        """What a grid of factors or terms holds, where there is room for the words."""
        if width_of(name, FONT) <= grid.size[0] + OPERATOR:
            self._text(grid.x, grid.y - HEADING + 4, name)

    def _term_grid(self, grid: SheetGrid, values: Floats, loops: tuple[int, ...]) -> None:
        size = grid.rows * grid.columns
        shown = values[grid.plane * size : (grid.plane + 1) * size] if values.size > 1 else values
        panel = self.scene.panels[self.scene.accesses[grid.key].panel] if grid.key else None
        limit = colours.largest(values)
        for tap, value in enumerate(shown):
            if np.isinf(value):
                ground = colours.BLANK
            elif panel and panel.colours == "image":
                touched = planes_touched(self.scene, grid.key, loops)
                ground = colours.image_colour(value, panel.planes[touched[grid.plane]])
            else:
                ground = colours.signed_colour(value, limit)
            self._cell(self._place(grid, tap), float(value), ground, grid.numbers)

    def _place(self, grid: SheetGrid, cell: int) -> Place:
        row, column = divmod(cell, grid.columns)
        wide, tall = grid.cell
        left, top = grid.x + column * wide, grid.y + row * tall
        return left, top, left + wide, top + tall

    def _cell(self, place: Place, value: float, ground: RGB, numbered: bool) -> None:
        self._pen.box(place, fill=ground, line=colours.LINE if numbered else None)
        if numbered and not math.isnan(value):
            middle = ((place[0] + place[2]) / 2, (place[1] + place[3]) / 2)
            ink = ink_on(ground)
            self._pen.text(middle, cell_number(value), size=FONT, colour=ink, anchor="mm")

    def _frame(self, places: list[Place]) -> None:
        if places:
            sides = list(zip(*places, strict=True))
            around = (min(sides[0]), min(sides[1]), max(sides[2]), max(sides[3]))
            self._pen.box(around, line=colours.MARK, width=3)

    def _text(self, x: int, y: int, text: str) -> None:
        self._pen.text((x, y), text, size=FONT)


def step_png(scene: Scene, step: int) -> bytes:
    """One step of a scene, its grids and numbers, in the language in use.

    Examples
    --------
    >>> import numpy as np
    >>> from PIL import Image
    >>> from convviz.trace import conv_scene
    >>> png = step_png(conv_scene(np.ones((1, 1, 3, 3)), np.ones((1, 1, 2, 2))), 5)
    >>> Image.open(io.BytesIO(png)).format
    'PNG'
    """
    buffer = io.BytesIO()
    Drawing(scene, SCALE).step(step).save(buffer, "PNG")
    return buffer.getvalue()
