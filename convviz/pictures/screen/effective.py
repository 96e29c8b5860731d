"""The profile of an effective receptive field, and its growth with depth."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from convviz.ops.receptive.effective import GaussianFit, Growth
from convviz.pictures.palette import palette
from convviz.pictures.screen.receptive import dressed


def profile_figure(
    share: npt.NDArray[np.floating],
    fit: GaussianFit,
    field: tuple[int, int],
    labels: dict[str, str],
    dark: bool,
    height: int,
) -> go.Figure:
    """Influence by column as bars, the fitted Gaussian as a line, the theoretical field as a band.

    Parameters
    ----------
    share
        Influence of each column, of sum 1, shape (W,).
    fit
        The Gaussian; its second axis is drawn.
    field
        First column of the theoretical field, and one past its last.
    labels
        "measured", "fitted", "theory", "column" and "share" in the language shown.
    dark, height
        Of the page, and in screen pixels.
    """
    colours = palette(dark)
    columns = np.arange(len(share))
    fine = np.linspace(0, len(share) - 1, 8 * len(share))
    bell = fit.profile(fine)
    figure = go.Figure()
    figure.add_bar(x=columns, y=share, name=labels["measured"], marker={"color": colours.series[0]})
    figure.add_scatter(
        x=fine,
        y=bell,
        name=labels["fitted"],
        mode="lines",
        line={"color": colours.series[1], "width": 3},
    )
    figure.add_vrect(
        x0=field[0] - 0.5,
        x1=field[1] - 0.5,
        line={"color": colours.series[3], "width": 2},
        fillcolor=colours.series[3],
        opacity=0.12,
    )
    figure.add_scatter(
        x=[None],
        y=[None],
        name=labels["theory"],
        mode="markers",
        marker={"symbol": "square", "size": 14, "color": colours.series[3], "opacity": 0.5},
    )
    figure.update_xaxes(title=labels["column"], range=[-0.5, len(share) - 0.5])
    figure.update_yaxes(title=labels["share"], range=[0, 1.1 * max(share.max(), bell.max())])
    return dressed(figure, dark, height).update_layout(bargap=0)


def root_growth_figure(
    rows: Sequence[Growth], here: Growth, labels: dict[str, str], dark: bool, height: int
) -> go.Figure:
    """Depth against the theoretical field (a straight line) and the effective one (a root).

    Parameters
    ----------
    rows
        Measured at several depths on plain stacks: dense layers of means.
    here
        The stack being looked at, whose two widths are marked.
    labels
        "depth", "width", "theory", "effective" and "here" in the language shown.
    dark, height
        Of the page, and in screen pixels.
    """
    colours = palette(dark)
    figure = go.Figure()
    depths = [row.depth for row in rows]
    lines = (
        (labels["theory"], [row.theoretical for row in rows], colours.series[3]),
        (labels["effective"], [row.counted for row in rows], colours.series[0]),
    )
    for name, values, colour in lines:
        figure.add_scatter(
            x=depths,
            y=values,
            name=name,
            mode="lines+markers",
            line={"color": colour, "width": 3},
            hovertemplate="%{x}: %{y:.2f}<extra></extra>",
        )
    figure.add_scatter(
        x=[here.depth, here.depth],
        y=[here.theoretical, here.counted],
        name=labels["here"],
        mode="markers",
        marker={
            "symbol": "diamond",
            "size": 16,
            "color": [colours.series[3], colours.series[0]],
            "line": {"color": colours.text, "width": 2},
        },
        hovertemplate="%{x}: %{y:.1f}<extra></extra>",
    )
    figure.add_vline(x=here.depth, line={"color": colours.text, "dash": "dot"}, layer="below")
    figure.update_xaxes(title=labels["depth"])
    figure.update_yaxes(title=labels["width"], rangemode="tozero")
    return dressed(figure, dark, height)
