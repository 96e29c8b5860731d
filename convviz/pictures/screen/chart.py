"""A chart drawn by Plotly."""

from __future__ import annotations

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
    figure = go.Figure()
    if chart.bars:
        figure.add_trace(_bars(chart.bars, colours))
    for line in chart.lines:
        figure.add_trace(_line(line, colours))
    if chart.rings:
        figure.add_trace(_rings(chart.rings, colours))
    if chart.band:
        figure.add_trace(_band(figure, chart.band, colours))
    rule = {"color": colours.text, "dash": "dot", "width": 1}
    for value in chart.rules[0]:
        figure.add_vline(value, line=rule, layer="below")
    for value in chart.rules[1]:
        figure.add_hline(value, line=rule, layer="below")
    figure.update_xaxes(_axis(chart.across, colours))
    figure.update_yaxes(_axis(chart.up, colours))
    if chart.beside:
        figure.update_yaxes(automargin=False)
    side = {"x": 1, "xanchor": "right"} if chart.title else {"x": 0}
    figure.update_layout(
        title={"text": chart.title, "font": {"size": SIZE + 1}, "x": 0, "y": 0.98},
        margin={"l": chart.beside or 10, "r": 14, "t": TITLED if chart.title else 14, "b": 10},
        showlegend=bool(chart.key),
        legend={"orientation": "h", "y": 1, "yanchor": "bottom", **side},
        hoverlabel={"font": {"size": SIZE}},
        bargap=0,
    )
    return on_page(figure, colours, height)


def on_page(figure: go.Figure, colours: Palette, height: int) -> go.Figure:
    """A figure on the page's own ground, in its font and of a height in screen pixels."""
    clear = "rgba(0,0,0,0)"
    return figure.update_layout(
        height=height,
        font={"family": FONT, "size": SIZE, "color": colours.text},
        paper_bgcolor=clear,
        plot_bgcolor=clear,
    )


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


def _line(line: Line, colours: Palette) -> go.Scatter:
    colour = colours.named(line.colour)
    return go.Scatter(
        x=list(line.across),
        y=list(line.up),
        name=line.name,
        showlegend=bool(line.name),
        mode="lines+markers" if line.dotted else "lines",
        line={
            "color": colour,
            "width": 1 if line.pale else LINE,
            "dash": "dash" if line.dashed else "solid",
        },
        marker={"size": 8},
        opacity=PALE if line.pale else 1,
        cliponaxis=False,
        **_said(line.places),
    )


def _bars(bars: Bars, colours: Palette) -> go.Bar:
    edges = np.asarray(bars.edges)
    return go.Bar(
        x=(edges[:-1] + edges[1:]) / 2,
        y=list(bars.heights),
        width=np.diff(edges),
        name=bars.name,
        showlegend=bool(bars.name),
        marker={"color": [colours.named(each) for each in bars.colours], "line": {"width": 0}},
        **_said(bars.places),
    )


def _said(places: Any) -> dict[str, Any]:
    """What is said of a point: what it is called, or its place on the axis across, and its value."""
    if not len(places):
        return {"hovertemplate": "%{x}: %{y}"}
    return {"customdata": list(places), "hovertemplate": "%{customdata}: %{y}"}


def _rings(rings: Rings, colours: Palette) -> go.Scatter:
    return go.Scatter(
        x=[point[0] for point in rings.points],
        y=[point[1] for point in rings.points],
        name=rings.name,
        showlegend=bool(rings.name),
        mode="markers",
        marker={
            "symbol": "circle-open",
            "size": RING,
            "color": colours.text,
            "line": {"width": LINE},
        },
        cliponaxis=False,
        hoverinfo="skip",
    )


def _band(figure: go.Figure, band: Band, colours: Palette) -> go.Scatter:
    """Tint the band, and return what names it in the key."""
    colour = colours.named(band.colour)
    line = {"color": colour, "width": 2}
    figure.add_vrect(x0=band.first, x1=band.last, line=line, fillcolor=colour, opacity=0.12)
    marker = {"symbol": "square", "size": 14, "color": colour, "opacity": 0.5}
    return go.Scatter(x=[None], y=[None], name=band.name, mode="markers", marker=marker)
