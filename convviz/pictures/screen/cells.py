"""A grid of numbers and a colour scale, drawn by Plotly."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from convviz.pictures.cells import MARKED, SCALES, Cells, ColourScale, Stops
from convviz.pictures.ink import inked
from convviz.pictures.palette import Palette, palette
from convviz.pictures.paper.pen import width_of
from convviz.pictures.screen.chart import SIZE, on_page

CELL, LEAST, SMALL = 62, 20, 16  # screen pixels: of a row at most, of one with texts, of a text
LOWEST, HIGHEST = 130, 400  # screen pixels of all rows
MOST = 400  # cells; more show their colours only
AROUND = 8  # screen pixels beside a text
MARK, EDGE = 3, 2  # screen pixels: of a frame, and of a line between images or channels
NAMES = 30  # screen pixels of the names of rows and columns
SCALE, SAMPLES = 100, 200  # screen pixels of a scale's height; colours of it


def cells_figure(
    cells: Cells, *, dark: bool, most: int = HIGHEST, cell: int = CELL, least: int = LEAST
) -> go.Figure:
    """A heat map with a text in each cell, where there is room for one.

    All rows have at most ``most`` screen pixels, a row at most ``cell``, and one with texts at least ``least``.

    Examples
    --------
    >>> from convviz.pictures.cells import number_cells
    >>> cells_figure(number_cells(np.array([[1.0, -2.0]])), dark=False).data[0].zmax
    2.0
    """
    colours, (rows, columns) = palette(dark), cells.values.shape
    stops = SCALES[cells.scale](colours)
    written = rows * least <= most and cells.values.size <= MOST
    high = min(cell, most // rows)
    size = SMALL if cell == CELL else SIZE - 1
    heat = go.Heatmap(
        z=cells.values,
        x=list(range(columns)),
        y=list(range(rows)),
        zmin=cells.ends[0],
        zmax=cells.ends[1],
        colorscale=stops,
        showscale=not written and cells.said is None,
        xgap=1,
        ygap=1,
        text=_inked(cells, stops) if written else None,
        texttemplate="%{text}" if written else "",
        textfont={"size": size},
        hovertext=cells.said,
        hovertemplate="%{hovertext}<extra></extra>"
        if cells.said
        else "[%{y}, %{x}] %{z}<extra></extra>",
    )
    figure = go.Figure(heat)
    _draw_lines(figure, cells, colours)
    bare = {"showgrid": False, "zeroline": False, "constrain": "domain"}
    above, beside = _names(cells.columns, cells.axes[1]), _names(cells.rows, cells.axes[0])
    ratio = (
        high / max(high, _widest(cells, size)) if written else 1
    )  # square, or as wide as its text
    figure.update_yaxes(autorange="reversed", scaleanchor="x", scaleratio=ratio, **bare, **beside)
    figure.update_xaxes(side="top", **bare, **above)
    if not cells.rows:
        figure.update_yaxes(constraintoward="top")
        figure.update_xaxes(constraintoward="left")
    room = NAMES if cells.rows else 0
    height = max(LOWEST if room else 0, min(most, rows * cell)) + room + (10 if room else 0)
    figure.update_layout(margin={"l": room, "r": room and 10, "t": room, "b": room and 10})
    return on_page(figure, colours, height)


def _widest(cells: Cells, size: int) -> float:
    """Screen pixels that the widest text takes in its cell."""
    return max(width_of(text, size) for row in cells.texts for text in row) + AROUND


def _inked(cells: Cells, stops: Stops) -> Any:
    """The texts, each in the ink for its colour."""
    return np.array(
        [
            [inked(text, stops, place) for text, place in zip(*row, strict=True)]
            for row in zip(cells.texts, cells.places, strict=True)
        ]
    )


def _names(names: Any, title: str) -> dict[str, Any]:
    """How an axis shows the names of its rows or columns."""
    if not names:
        return {"visible": False}
    few = len(names) <= 32
    ticks = {"tickvals": list(range(len(names))), "ticktext": list(names)} if few else {}
    titled = {"title": {"text": title, "standoff": 6}} if title else {}
    return {"tickfont": {"size": SIZE}, "ticks": "", "automargin": True, **ticks, **titled}


def _draw_lines(figure: go.Figure, cells: Cells, colours: Palette) -> None:
    """Frames around marked cells, and lines between images and between channels."""
    frame = {"color": colours.series[MARKED], "width": MARK}
    for row, column in np.argwhere(cells.marked) if cells.marked is not None else ():
        corners = {"x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5}
        figure.add_shape(type="rect", line=frame, **corners)
    line = {"color": colours.text, "width": EDGE}
    for row in cells.lines[0]:
        figure.add_hline(row - 0.5, line=line)
    for column in cells.lines[1]:
        figure.add_vline(column - 0.5, line=line)


def scale_figure(scale: ColourScale, *, dark: bool) -> go.Figure:
    """A strip with texts above and beneath it, and a mark at its place.

    Examples
    --------
    >>> scale = ColourScale("errors", [(0, "none"), (1, "1")], ("fine", "wrong"), at=0.75)
    >>> scale_figure(scale, dark=False).data[1].x
    (0.75,)
    """
    colours, places = palette(dark), np.linspace(0, 1, SAMPLES)
    stops = SCALES[scale.name](colours)
    strip = go.Heatmap(
        x=places, y=[0], z=[places], colorscale=stops, showscale=False, hoverinfo="skip"
    )
    edge = {"color": f"rgb{colours.zero}", "width": 2}
    marker = {"symbol": "diamond-tall", "size": 20, "color": colours.text, "line": edge}
    mark = go.Scatter(
        x=[scale.at], y=[0], mode="markers", marker=marker, cliponaxis=False, hoverinfo="skip"
    )
    figure = go.Figure([strip, mark])
    for k, words in enumerate(scale.bands):
        middle, text = (k + 0.5) / len(scale.bands), words.replace("\n", "<br>")
        figure.add_annotation(x=middle, y=0.6, yanchor="bottom", text=text, showarrow=False)
    figure.update_yaxes(range=[-0.5, 2.1], visible=False)
    ticks = {
        "tickvals": [at for at, _ in scale.ticks],
        "ticktext": [said for _, said in scale.ticks],
    }
    figure.update_xaxes(range=[0, 1], gridcolor=colours.grid, zeroline=False, **ticks)
    figure.update_layout(showlegend=False, margin={"l": 24, "r": 10, "t": 0, "b": 24})
    return on_page(figure, colours, SCALE)
