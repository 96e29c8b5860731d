"""Parts that are drawn by Plotly on the page and by Pillow on a slide, and those that are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st

from convviz.browser.chart import show_lines
from convviz.export import Tile
from convviz.pictures.cells import Cells, ColourScale
from convviz.pictures.chart import Chart
from convviz.pictures.palette import palette
from convviz.pictures.paper.cells import CellTile
from convviz.pictures.paper.chart import ChartTile
from convviz.pictures.paper.scale import ScaleTile
from convviz.pictures.paper.tables import CodeTile, Table
from convviz.pictures.screen.cells import CELL, HIGHEST, LEAST, cells_figure, scale_figure
from convviz.pictures.screen.chart import chart_figure
from convviz.text.prose import without_markup
from convviz.ui.saying import say_error

PLAIN = {"displayModeBar": False}


def is_dark() -> bool:
    """Whether the page is dark; False where the browser has not said yet."""
    return st.context.theme.type == "dark"


@dataclass(frozen=True)
class ChartPart:
    """A chart."""

    chart: Chart  # what is drawn
    key: str  # of its element
    height: int  # on the page, in screen pixels
    size: tuple[int, int] = (620, 470)  # (width, height) on a slide

    def show(self) -> None:
        """Draw it here."""
        figure = chart_figure(self.chart, self.height, dark=is_dark())
        st.plotly_chart(figure, key=self.key, theme=None, config=PLAIN)

    def tiles(self) -> list[Tile]:
        """The chart below its title."""
        return [Tile(self.chart.title, ChartTile(self.chart, self.size))]


@dataclass(frozen=True)
class LinesPart(ChartPart):
    """A chart of lines over whole numbers that changes while it is looked at."""

    def show(self) -> None:
        """Draw it here, or in place of the one drawn before."""
        colours = palette(is_dark())
        show_lines(self.chart, key=self.key, height=self.height, colours=colours)


@dataclass(frozen=True, eq=False)
class CellsPart:
    """A grid of numbers."""

    cells: Cells  # what is drawn
    key: str  # of its element
    title: str = ""  # what stands above it, as markdown; "" for nothing
    # most, cell, least: screen pixels on the page: of all rows, and of a row, at most; of a row
    # whose cells have texts, at least
    most: int = HIGHEST
    cell: int = CELL
    least: int = LEAST
    empty: str = ""  # what is said where there is no cell at all

    def show(self) -> None:
        """Draw it here."""
        if self.title:
            st.markdown(self.title)
        if not self.cells.values.size:
            say_error(self.empty)
            return
        room = {"most": self.most, "cell": self.cell, "least": self.least}
        figure = cells_figure(self.cells, dark=is_dark(), **room)
        st.plotly_chart(figure, key=self.key, theme=None, config=PLAIN)

    def tiles(self) -> list[Tile]:
        """The grid below its title, or below the names of its axes."""
        down, across = self.cells.axes
        title = without_markup(self.title) or (f"↓ {down}   → {across}" if down else "")
        if not self.cells.values.size:
            return [Tile(title, Table((), [(self.empty,)]))]
        return [Tile(title, CellTile(self.cells))]


@dataclass(frozen=True)
class ScalePart:
    """A colour scale."""

    scale: ColourScale
    key: str
    size: tuple[int, int] = (760, 18)

    def show(self) -> None:
        """Draw it here."""
        figure = scale_figure(self.scale, dark=is_dark())
        st.plotly_chart(figure, key=self.key, theme=None, config=PLAIN | {"staticPlot": True})

    def tiles(self) -> list[Tile]:
        """The strip with its texts."""
        return [Tile("", ScaleTile(self.scale, *self.size))]


@dataclass(frozen=True)
class TablePart:
    """A table of texts."""

    head: Sequence[str]  # names of the columns
    rows: Sequence[Sequence[str]]  # as many texts each. Without rows nothing is drawn.
    # A row that stands out: its first text is bold on the page, a slide draws a frame around it.
    # None for none.
    marked: int | None = None
    title: str = ""  # what stands above it on a slide
    foot: str = ""  # what is said beneath it, as markdown
    # Whether it is as narrow as its texts on the page, with all columns but the first set to the
    # right.
    narrow: bool = False

    def show(self) -> None:
        """Draw it here."""
        if not self.rows:
            return
        if self.narrow:
            st.markdown(self._as_markdown())
        else:
            columns = zip(*self.rows, strict=True)
            st.table(dict(zip(self.head, columns, strict=True)), hide_index=True)
        if self.foot:
            st.markdown(self.foot)

    def tiles(self) -> list[Tile]:
        """The same table."""
        if not self.rows:
            return []
        table = Table(self.head, self.rows, self.marked)
        return [Tile(self.title, table, without_markup(self.foot))]

    @property
    def lines(self) -> list[str]:
        """Its rows as what is said of a view: see `convviz.ui.state.live.show`."""
        rows = [list(row) for row in self.rows]
        if self.marked is not None:
            rows[self.marked][0] = f"**{rows[self.marked][0]}**"
        return [f"| {' | '.join(line)} |" for line in [self.head, *rows] if rows]

    def _as_markdown(self) -> str:
        head, *rows = self.lines
        return "\n".join([head, f"| :-- |{' --: |' * (len(self.head) - 1)}", *rows])


@dataclass(frozen=True)
class CodePart:
    """Lines of Python, below a title in markdown."""

    text: str
    title: str = ""
    coloured: bool = True  # whether words stand out by their colour on the page

    def show(self) -> None:
        """Draw it here."""
        if self.title:
            st.markdown(self.title)
        st.code(self.text, language="python" if self.coloured else None, wrap_lines=True)

    def tiles(self) -> list[Tile]:
        """The same lines."""
        return [Tile(without_markup(self.title), CodeTile(self.text))]
