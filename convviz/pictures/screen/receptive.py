"""How receptive fields grow with depth."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from convviz.pictures.palette import FONT, palette

SIZE = 15


def growth_figure(
    names: Sequence[str],
    fields: Sequence[int],
    unstrided: Sequence[int],
    chosen: int,
    labels: dict[str, str],
    dark: bool,
    height: int,
) -> go.Figure:
    """Depth against the size of the field, beside the same stack with every stride 1.

    Parameters
    ----------
    names
        Of the layers.
    fields, unstrided
        Pixels one unit sees, with the strides as they are and with strides of 1.
    chosen
        The layer marked.
    labels
        "depth", "field", "strided" and "unstrided" in the language shown.
    dark
        For a dark page.
    height
        Screen pixels.
    """
    colours = palette(dark)
    depth = list(range(1, len(names) + 1))
    figure = go.Figure()
    for values, colour, dash, label in (
        (fields, colours.series[0], "solid", labels["strided"]),
        (unstrided, colours.series[1], "dot", labels["unstrided"]),
    ):
        figure.add_scatter(
            x=depth,
            y=list(values),
            name=label,
            mode="lines+markers",
            line={"color": colour, "dash": dash, "width": 3},
            marker={"size": 7},
            customdata=list(names),
            hovertemplate="%{customdata}: %{y}<extra></extra>",
        )
    figure.add_scatter(
        x=[chosen + 1],
        y=[fields[chosen]],
        mode="markers",
        marker={"size": 16, "color": "rgba(0,0,0,0)", "line": {"color": colours.text, "width": 3}},
        showlegend=False,
        hoverinfo="skip",
    )
    figure.update_xaxes(title=labels["depth"], dtick=1 if len(names) <= 20 else 5)
    figure.update_yaxes(title=labels["field"], rangemode="tozero")
    return dressed(figure, dark, height)


def dressed(figure: go.Figure, dark: bool, height: int) -> go.Figure:
    """A figure in the page's colours and a size that is read from the last row."""
    colours = palette(dark)
    clear = "rgba(0,0,0,0)"
    figure.update_layout(
        height=height,
        margin={"l": 10, "r": 10, "t": 10, "b": 10},
        font={"family": FONT, "size": SIZE, "color": colours.text},
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
        paper_bgcolor=clear,
        plot_bgcolor=clear,
    )
    for update in (figure.update_xaxes, figure.update_yaxes):
        update(
            gridcolor=colours.grid,
            zeroline=False,
            automargin=True,
            tickfont={"size": SIZE},
            title={"font": {"size": SIZE}, "standoff": 8},
        )
    return figure
