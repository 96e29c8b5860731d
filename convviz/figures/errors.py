"""Relative errors of a gradient, element by element, on a scale with the course's limits as its marks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from convviz.figures.ink import inked
from convviz.figures.palette import STOPS, Palette, palette
from convviz.prose import number

# Powers of ten an equal distance apart on the scale: nothing, happy, fine with kinks, uncomfortable, wrong.
LIMITS = (-12, -7, -4, -2, 0)
CELL, LEAST, HIGHEST = (
    33,
    27,
    336,
)  # pixels: of a cell, of one with a number, and of the figure's height
SCALE_HEIGHT, SAMPLES = 88, 200
EDGE = 2  # pixels: of the line between two images or channels
NOTHING = {"l": 0, "r": 0, "t": 0, "b": 0}


def place(errors: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Where errors lie on the scale, from 0 to 4.

    Examples
    --------
    >>> place([0.0, 1e-7, 1e-4, 1e-2, 1.0])
    array([0., 1., 2., 3., 4.])
    """
    powers = np.log10(np.maximum(errors, 10.0 ** LIMITS[0]))
    return np.asarray(np.interp(powers, LIMITS, range(len(LIMITS))), dtype=np.float64)


def tiled(gradient: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A gradient of any rank as rows and columns: images below one another, channels beside one another.

    Examples
    --------
    >>> tiled(np.zeros((2, 3, 4, 5))).shape, tiled(np.zeros(3)).shape
    ((8, 15), (1, 3))
    """
    if gradient.ndim == 4:
        rows, columns, height, width = gradient.shape
        return gradient.transpose(0, 2, 1, 3).reshape(rows * height, columns * width)
    return gradient.reshape(1, -1) if gradient.ndim == 1 else gradient


def errors_figure(name: str, parts: Mapping[str, npt.NDArray[Any]], *, dark: bool) -> go.Figure:
    """A heat map of the relative errors of one gradient, with the power of ten in each cell.

    A grid so tall that its cells could not hold their numbers shows colours only.

    Parameters
    ----------
    name
        Of the gradient, for example "dw".
    parts
        What the pointer's box says of each element, as words and an array of the gradient's shape; the last are
        the relative errors.
    dark
        Whether the page is dark.

    Examples
    --------
    >>> parts = {"analytic": np.ones((1, 1)), "error": np.full((1, 1), 4e-7)}
    >>> heat = errors_figure("dx", parts, dark=False).data[0]
    >>> heat.text[0, 0], heat.hovertext[0, 0]
    ('<span style="color:#000">−7</span>', 'dx[0, 0]')
    """
    colours, shape = palette(dark), np.shape(list(parts.values())[-1])
    errors, scale = tiled(list(parts.values())[-1]), error_scale(colours)
    numbered = LEAST * len(errors) <= HIGHEST
    names = np.array([f"{name}{list(index)}" for index in np.ndindex(shape)])
    hover = "<br>".join(f"{words} %{{customdata[{k}]}}" for k, words in enumerate(parts))
    heat = go.Heatmap(
        z=place(errors),
        zmin=0,
        zmax=len(LIMITS) - 1,
        colorscale=scale,
        showscale=False,
        xgap=1,
        ygap=1,
        text=_each(lambda error: _written(error, scale), errors) if numbered else None,
        texttemplate="%{text}" if numbered else "",
        textfont={"size": 14},
        hovertext=tiled(names.reshape(shape)),
        customdata=np.stack([_each(number, tiled(part)) for part in parts.values()], axis=-1),
        hovertemplate=f"%{{hovertext}}<br>{hover}<extra></extra>",
    )
    figure = go.Figure(heat)
    _separate(figure, shape, errors.shape, colours)
    figure.update_yaxes(autorange="reversed", scaleanchor="x", constrain="domain", visible=False)
    figure.update_yaxes(constraintoward="top")
    figure.update_xaxes(constrain="domain", constraintoward="left", visible=False)
    return plain(figure, colours, min(HIGHEST, len(errors) * CELL), NOTHING)


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
    return plain(figure, colours, SCALE_HEIGHT, {"l": 24, "r": 10, "t": 0, "b": 24})


def error_scale(colours: Palette) -> list[tuple[float, str]]:
    """The colour scale of errors: pale where the rule is happy, then blue, purple and orange."""
    pale = (colours.signed[STOPS][1], colours.signed[STOPS - STOPS // 4][1])
    low, high = f"rgb{colours.low}", f"rgb{colours.high}"
    return [(0, pale[0]), (0.25, pale[1]), (0.5, low), (0.75, colours.series[3]), (1, high)]


def _each(write: Callable[[float], str], values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.asarray(np.vectorize(write, otypes=[object])(values))


def _written(error: float, scale: list[tuple[float, str]]) -> str:
    """The power of ten of an error, in the ink for its colour."""
    return inked(power_text(error), scale, float(place(error)) / (len(LIMITS) - 1))


def power_text(error: float) -> str:
    """The power of ten of an error, with a real minus sign; = for no error at all.

    Examples
    --------
    >>> power_text(3e-9), power_text(0.0)
    ('−9', '=')
    """
    return f"{np.floor(np.log10(error)):.0f}".replace("-", "−") if error else "="


def _separate(
    figure: go.Figure, shape: tuple[int, ...], size: tuple[int, int], colours: Palette
) -> None:
    """Draw a line between images, and between channels."""
    if len(shape) != 4:
        return
    line = {"color": colours.text, "width": EDGE}
    for row in range(shape[2], size[0], shape[2]):
        figure.add_hline(row - 0.5, line=line)
    for column in range(shape[3], size[1], shape[3]):
        figure.add_vline(column - 0.5, line=line)


def plain(figure: go.Figure, colours: Palette, height: int, margin: dict[str, int]) -> go.Figure:
    """On the page's own background."""
    figure.update_layout(
        height=height,
        margin=margin,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"color": colours.text, "size": 14},
    )
    return figure
