"""A colour scale drawn by Plotly."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from convviz.pictures.cells import SCALES, ColourScale
from convviz.pictures.palette import palette
from convviz.pictures.screen.chart import on_page

HEIGHT, SAMPLES = 88, 200  # pixels; colours of the scale


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
    return on_page(figure, colours, HEIGHT)
