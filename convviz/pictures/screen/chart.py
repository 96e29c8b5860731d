"""A chart drawn by Plotly."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import numpy as np
import plotly.graph_objects as go

from convviz.pictures.axis import Axis
from convviz.pictures.chart import Band, Bars, Chart, Line, Rings
from convviz.pictures.palette import FONT, Palette, palette

SIZE, LINE, RING = 15, 3, 16  # screen pixels: of text, of a line, of a ring
TITLED = 34  # screen pixels above a chart with a title or a key
PALE = 0.45  # opacity


def chart_figure(chart: Chart, height: int, *, dark: bool) -> go.Figure:
    """The chart in the page's colours, its text large enough for the last row.

    Examples
    --------
    >>> chart = Chart(Axis(0, 2), Axis(0, 10, "loss"), (Line("", [0, 1, 2], [9, 5, 4]),))
    >>> figure = chart_figure(chart, 300, dark=False)
    >>> figure.data[0].y, figure.layout.yaxis.range, figure.layout.yaxis.ticktext
    ((9, 5, 4), (0, 10), ('0', '2', '4', '6', '8', '10'))
    """
    colours = palette(dark)
    traces: list[dict[str, Any]] = [_line(line, colours) for line in chart.lines]
    if chart.bars:
        traces.insert(0, _bars(chart.bars, colours))
    if chart.rings:
        traces.append(_rings(chart.rings, colours))
    if chart.band:
        traces.append(_band_in_key(chart.band, colours))
    up = _axis(chart.up, colours)
    side = {"x": 1, "xanchor": "right"} if chart.title else {"x": 0}
    layout = {
        "xaxis": _axis(chart.across, colours),
        "yaxis": up | {"automargin": False} if chart.beside else up,
        "shapes": _shapes(chart, colours),
        "title": {"text": chart.title, "font": {"size": SIZE + 1}, "x": 0, "y": 0.98},
        "margin": {"l": chart.beside or 10, "r": 14, "t": TITLED if chart.title else 14, "b": 10},
        "showlegend": bool(chart.key),
        "legend": {"orientation": "h", "y": 1, "yanchor": "bottom", **side},
        "hoverlabel": {"font": {"size": SIZE}},
        "bargap": 0,
    }
    return figure_on_page(traces, layout, colours, height)


def get_ready() -> None:
    """Let Plotly read what it reads for its first figure: nobody has to wait for it later."""
    chart_figure(Chart(Axis(0, 1), Axis(0, 1)), 100, dark=False).to_json()


def figure_on_page(
    traces: list[dict[str, Any]], layout: dict[str, Any], colours: Palette, height: int
) -> go.Figure:
    """A figure on the page's own ground, in its font and of a height in screen pixels.

    It is made in one go: each later change of a figure costs Plotly as much again. Plotly looks for pandas, and
    fails where another thread, such as one that shows a table, has begun to import it: so it is here first.
    """
    import_module("pandas")
    clear = "rgba(0,0,0,0)"
    page = {
        "height": height,
        "font": {"family": FONT, "size": SIZE, "color": colours.text},
        "paper_bgcolor": clear,
        "plot_bgcolor": clear,
    }
    return go.Figure({"data": traces, "layout": layout | page})


def _shapes(chart: Chart, colours: Palette) -> list[dict[str, Any]]:
    """The band, and the dotted rules."""
    down = {"type": "line", "y0": 0, "y1": 1, "xref": "x", "yref": "y domain"}
    across = {"type": "line", "x0": 0, "x1": 1, "xref": "x domain", "yref": "y"}
    shapes: list[dict[str, Any]] = []
    if band := chart.band:
        colour = colours.named(band.colour)
        look = {"line": {"color": colour, "width": 2}, "fillcolor": colour, "opacity": 0.12}
        shapes.append({**down, "type": "rect", "x0": band.first, "x1": band.last, **look})
    rule = {"line": {"color": colours.text, "dash": "dot", "width": 1}, "layer": "below"}
    shapes += [{**down, "x0": value, "x1": value, **rule} for value in chart.rules[0]]
    shapes += [{**across, "y0": value, "y1": value, **rule} for value in chart.rules[1]]
    return shapes


def _axis(axis: Axis, colours: Palette) -> dict[str, Any]:
    """Range, ticks and texts of an axis as Plotly takes them."""
    ends = np.log10([axis.low, axis.high]) if axis.log else (axis.low, axis.high)
    values, texts = zip(*axis.ticks, strict=True) if axis.ticks else ((), ())
    return {
        "type": "log" if axis.log else "linear",
        "range": list(ends),
        "tickvals": values,
        "ticktext": texts,
        "hoverformat": ".3~e" if axis.scientific else ".6~g",
        "title": {"text": axis.name, "font": {"size": SIZE}, "standoff": 8},
        "tickfont": {"size": SIZE},
        "gridcolor": colours.grid,
        "zeroline": False,
        "automargin": True,
    }


def _line(line: Line, colours: Palette) -> dict[str, Any]:
    drawn = {
        "color": colours.named(line.colour),
        "width": 1 if line.pale else LINE,
        "dash": "dash" if line.dashed else "solid",
    }
    return {
        "type": "scatter",
        "x": list(line.across),
        "y": list(line.up),
        "name": line.name,
        "showlegend": bool(line.name),
        "mode": "lines+markers" if line.dotted else "lines",
        "line": drawn,
        "marker": {"size": 8},
        "opacity": PALE if line.pale else 1,
        "cliponaxis": False,
        **_said(line.places),
    }


def _bars(bars: Bars, colours: Palette) -> dict[str, Any]:
    edges, filled = np.asarray(bars.edges), [colours.named(each) for each in bars.colours]
    return {
        "type": "bar",
        "x": (edges[:-1] + edges[1:]) / 2,
        "y": list(bars.heights),
        "width": np.diff(edges),
        "name": bars.name,
        "showlegend": bool(bars.name),
        "marker": {"color": filled, "line": {"width": 0}},
        **_said(bars.places),
    }


def _said(places: Any) -> dict[str, Any]:
    """What is said of a point: what it is called, or its place on the axis across, and its value."""
    if not len(places):
        return {"hovertemplate": "%{x}: %{y}"}
    return {"customdata": list(places), "hovertemplate": "%{customdata}: %{y}"}


def _rings(rings: Rings, colours: Palette) -> dict[str, Any]:
    ring = {"symbol": "circle-open", "size": RING, "color": colours.text, "line": {"width": LINE}}
    return {
        "type": "scatter",
        "x": [point[0] for point in rings.points],
        "y": [point[1] for point in rings.points],
        "name": rings.name,
        "showlegend": bool(rings.name),
        "mode": "markers",
        "marker": ring,
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _band_in_key(band: Band, colours: Palette) -> dict[str, Any]:
    """What names the band in the key."""
    colour = colours.named(band.colour)
    marker = {"symbol": "square", "size": 14, "color": colour, "opacity": 0.5}
    nowhere: dict[str, Any] = {"x": [None], "y": [None]}
    return {"type": "scatter", **nowhere, "name": band.name, "mode": "markers", "marker": marker}
