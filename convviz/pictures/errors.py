"""Relative errors: their scale with the course's limits, those of a gradient as cells, and their curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

from convviz.ops.types import Array, Floats
from convviz.pictures.axis import Axis
from convviz.pictures.cells import Cells, ColourScale
from convviz.pictures.chart import Chart, Line, Rings
from convviz.text.i18n import _
from convviz.text.prose import number

# Powers of ten an equal distance apart on the scale: nothing, happy, fine with kinks, uncomfortable, wrong.
LIMITS = (-12, -7, -4, -2, 0)
LAST = len(LIMITS) - 1
FLOOR = 1e-13  # a smaller error is drawn there


def place(errors: npt.ArrayLike) -> Floats:
    """Where errors lie on the scale, from 0 to 4.

    Examples
    --------
    >>> place([0.0, 1e-7, 1e-4, 1e-2, 1.0])
    array([0., 1., 2., 3., 4.])
    """
    powers = np.log10(np.maximum(errors, 10.0 ** LIMITS[0]))
    return np.asarray(np.interp(powers, LIMITS, range(len(LIMITS))), dtype=np.float64)


def power_text(error: float) -> str:
    """The power of ten of an error, with a real minus sign; = for no error at all.

    Examples
    --------
    >>> power_text(3e-9), power_text(0.0)
    ('−9', '=')
    """
    return f"{np.floor(np.log10(error)):.0f}".replace("-", "−") if error else "="


def error_scale(worst: float, bands: Sequence[str]) -> ColourScale:
    """The scale with the course's limits as its ticks, a name for each range, and a mark at the largest error.

    Examples
    --------
    >>> error_scale(1e-2, ("a", "b", "c", "d")).at
    0.75
    """
    texts = (f"≤ 1e{LIMITS[0]}", *(f"1e{power}" for power in LIMITS[1:-1]), "1")
    ticks = [(k / LAST, text) for k, text in enumerate(texts)]
    return ColourScale("errors", ticks, bands, float(place(worst)) / LAST)


def tiled(gradient: Array) -> Array:
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


def error_cells(name: str, parts: Mapping[str, Array]) -> Cells:
    """The relative errors of a gradient, such as "dw", with the power of ten in each cell.

    The parts are said of each element where it is pointed at; the last are the relative errors.

    Examples
    --------
    >>> parts = {"analytic": np.ones((1, 1)), "error": np.full((1, 1), 4e-7)}
    >>> cells = error_cells("dx", parts)
    >>> cells.texts, cells.said
    ([['−7']], [['dx[0, 0]<br>analytic 1<br>error 4e−7']])
    """
    shape = np.shape(list(parts.values())[-1])
    errors = tiled(list(parts.values())[-1])
    lines: tuple[range, range] = (range(0), range(0))
    if len(shape) == 4:
        across = range(shape[3], errors.shape[1], shape[3])
        lines = (range(shape[2], len(errors), shape[2]), across)
    said = np.empty(shape, dtype=object)
    for index in np.ndindex(shape):
        numbers = (f"{words} {number(float(part[index]))}" for words, part in parts.items())
        said[index] = "<br>".join([f"{name}{list(index)}", *numbers])
    texts = [[power_text(error) for error in row] for row in errors]
    ends = (0.0, float(LAST))
    return Cells(place(errors), texts, ends, "errors", lines=lines, said=tiled(said).tolist())


def error_curves(
    steps: Sequence[float], curves: Mapping[str, Sequence[float]], chosen: tuple[str, float]
) -> Chart:
    """The largest error against the step, a line for each dtype, both axes logarithmic; a ring at the one chosen.

    Examples
    --------
    >>> curves = {"float64": [1e-3, 1e-5], "float32": [1e-3, 1e-2]}
    >>> error_curves((0.1, 0.01), curves, ("float32", 0.01)).rings.points
    [(0.01, 0.01)]
    """
    shown = {dtype: [max(error, FLOOR) for error in errors] for dtype, errors in curves.items()}
    lines = tuple(
        Line(dtype, steps, errors, colour) for colour, (dtype, errors) in enumerate(shown.items())
    )
    every = [1.0, *(error for line in lines for error in line.up)]
    dtype, step = chosen
    return Chart(
        Axis.around(steps, _("step h"), log=True),
        Axis.around(every, _("largest relative error"), log=True),
        lines,
        rings=Rings([(step, shown[dtype][list(steps).index(step)])]),
        rules=((), [10.0**power for power in LIMITS[1:-1]]),
    )
