"""A grid of numbers on the signed colour scale."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from convviz.pictures.ink import inked
from convviz.pictures.palette import FONT, Palette, palette
from convviz.text.prose import number

MOST_NUMBERS = 400  # cells; a larger grid shows colours only
SIZE = 16
CELL, LEAST, MOST = 62, 160, 440  # pixels: of a cell, and of the figure's height
MARKED = 3  # of the palette's series: the colour of a frame
MARK = 3  # pixels: width of the frame around a marked cell
MARGIN = {"l": 30, "r": 10, "t": 30, "b": 10}


def numbers_figure(
    values: npt.NDArray[Any],
    *,
    dark: bool,
    limit: float | None = None,
    most: int = MOST,
    marked: npt.NDArray[np.bool_] | None = None,
) -> go.Figure:
    """A heat map with a number in each cell, zero neutral.

    Parameters
    ----------
    values
        Shape (rows, columns).
    dark
        Whether the page is dark.
    limit
        The scale goes from ``-limit`` to ``limit``; by default to the largest absolute value.
    most
        Largest height in pixels.
    marked
        Cells to draw a frame around, of the shape of the values.

    Examples
    --------
    >>> numbers_figure(np.array([[1.0, -2.0]]), dark=False).data[0].zmax
    2.0
    """
    colours, numbered = palette(dark), values.size <= MOST_NUMBERS
    limit = (float(np.abs(values).max(initial=0)) if limit is None else limit) or 1.0
    written = np.vectorize(lambda value: _written(value, limit, colours), otypes=[object])
    heat = go.Heatmap(
        z=values,
        zmin=-limit,
        zmax=limit,
        colorscale=colours.signed,
        xgap=1,
        ygap=1,
        text=written(values) if numbered else None,
        hovertemplate="[%{y}, %{x}] %{z}<extra></extra>",
        texttemplate="%{text}" if numbered else "",
        showscale=not numbered,
        textfont={"size": SIZE},
    )
    figure = go.Figure(heat)
    for row, column in np.argwhere(marked if marked is not None else np.zeros(values.shape)):
        _frame(figure, row, column, colours.series[MARKED])
    axes = {"showgrid": False, "zeroline": False, "dtick": 1 if numbered else None}
    figure.update_yaxes(autorange="reversed", scaleanchor="x", constrain="domain", **axes)
    figure.update_xaxes(side="top", constrain="domain", **axes)
    figure.update_layout(
        height=max(LEAST, min(most, len(values) * CELL + MARGIN["t"] + MARGIN["b"])),
        margin=MARGIN,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        font={"family": FONT, "color": colours.text, "size": 14},
    )
    return figure


def _written(value: float, limit: float, colours: Palette) -> str:
    """A number in the ink for its colour."""
    return inked(number(value, digits=4), colours.signed, (value / limit + 1) / 2)


def _frame(figure: go.Figure, row: int, column: int, colour: str) -> None:
    """Draw a frame around a cell."""
    figure.add_shape(
        type="rect",
        x0=column - 0.5,
        x1=column + 0.5,
        y0=row - 0.5,
        y1=row + 0.5,
        line={"color": colour, "width": MARK},
    )
