"""How often each number occurs in a map, before and after ReLU."""

from __future__ import annotations

import math

import numpy as np
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from convviz.ops.types import Array
from convviz.pictures.palette import FONT, RGB, Palette, palette

BINS = 60


def bin_edges(values: Array, bins: int = BINS) -> Array:
    """Edges of equal bins over all values and 0, which is an edge: no bin holds numbers of both signs.

    At least one bin lies above 0, for what ReLU makes of the rest.

    Examples
    --------
    >>> bin_edges(np.array([-1.0, 3.0]), bins=4).tolist()
    [-1.0, 0.0, 1.0, 2.0, 3.0]
    """
    low, high = min(0.0, float(values.min())), max(0.0, float(values.max()))
    width = (high - low) / bins or 1.0
    below, above = math.ceil(-low / width), max(1, math.ceil(high / width))
    edges = width * np.arange(-below, above + 1)
    edges[0], edges[-1] = min(edges[0], low), max(edges[-1], high)  # rounding loses no cell
    return np.asarray(edges)


def relu_histogram(before: Array, after: Array, labels: dict[str, str], dark: bool) -> go.Figure:
    """Two histograms over the same bins, one above the other; numbers below zero and above it in the two colours.

    Parameters
    ----------
    before, after
        A map, and what ReLU makes of it.
    labels
        "before" and "after" over the halves, "value" and "count" along the axes, in the language shown.
    dark
        Whether the page is dark.

    Examples
    --------
    >>> x = np.array([[-2.0, 1.0]])
    >>> labels = {"before": "x", "after": "max(x, 0)", "value": "number", "count": "cells"}
    >>> figure = relu_histogram(x, np.maximum(x, 0), labels, dark=False)
    >>> [int(sum(bars.y)) for bars in figure.data]
    [2, 2]
    """
    colours, edges = palette(dark), bin_edges(before)
    figure = make_subplots(
        rows=2,
        shared_xaxes=True,
        vertical_spacing=0.14,
        subplot_titles=(labels["before"], labels["after"]),
    )
    for row, values in enumerate((before, after), start=1):
        figure.add_trace(_bars(values, edges, colours), row=row, col=1)
        figure.update_yaxes(
            title_text=labels["count"], tickfont_size=14, gridcolor=colours.grid, row=row, col=1
        )
    figure.update_xaxes(title_text=labels["value"], row=2, col=1)
    figure.update_xaxes(
        tickfont_size=14, gridcolor=colours.grid, zeroline=True, zerolinecolor=colours.text
    )
    figure.update_layout(
        height=500,
        margin={"l": 70, "r": 10, "t": 30, "b": 50},
        bargap=0,
        showlegend=False,
        font={"family": FONT, "size": 15, "color": colours.text},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    figure.update_annotations(font_size=17)
    figure.update_xaxes(title_font_size=15)
    figure.update_yaxes(title_font_size=15)
    return figure


def _bars(values: Array, edges: Array, colours: Palette) -> go.Bar:
    counts, _ = np.histogram(values, edges)
    middles = (edges[:-1] + edges[1:]) / 2
    fills = [_css(colours.low if middle < 0 else colours.high) for middle in middles]
    return go.Bar(
        x=middles,
        y=counts,
        width=np.diff(edges),
        marker={"color": fills, "line": {"width": 0}},
        customdata=np.column_stack([edges[:-1], edges[1:]]),
        hovertemplate="%{customdata[0]:.5g} … %{customdata[1]:.5g}: %{y:,}<extra></extra>",
    )


def _css(colour: RGB) -> str:
    return f"rgb{colour}"
