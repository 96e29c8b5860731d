"""Several series of numbers as a chart, in the palette's colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convviz.pictures.palette import LIGHT
from convviz.pictures.paper.axis import Axis
from convviz.pictures.paper.chart import Chart, Line

PALE = "#a9c2e6"  # the first of the palette's series, for what its mean is drawn over
Series = Mapping[str, tuple[Sequence[float], Sequence[float]]]


def lines_chart(
    series: Series,
    *,
    names: tuple[str, str] = ("", ""),
    size: tuple[int, int] = (600, 340),
    pale: Sequence[str] = (),
    dashed: Sequence[str] = (),
    top: float | None = None,
    reach: tuple[float, float] | None = None,
    log: bool = False,
) -> Chart:
    """A line for each name.

    Parameters
    ----------
    series
        Name of each line: where its points lie across, and up.
    names
        What the axes show: across and up.
    size
        (width, height) in screen pixels.
    pale
        Lines drawn thin and pale, beneath the one after them.
    dashed
        Lines drawn dashed, so that one beneath them is seen.
    top
        Upper end of the axis up, which then begins at 0; None fits it to the values.
    reach
        Ends of the axis across; None fits it to the points.
    log
        Whether the axis up is logarithmic.

    Examples
    --------
    >>> chart = lines_chart({"loss": ([1, 2, 3], [2.3, 2.1, 1.9])}, top=2.5)
    >>> chart.across, chart.up.high, chart.lines[0].colour
    (Axis(low=1.0, high=3.0, log=False, whole=True, written=()), 2.5, '#1a5fb4')
    """
    lines, place = [], 0
    for name, (across, up) in series.items():
        faint, broken = name in pale, name in dashed
        colour = PALE if faint else LIGHT.series[place % len(LIGHT.series)]
        lines.append(Line(name, across, up, colour, 1 if faint else 3, broken, not faint))
        place += not faint
    fitted = Axis.around(value for line in lines for value in line.across)
    low, high = reach or (fitted.low, fitted.high)
    across_axis = Axis(low, high, whole=high - low >= 1)
    up_axis = (
        Axis(0.0, top) if top else Axis.around((v for line in lines for v in line.up), log=log)
    )
    shown = lines if len(lines) > 1 else [_unnamed(line) for line in lines]
    return Chart(across_axis, up_axis, tuple(shown), names=names, size=size)


def _unnamed(line: Line) -> Line:
    """A line alone needs no name beside the title."""
    return Line("", line.across, line.up, line.colour, line.width, line.dashed, line.marked)
