"""How the error of a gradient check depends on the step of its differences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go

from convviz.pictures.palette import palette
from convviz.pictures.screen.error_scale import LIMITS
from convviz.pictures.screen.plain import plain

HEIGHT, FLOOR = 410, 1e-13  # pixels; a smaller error is drawn there
MARGIN = {"l": 10, "r": 10, "t": 30, "b": 10}


def curve_figure(
    steps: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    chosen: tuple[str, float],
    labels: tuple[str, str],
    *,
    dark: bool,
) -> go.Figure:
    """The largest error against the step, a line for each precision, both axes logarithmic.

    Parameters
    ----------
    steps
        Each h.
    curves
        For each dtype the largest relative error at each step.
    chosen
        The dtype and the step to mark.
    labels
        What the axes show: the step and the error.
    dark
        Whether the page is dark.

    Examples
    --------
    >>> curves = {"float64": [1e-3, 1e-5], "float32": [1e-3, 1e-2]}
    >>> figure = curve_figure((0.1, 0.01), curves, ("float32", 0.01), ("h", "error"), dark=False)
    >>> figure.data[2].x, figure.data[2].y  # the mark
    ((0.01,), (0.01,))
    """
    colours = palette(dark)
    figure = go.Figure()
    for colour, (dtype, errors) in zip(colours.series, curves.items(), strict=False):
        figure.add_scatter(
            x=list(steps),
            y=[max(error, FLOOR) for error in errors],
            name=dtype,
            mode="lines+markers",
            line={"color": colour, "width": 3},
            marker={"size": 8},
            hovertemplate=f"{dtype}, h %{{x:.0e}}: %{{y:.2e}}<extra></extra>",
        )
    dtype, step = chosen
    figure.add_scatter(
        x=[step],
        y=[max(curves[dtype][list(steps).index(step)], FLOOR)],
        mode="markers",
        marker={"size": 18, "symbol": "circle-open", "color": colours.text, "line": {"width": 3}},
        showlegend=False,
        hoverinfo="skip",
    )
    for power in LIMITS[1:-1]:
        figure.add_hline(10.0**power, line={"color": colours.text, "dash": "dot", "width": 1})
    axis = {"type": "log", "gridcolor": colours.grid, "automargin": True}
    figure.update_xaxes(title=_title(labels[0]), **axis, **_ticks(range(-10, 0)))
    figure.update_yaxes(title=_title(labels[1]), **axis, **_ticks(range(-12, 1, 2)))
    figure.update_layout(legend={"orientation": "h", "y": 1, "yanchor": "bottom"})
    return plain(figure, colours, HEIGHT, MARGIN)


def _title(text: str) -> dict[str, Any]:
    return {"text": text, "standoff": 6, "font": {"size": 14}}


def _ticks(powers: range) -> dict[str, Any]:
    """Ticks at powers of ten, written as the page writes them."""
    return {
        "tickvals": [10.0**power for power in powers],
        "ticktext": [f"1e{power}" if power else "1" for power in powers],
    }
