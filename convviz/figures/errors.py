"""Relative errors of a gradient, element by element."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from convviz.figures.palette import palette

LEAST, MOST = -12.0, 0.0  # powers of ten at the ends of the scale
CELL, LOWEST, HIGHEST = 34, 140, 400  # pixels: of a cell, and of the figure's height


def errors_figure(
    errors: npt.NDArray[Any],
    analytic: npt.NDArray[Any],
    numeric: npt.NDArray[Any],
    labels: dict[str, str],
    *,
    dark: bool,
) -> go.Figure:
    """A heat map of relative errors on a logarithmic scale.

    Parameters
    ----------
    errors, analytic, numeric
        Shape (rows, columns).
    labels
        "analytic", "numeric" and "error", as the pointer's box says them.
    dark
        Whether the page is dark.

    Examples
    --------
    >>> ones = np.ones((1, 1))
    >>> labels = {"analytic": "a", "numeric": "n", "error": "e"}
    >>> float(errors_figure(ones * 1e-9, ones, ones, labels, dark=False).data[0].z[0, 0].round(6))
    -9.0
    """
    colours = palette(dark)
    powers = np.log10(np.maximum(errors, 10**LEAST))
    hover = "<br>".join(
        f"{labels[name]} %{{customdata[{k}]:.6g}}"
        for k, name in enumerate(("analytic", "numeric", "error"))
    )
    heat = go.Heatmap(
        z=powers,
        zmin=LEAST,
        zmax=MOST,
        colorscale=[
            (0, f"rgb{colours.zero}"),
            (0.4, f"rgb{colours.low}"),
            (1, f"rgb{colours.high}"),
        ],
        xgap=1,
        ygap=1,
        customdata=np.stack([analytic, numeric, errors], axis=-1),
        hovertemplate=hover + "<extra></extra>",
        colorbar={
            "tickvals": [-12, -9, -7, -4, -2, 0],
            "ticktext": ["≤1e-12", "1e-9", "1e-7", "1e-4", "1e-2", "1"],
            "thickness": 12,
            "orientation": "h",
            "y": -0.02,
            "yanchor": "top",
        },
    )
    figure = go.Figure(heat)
    figure.update_yaxes(autorange="reversed", scaleanchor="x", constrain="domain", visible=False)
    figure.update_xaxes(constrain="domain", visible=False)
    figure.update_layout(
        height=max(LOWEST, min(HIGHEST, len(errors) * CELL + 60)),
        margin={"l": 0, "r": 0, "t": 10, "b": 50},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.text, "size": 14},
    )
    return figure
