"""The scale of relative errors: its colours, and the course's limits as its marks."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from convviz.pictures.palette import STOPS, Palette, palette
from convviz.pictures.screen.plain import plain

# Powers of ten an equal distance apart on the scale: nothing, happy, fine with kinks, uncomfortable, wrong.
LIMITS = (-12, -7, -4, -2, 0)
HEIGHT, SAMPLES = 88, 200  # pixels; colours of the scale


def place(errors: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Where errors lie on the scale, from 0 to 4.

    Examples
    --------
    >>> place([0.0, 1e-7, 1e-4, 1e-2, 1.0])
    array([0., 1., 2., 3., 4.])
    """
    powers = np.log10(np.maximum(errors, 10.0 ** LIMITS[0]))
    return np.asarray(np.interp(powers, LIMITS, range(len(LIMITS))), dtype=np.float64)


def error_scale(colours: Palette) -> list[tuple[float, str]]:
    """The colour scale of errors: pale where the rule is happy, then blue, purple and orange."""
    pale = (colours.signed[STOPS][1], colours.signed[STOPS - STOPS // 4][1])
    low, high = f"rgb{colours.low}", f"rgb{colours.high}"
    return [(0, pale[0]), (0.25, pale[1]), (0.5, low), (0.75, colours.series[3]), (1, high)]


def power_text(error: float) -> str:
    """The power of ten of an error, with a real minus sign; = for no error at all.

    Examples
    --------
    >>> power_text(3e-9), power_text(0.0)
    ('−9', '=')
    """
    return f"{np.floor(np.log10(error)):.0f}".replace("-", "−") if error else "="


def scale_figure(worst: float, bands: tuple[str, ...], *, dark: bool) -> go.Figure:
    """The colour scale with the course's rule of thumb written into it, and a mark at the largest error.

    Parameters
    ----------
    worst
        The largest relative error.
    bands
        What the rule calls the four ranges between the limits.
    dark
        Whether the page is dark.

    Examples
    --------
    >>> float(scale_figure(1e-2, ("a", "b", "c", "d"), dark=False).data[1].x[0])
    3.0
    """
    colours, ends = palette(dark), np.linspace(0, len(LIMITS) - 1, SAMPLES)
    strip = go.Heatmap(
        x=ends,
        y=[0],
        z=[ends],
        colorscale=error_scale(colours),
        showscale=False,
        hoverinfo="skip",
    )
    mark = go.Scatter(
        x=place([worst]),
        y=[0],
        mode="markers",
        marker={
            "symbol": "diamond-tall",
            "size": 20,
            "color": colours.text,
            "line": {"color": f"rgb{colours.zero}", "width": 2},
        },
        cliponaxis=False,
        hoverinfo="skip",
    )
    figure = go.Figure([strip, mark])
    for band, words in enumerate(bands):
        figure.add_annotation(x=band + 0.5, y=0.6, yanchor="bottom", text=words, showarrow=False)
    figure.update_yaxes(range=[-0.5, 2.1], visible=False)
    figure.update_xaxes(
        range=[0, len(LIMITS) - 1],
        tickvals=list(range(len(LIMITS))),
        ticktext=[f"≤ 1e{LIMITS[0]}", *(f"1e{power}" for power in LIMITS[1:-1]), "1"],
    )
    figure.update_xaxes(gridcolor=colours.grid, zeroline=False)
    figure.update_layout(showlegend=False)
    return plain(figure, colours, HEIGHT, {"l": 24, "r": 10, "t": 0, "b": 24})
