"""How a figure lies on the page."""

from __future__ import annotations

import plotly.graph_objects as go

from convviz.pictures.palette import FONT, Palette


def plain(figure: go.Figure, colours: Palette, height: int, margin: dict[str, int]) -> go.Figure:
    """On the page's own background."""
    figure.update_layout(
        height=height,
        margin=margin,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "color": colours.text, "size": 14},
    )
    return figure
