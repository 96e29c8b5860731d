"""A grid of numbers and a colour scale, drawn by Plotly."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from convviz.pictures.cells import MARKED, SCALES, Cells, ColourScale, Stops
from convviz.pictures.ink import inked
from convviz.pictures.palette import Palette, palette
from convviz.pictures.paper.pen import width_of
from convviz.pictures.screen.chart import SIZE, figure_on_page

CELL, LEAST, SMALL = 62, 20, 16  # screen pixels: of a row at most, of one with texts, of a text
LOWEST, HIGHEST = 130, 400  # screen pixels of all rows
MOST = 400  # cells; more show their colours only
AROUND = 8  # screen pixels beside a text
MARK, EDGE = 3, 2  # screen pixels: of a frame, and of a line between images or channels
NAMES = 30  # screen pixels of the names of rows and columns
SCALE, SAMPLES = 90, 200  # screen pixels of a scale's height; colours of it


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
    heat = {
        "type": "heatmap",
        "z": cells.values,
        "x": list(range(columns)),
        "y": list(range(rows)),
        "zmin": cells.ends[0],
        "zmax": cells.ends[1],
        "colorscale": stops,
        "showscale": not written and cells.said is None,
        "xgap": 1,
        "ygap": 1,
        "text": _inked(cells, stops) if written else None,
        "texttemplate": "%{text}" if written else "",
        "textfont": {"size": size},
        "hovertext": cells.said,
        "hovertemplate": "%{hovertext}<extra></extra>"
        if cells.said
        else "[%{y}, %{x}] %{z}<extra></extra>",
    }
    bare = {"showgrid": False, "zeroline": False, "constrain": "domain"}
    left, top = ("left", "top") if not cells.rows else (None, None)
    above, beside = _names(cells.columns, cells.axes[1]), _names(cells.rows, cells.axes[0])
    # square, or as wide as its text
    ratio = high / max(high, _widest(cells, size)) if written else 1
    room = NAMES if cells.rows else 0
    layout = {
        "xaxis": {"side": "top", "constraintoward": left, **bare, **above},
        "yaxis": {"autorange": "reversed", "scaleanchor": "x", "scaleratio": ratio}
        | {"constraintoward": top, **bare, **beside},
        "shapes": _shapes(cells, colours),
        "margin": {"l": room, "r": room and 10, "t": room, "b": room and 10},
    }
    height = max(LOWEST if room else 0, min(most, rows * cell)) + room + (10 if room else 0)
    return figure_on_page([heat], layout, colours, height)


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


def _shapes(cells: Cells, colours: Palette) -> list[dict[str, Any]]:
    """Frames around marked cells, and lines between images and between channels."""
    frame = {"color": colours.series[MARKED], "width": MARK}
    shapes: list[dict[str, Any]] = []
    for row, column in np.argwhere(cells.marked) if cells.marked is not None else ():
        corners = {"x0": column - 0.5, "x1": column + 0.5, "y0": row - 0.5, "y1": row + 0.5}
        shapes.append({"type": "rect", "line": frame, **corners})
    line = {"type": "line", "line": {"color": colours.text, "width": EDGE}}
    across = {"x0": 0, "x1": 1, "xref": "x domain", "yref": "y"}
    down = {"y0": 0, "y1": 1, "xref": "x", "yref": "y domain"}
    for row in cells.lines[0]:
        shapes.append({**line, **across, "y0": row - 0.5, "y1": row - 0.5})
    for column in cells.lines[1]:
        shapes.append({**line, **down, "x0": column - 0.5, "x1": column - 0.5})
    return shapes


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
    quiet = {"hoverinfo": "skip"}
    strip = {
        "type": "heatmap",
        "x": places,
        "y": [0],
        "z": [places],
        "colorscale": stops,
        "showscale": False,
        **quiet,
    }
    edge = {"color": f"rgb{colours.zero}", "width": 2}
    marker = {"symbol": "diamond-tall", "size": 20, "color": colours.text, "line": edge}
    mark = {"type": "scatter", "mode": "markers", "marker": marker, "cliponaxis": False, **quiet}
    ticks = {
        "tickvals": [at for at, _ in scale.ticks],
        "ticktext": [said for _, said in scale.ticks],
    }
    layout = {
        "xaxis": {"range": [0, 1], "gridcolor": colours.grid, "zeroline": False, **ticks},
        "yaxis": {"range": [-0.5, 2.55], "visible": False},
        "annotations": [
            {
                "x": (k + 0.5) / len(scale.bands),
                "y": 0.6,
                "yanchor": "bottom",
                "text": words.replace("\n", "<br>"),
                "showarrow": False,
            }
            for k, words in enumerate(scale.bands)
        ],
        "showlegend": False,
        "margin": {"l": 24, "r": 10, "t": 0, "b": 24},
    }
    return figure_on_page([strip, mark | {"x": [scale.at], "y": [0]}], layout, colours, SCALE)
