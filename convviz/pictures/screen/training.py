"""Figures of a training: loss, accuracies, gradients, dead units, and the confusion matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil, floor, log10
from typing import Any

import numpy as np
import plotly.graph_objects as go

from convviz.pictures.ink import inked
from convviz.pictures.palette import FONT, palette

MOST_POINTS = 400  # more than a screen shows, and each is sent again at every update


def marked_points(count: int) -> list[int]:
    """Positions of at most `MOST_POINTS` of a series, evenly spaced, the last among them.

    Examples
    --------
    >>> marked_points(3), len(marked_points(100_000)), marked_points(100_000)[-1]
    ([0, 1, 2], 400, 99999)
    """
    return [round(place) for place in np.linspace(0, count - 1, min(count, MOST_POINTS))]


def log_ticks(values: Sequence[float]) -> list[float]:
    """Powers of ten around the values, and where these span little, twice and five times them too.

    Examples
    --------
    >>> log_ticks([0.02, 300])
    [0.01, 0.1, 1.0, 10.0, 100.0, 1000.0]
    >>> log_ticks([0.0, 3, 7])
    [1.0, 2.0, 5.0, 10.0]
    """
    positive = [value for value in values if value > 0] or [1.0]
    low, high = floor(log10(min(positive))), ceil(log10(max(positive)))
    steps = (1, 2, 5) if high - low < 2 else (1,)
    ticks = [step * 10.0**power for power in range(low, high) for step in steps]
    return [*ticks, 10.0**high]


def lines_figure(
    series: Mapping[str, tuple[Sequence[float], Sequence[float]]],
    titles: tuple[str, str],
    dark: bool,
    *,
    pale: Sequence[str] = (),
    dashed: Sequence[str] = (),
    top: float | None = None,
    log: bool = False,
    height: int = 204,
) -> go.Figure:
    """Lines over iterations.

    Parameters
    ----------
    series
        Name of each line: its iterations and its values.
    titles
        Above the figure, and below its horizontal axis.
    dark
        Whether the page is dark.
    pale
        Lines drawn thin and pale, in the colour of the one after them.
    dashed
        Lines drawn dashed, so that one beneath them is seen.
    top
        Upper end of the value axis, which then starts at 0; None fits it to the values.
    log
        Whether the value axis is logarithmic.
    height
        In pixels.
    """
    colours, figure = palette(dark), go.Figure()
    place = 0
    for name, (iterations, values) in series.items():
        kept = marked_points(len(values))
        figure.add_scatter(
            x=[iterations[k] for k in kept],
            y=[values[k] for k in kept],
            name=name,
            mode="lines" if len(kept) > 30 or name in pale else "lines+markers",
            line={
                "color": colours.series[place % len(colours.series)],
                "width": 1 if name in pale else 3,
                "dash": "dash" if name in dashed else "solid",
            },
            opacity=0.45 if name in pale else 1,
        )
        place += name not in pale
    axis: dict[str, Any] = {
        "gridcolor": colours.grid,
        "zeroline": False,
        "tickfont": {"size": 14},
        "automargin": True,
    }
    value_axis = axis | ({"range": [0, top], "dtick": top / 5} if top else {})
    if log:
        ticks = log_ticks([value for _, values in series.values() for value in values])
        value_axis |= {"type": "log", "tickvals": ticks, "ticktext": [f"{at:g}" for at in ticks]}
    title, across = titles
    iterations_axis = axis | {"title": {"text": across, "standoff": 0, "font": {"size": 14}}}
    return _laid_out(figure, title, dark, height).update_layout(
        xaxis=iterations_axis, yaxis=value_axis, showlegend=len(series) > 1
    )


def confusion_figure(
    counts: Any, names: Sequence[str], axes: tuple[str, str], title: str, dark: bool
) -> go.Figure:
    """A confusion matrix with its numbers.

    Parameters
    ----------
    counts
        (classes, classes): row i, column j is how many of class i were taken for j.
    names
        Of the classes.
    axes
        What the rows and the columns are.
    title
        Above the figure.
    dark
        Whether the page is dark.
    """
    colours = palette(dark)
    scale = [(0.0, f"rgb{colours.zero}"), (1.0, f"rgb{colours.low}")]
    figure = go.Figure(
        go.Heatmap(
            z=counts,
            zmin=0,
            zmax=max(1, np.max(counts)),
            x=list(names),
            y=list(names),
            colorscale=scale,
            showscale=False,
            xgap=1,
            ygap=1,
        )
    )
    axis: dict[str, Any] = {
        "tickfont": {"size": 14},
        "automargin": True,
        "ticks": "",
        "showgrid": False,
    }
    for row, name in enumerate(names):
        for column, other in enumerate(names):
            count, most = int(counts[row][column]), max(1, np.max(counts))
            text = inked(str(count), scale, count / most)
            figure.add_annotation(x=other, y=name, text=text, showarrow=False, font={"size": 14})
    figure.update_xaxes(title={"text": axes[1], "standoff": 6}, tickangle=-35, **axis)
    figure.update_yaxes(title={"text": axes[0], "standoff": 6}, autorange="reversed", **axis)
    return _laid_out(figure, title, dark, 560)


def _laid_out(figure: go.Figure, title: str, dark: bool, height: int) -> go.Figure:
    colours = palette(dark)
    return figure.update_layout(
        title={"text": title, "font": {"size": 16}, "x": 0, "y": 0.98, "yanchor": "top"},
        height=height,
        margin={"l": 34, "r": 10, "t": 30, "b": 24},
        font={"family": FONT, "color": colours.text, "size": 14},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        legend={
            "orientation": "h",
            "x": 1,
            "xanchor": "right",
            "y": 1,
            "yanchor": "bottom",
            "font": {"size": 14},
        },
        hoverlabel={"font": {"size": 14}},
    )
