"""A chart and a grid of cells are the same on the screen and on a slide: series, ranges, ticks, names, texts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from convviz.ops.receptive.effective import GaussianFit, growth
from convviz.pictures.axis import Axis
from convviz.pictures.cells import ColourScale, count_cells, number_cells
from convviz.pictures.chart import Band, Bars, Chart, Line, Rings
from convviz.pictures.errors import error_cells, error_curves, error_scale
from convviz.pictures.histogram import relu_histograms
from convviz.pictures.ink import colour_at
from convviz.pictures.palette import LIGHT
from convviz.pictures.paper.cells import CellTile
from convviz.pictures.paper.chart import ChartTile
from convviz.pictures.paper.pen import Pen, width_of
from convviz.pictures.paper.scale import ScaleTile
from convviz.pictures.receptive import effective_growth_chart, field_growth_chart, profile_chart
from convviz.pictures.screen.cells import cells_figure, scale_figure
from convviz.pictures.screen.chart import chart_figure
from convviz.pictures.training import accuracy_chart, lines_chart, loss_chart

RANDOM = np.random.default_rng(4)
LOSSES = [2.3, 2.1, float("nan"), 1.7, float("inf"), 1.2, 0.9]
SHARE = np.exp(-(((np.arange(24) - 11) / 3.0) ** 2))
CHARTS = {
    "fields": field_growth_chart(["conv1", "pool1", "conv2"], [11, 19, 51], [11, 13, 17], 1),
    "one layer": field_growth_chart(["conv1"], [3], [3], 0),
    "profile": profile_chart(SHARE / SHARE.sum(), GaussianFit((11, 11), (2.1, 2.1)), (3, 20)),
    "effective": effective_growth_chart(growth((1, 2, 4), 3), growth((3,), 3)[0], 3),
    "errors": error_curves(
        (0.1, 1e-3, 1e-5), {"a": [1e-3, 1e-5, 0.0], "b": [1, 1e-2, 1e-1]}, ("b", 1e-3)
    ),
    "before": relu_histograms(RANDOM.normal(size=(20, 20)))[0],
    "after": relu_histograms(RANDOM.normal(size=(20, 20)))[1],
    "loss": loss_chart(LOSSES, [2.0] * 7, 25),
    "accuracy": accuracy_chart([1, 50, 90], [0.1, 0.7, 1.0], [0.2, 0.6, 0.6], 100),
    "gradients": lines_chart("Gradients", {"dW": ([1, 2, 3], [1e-3, 0.0, 2.0])}, log=True),
    "dashed": lines_chart("Loss", {"a": ([1, 2], [3, 1]), "b": ([1, 2], [3, 2])}, dashed=["b"]),
    "everything": Chart(
        Axis(0, 8, "x"),
        Axis(0, 5, "y"),
        (Line("line", [0, 4, 8], [1, 5, 2], 1), Line("", [0, 8], [4, 4], "text", dashed=True)),
        Bars("bars", [0, 2, 4, 8], [5, 1, 3], [2, 2, 2]),
        Rings([(4, 5), (8, 2)], "rings"),
        Band(2, 6, 3, "band"),
        ([1], [2, 3]),
    ),
}


KEY = 20  # screen pixels at the top of a chart in which its key lies


@dataclass(frozen=True)
class Noted(Pen):
    """A pen that notes what it draws and where."""

    texts: list[tuple[str, float, float, str]] = field(default_factory=list)
    lines: list[tuple[list[Any], Any, float, bool]] = field(default_factory=list)
    dots: list[tuple[float, float, bool]] = field(default_factory=list)
    boxes: list[tuple[Any, Any]] = field(default_factory=list)
    tints: list[Any] = field(default_factory=list)

    def text(self, at: Any, text: str, **how: Any) -> None:
        self.texts.append((text, *at, how.get("anchor", "la")))

    def line(self, points: Any, colour: Any, width: float = 1, *, dashed: bool = False) -> None:
        self.lines.append((list(points), colour, width, dashed))

    def dot(self, at: Any, radius: float, *, fill: Any, line: Any) -> None:  # noqa: ARG002
        self.dots.append((*at, fill is None))

    def box(self, place: Any, **how: Any) -> None:
        self.boxes.append((place, how.get("fill")))

    def tint(self, place: Any, colour: Any, share: float) -> None:  # noqa: ARG002
        self.tints.append(place)

    @property
    def words(self) -> set[str]:
        return {text for text, *_place in self.texts}


def on_paper(tile: Any) -> Noted:
    noted = Noted(Pen.on_page(*tile.size, 1).picture)
    tile.draw(noted, 0, 0)
    return noted


@dataclass(frozen=True)
class Both:
    """A chart on the screen and on paper; what Pillow drew is read off its own ticks, as a person reads it."""

    chart: Chart
    figure: Any
    noted: Noted

    def ticks(self, letter: str) -> dict[str, float]:
        """Texts and values of an axis on the screen."""
        shown = self.figure.layout[f"{letter}axis"]
        return dict(zip(shown.ticktext, shown.tickvals, strict=True))

    def value(self, letter: str, place: float) -> float:
        """The value at a place on the paper."""
        anchor, at, axis = (
            ("ma", 1, self.chart.across) if letter == "x" else ("rm", 2, self.chart.up)
        )
        values, written = (
            self.ticks(letter),
            [text for text in self.noted.texts if text[3] == anchor],
        )
        known = {text[at]: values[text[0]] for text in written}
        if len(known) == 1:  # a single tick gives no scale: the ends of the grid do
            known = dict(
                zip((x for x, _y in self.noted.lines[0][0]), (axis.low, axis.high), strict=True)
            )
        numbers = np.array(list(known.values()))
        slope, offset = np.polyfit(list(known), np.log10(numbers) if axis.log else numbers, 1)
        return float(10 ** (slope * place + offset) if axis.log else slope * place + offset)

    @property
    def top(self) -> int:
        """Screen pixels above what is drawn on the paper: where the key lies."""
        return KEY if self.chart.key else 0

    @property
    def scatters(self) -> list[Any]:
        """The lines and rings on the screen."""
        return [each for each in self.figure.data if each.type == "scatter"]

    def read(self, points: Any) -> list[tuple[float, float]]:
        """Points of the paper, below the key, as values."""
        return [(self.value("x", x), self.value("y", y)) for x, y in points if y > self.top]

    def same(self, read: Any, shown: Any) -> bool:
        """Whether values read off the paper are those of the screen, a pixel more or less."""
        spans = [(axis.high - axis.low) / 300 for axis in (self.chart.across, self.chart.up)]
        logs = (self.chart.across.log, self.chart.up.log)
        return len(read) == len(shown) and all(
            abs(ours - theirs) <= (0.05 * theirs if log else span)
            for point, other in zip(read, shown, strict=True)
            for ours, theirs, span, log in zip(point, other, spans, logs, strict=True)
        )


@pytest.fixture(params=CHARTS)
def both(request: pytest.FixtureRequest) -> Both:
    chart = CHARTS[request.param]
    return Both(
        chart, chart_figure(chart, 300, dark=False), on_paper(ChartTile(chart, (1200, 700)))
    )


def test_the_axes_of_a_chart_go_as_far_and_are_called_the_same(both: Both) -> None:
    for axis, shown in (
        (both.chart.across, both.figure.layout.xaxis),
        (both.chart.up, both.figure.layout.yaxis),
    ):
        ends = [10**end for end in shown.range] if axis.log else shown.range
        assert tuple(ends) == pytest.approx((axis.low, axis.high))
        assert shown.title.text == axis.name
        assert not axis.name or axis.name in both.noted.words
    left, right = (
        both.noted.lines[0][0][k][0] for k in (0, 1)
    )  # a line of the grid, from side to side
    assert both.value("x", left) == pytest.approx(both.chart.across.low, abs=0.01)
    assert both.value("x", right) == pytest.approx(both.chart.across.high, rel=0.01)


def test_the_ticks_of_a_chart_have_the_same_texts(both: Both) -> None:
    """On paper one that would run into the one before is left out."""
    for letter, anchor in (("x", "ma"), ("y", "rm")):
        written = [text for text, *_place, place in both.noted.texts if place == anchor]
        assert set(written) <= set(both.ticks(letter))
        assert len(written) >= min(2, len(both.ticks(letter)))
    assert len(written) == len(both.ticks("y"))


def test_the_lines_of_a_chart_go_through_the_same_points(both: Both) -> None:
    """With the same gaps where a point is not a number, or is 0 on a logarithmic axis."""
    curves = [each for each in both.scatters if each.mode in ("lines", "lines+markers")]
    own = [
        line
        for line in both.noted.lines
        if line[1] not in (LIGHT.grid, LIGHT.text) and line[0][0][1] > both.top
    ]
    runs, drawn = [], [both.read(points) for points, *_how in own]
    for curve, line in zip(curves, both.chart.lines, strict=True):
        assert (curve.name, curve.line.dash == "dash") == (line.name, line.dashed)
        assert curve.mode == ("lines+markers" if line.dotted else "lines")
        run: list[tuple[float, float]] = []
        for x, y in [*zip(curve.x, curve.y, strict=True), (0, np.nan)]:
            if np.isfinite(y) and (y > 0 or not both.chart.up.log):
                run.append((x, y))
            else:
                runs += [run] if len(run) > 1 else []
                run = []
    assert all(both.same(*pair) for pair in zip(drawn, runs, strict=True))


def test_each_point_of_a_short_line_has_a_dot_and_each_of_the_rings_a_ring(both: Both) -> None:
    dotted = [each for each in both.scatters if each.mode == "lines+markers"]
    points = [point for each in dotted for point in zip(each.x, each.y, strict=True)]
    shown = [(x, y) for x, y in points if np.isfinite(y) and (y > 0 or not both.chart.up.log)]
    assert both.same(both.read((x, y) for x, y, ring in both.noted.dots if not ring), shown)
    rings = [each for each in both.scatters if each.mode == "markers" and each.x[0] is not None]
    ringed = [point for each in rings for point in zip(each.x, each.y, strict=True)]
    assert len(ringed) == len(both.chart.rings.points if both.chart.rings else [])
    assert both.same(both.read((x, y) for x, y, ring in both.noted.dots if ring), ringed)


def test_the_bars_of_a_chart_are_as_wide_and_as_high(both: Both) -> None:
    bars = [each for each in both.figure.data if each.type == "bar"]
    tops = both.read((place[0], place[1]) for place, fill in both.noted.boxes if fill)
    shown = [
        (x - wide / 2, y)
        for each in bars
        for x, wide, y in zip(each.x, each.width, each.y, strict=True)
    ]
    assert both.same(tops, shown)


def test_the_key_of_a_chart_names_the_same(both: Both) -> None:
    named = [each.name for each in both.figure.data if each.name and each.showlegend is not False]
    assert named == [part.name for part in both.chart.key]
    in_key = [
        text
        for text, _x, y, _anchor in both.noted.texts
        if y < both.top and text != both.chart.up.name
    ]
    assert in_key == named
    assert both.figure.layout.showlegend == bool(named)


def test_the_band_and_the_rules_of_a_chart_lie_at_the_same_values(both: Both) -> None:
    shapes = both.figure.layout.shapes
    bands = [(each.x0, each.x1) for each in shapes if each.type == "rect"]
    tinted = [(place[0], place[2]) for place in both.noted.tints if place[1] > both.top]
    assert len(bands) == len(tinted)
    for band, place in zip(bands, tinted, strict=True):
        assert [both.value("x", side) for side in place] == pytest.approx(band, abs=0.1)
    rules = [line[0] for line in both.noted.lines if line[1] == LIGHT.text and line[2] == 1]
    lines = [each for each in shapes if each.type == "line"]
    for (start, end), shown in zip(rules, lines, strict=True):
        letter, at = ("x", 0) if start[0] == end[0] else ("y", 1)
        assert both.value(letter, start[at]) == pytest.approx(
            shown[f"{letter}0"], rel=0.02, abs=0.02
        )


GRIDS = {
    "numbers": number_cells(RANDOM.normal(size=(4, 5)), marked=RANDOM.normal(size=(4, 5)) > 0),
    "zeros": number_cells(np.zeros((2, 2))),
    "infinite": number_cells(np.array([[-np.inf, 3.0], [-1.5, np.nan]])),
    "limited": number_cells(np.array([[9.0, -4.0]]), limit=4.0),
    "counts": count_cells(
        RANDOM.integers(0, 50, (4, 4)), ["cat", "dog", "car", "cup"], ("class", "taken for")
    ),
    "errors": error_cells("dw", {"error": 10 ** RANDOM.uniform(-14, 0, (2, 2, 3, 2))}),
}


@pytest.mark.parametrize("name", GRIDS)
@pytest.mark.parametrize("dark", [False, True])
def test_a_grid_of_cells_is_the_same_on_the_screen_and_on_paper(name: str, dark: bool) -> None:
    cells = GRIDS[name]
    figure, noted = cells_figure(cells, dark=dark), on_paper(tile := CellTile(cells))
    heat = figure.data[0]
    written = [re.sub("<.*?>", "", text) for text in np.ravel(heat.text)]
    assert written == [text for text, *_place, anchor in noted.texts if anchor == "mm"]
    assert written == list(np.ravel(cells.texts))
    for axis, names, anchor in (
        (figure.layout.xaxis, cells.columns, "md"),
        (figure.layout.yaxis, cells.rows, "rm"),
    ):
        assert list(axis.ticktext or ()) == list(names)
        assert [text for text, *_place, at in noted.texts if at == anchor] == list(names)
    frames = [each for each in figure.layout.shapes if each.type == "rect"]
    framed = [place for place, fill in noted.boxes if fill is None]
    assert [
        tuple(tile.place(round(each.y0 + 0.5), round(each.x0 + 0.5), 0, 0)) for each in frames
    ] == framed
    assert len(figure.layout.shapes) - len(frames) == len(noted.lines)
    if dark:
        return
    for row, column in np.ndindex(cells.values.shape):
        value = cells.values[row, column]
        if np.isfinite(value):
            place = (np.clip(value, heat.zmin, heat.zmax) - heat.zmin) / (heat.zmax - heat.zmin)
            seen = colour_at(heat.colorscale, place)
            assert np.abs(np.subtract(seen, tile.grounds[row, column].astype(int))).max() <= 1


def test_a_grid_too_large_for_numbers_shows_its_colours_only() -> None:
    cells = number_cells(RANDOM.normal(size=(60, 70)))
    figure, noted = cells_figure(cells, dark=False), on_paper(CellTile(cells))
    assert figure.data[0].text is None
    assert not noted.texts
    assert len(noted.boxes) == cells.values.size


def test_the_scale_of_errors_is_the_same_on_the_screen_and_on_paper() -> None:
    scale = error_scale(3e-5, ("happy", "fine\nwith kinks", "doubtful", "wrong"))
    figure, tile = scale_figure(scale, dark=False), ScaleTile(scale, 760, 18)
    noted = Noted(Pen.on_page(*tile.size, 1).picture)
    tile.draw(noted, 0, 0)
    bands = [note.text.replace("<br>", " ") for note in figure.layout.annotations]
    assert [text for text, *_place, anchor in noted.texts if anchor == "ma"] == bands
    assert [text for text, *_place, anchor in noted.texts if anchor != "ma"] == list(
        figure.layout.xaxis.ticktext
    )
    (mark,) = [place for place, _fill in noted.boxes]
    assert (mark[0] + mark[2]) / 2 / 760 == pytest.approx(figure.data[1].x[0])


def test_a_cell_is_square_or_as_wide_as_its_text() -> None:
    few = cells_figure(number_cells(np.ones((8, 8))), dark=False, most=200)
    assert few.layout.yaxis.scaleratio == 1
    many = cells_figure(number_cells(np.full((8, 8), -1483.0)), dark=False, most=200)
    wide = 200 / 8 / many.layout.yaxis.scaleratio
    assert wide > width_of("−1483", many.data[0].textfont.size)


def test_two_lines_above_a_scale_have_room() -> None:
    scale = ColourScale("errors", [(0, "none")], ("one\nabove the other",))
    layout = scale_figure(scale, dark=False).layout
    low, high = layout.yaxis.range
    lines = (high - layout.annotations[0].y) / (high - low) * (layout.height - layout.margin.b)
    assert lines >= 2 * 1.4 * layout.font.size
