"""How often something happened in each cell of a grid."""

from __future__ import annotations

from typing import Any

import numpy.typing as npt
import plotly.graph_objects as go

from convviz.figures.palette import palette

MOST_NUMBERS = 400  # cells; a larger grid shows colours only
FONT = 16


def counts_figure(counts: npt.NDArray[Any], *, dark: bool, height: int = 440) -> go.Figure:
    """A grid with its numbers.

    Parameters
    ----------
    counts
        Whole numbers of shape (rows, columns).
    dark
        Whether the page is dark.
    height
        Of the figure, in pixels.
    """
    colours, numbered = palette(dark), counts.size <= MOST_NUMBERS
    heat = go.Heatmap(
        z=counts,
        zmin=0,
        colorscale=[(0, f"rgb{colours.zero}"), (1, f"rgb{colours.high}")],
        xgap=1,
        ygap=1,
        hovertemplate="[%{y}, %{x}] %{z}<extra></extra>",
        texttemplate="%{z}" if numbered else "",
        showscale=not numbered,
        textfont={"size": FONT},
        colorbar={"dtick": max(1, int(counts.max()) // 6), "thickness": 14},
    )
    figure = go.Figure(heat)
    figure.update_yaxes(autorange="reversed", scaleanchor="x", showgrid=False, zeroline=False)
    figure.update_xaxes(side="top", showgrid=False, zeroline=False, constrain="domain")
    figure.update_layout(
        height=height,
        margin={"l": 30, "r": 10, "t": 30, "b": 10},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.text, "size": 14},
    )
    return figure
