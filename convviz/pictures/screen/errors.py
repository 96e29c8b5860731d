"""Relative errors of a gradient, element by element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import plotly.graph_objects as go

from convviz.pictures.ink import inked
from convviz.pictures.palette import Palette, palette
from convviz.pictures.screen.error_scale import LIMITS, error_scale, place, power_text
from convviz.pictures.screen.plain import plain
from convviz.text.prose import number

CELL, LEAST, HIGHEST = (
    33,
    27,
    336,
)  # pixels: of a cell, of one with a number, and of the figure's height
EDGE = 2  # pixels: of the line between two images or channels
NOTHING = {"l": 0, "r": 0, "t": 0, "b": 0}


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


def _each(write: Callable[[float], str], values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.asarray(np.vectorize(write, otypes=[object])(values))


def _written(error: float, scale: list[tuple[float, str]]) -> str:
    """The power of ten of an error, in the ink for its colour."""
    return inked(power_text(error), scale, float(place(error)) / (len(LIMITS) - 1))


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
