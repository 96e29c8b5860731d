"""The charts of a training, drawn on the Network page and by ``convviz train``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convviz.pictures.axis import Axis
from convviz.pictures.chart import Chart, Line, thinned_points
from convviz.text.i18n import _

Series = Mapping[str, tuple[Sequence[float], Sequence[float]]]


def loss_chart(losses: Sequence[float], means: Sequence[float], count: int) -> Chart:
    """The loss of each batch, pale, and its running mean over ``count`` batches."""
    iterations = range(1, len(losses) + 1)
    each, mean = _("each batch"), _("mean of {count}").format(count=count)
    series = {each: (iterations, losses), mean: (iterations, means)}
    return lines_chart(_("Loss"), series, pale=[each])


def accuracy_chart(
    at: Sequence[int], training: Sequence[float], validation: Sequence[float], iterations: int
) -> Chart:
    """The share of training and of validation pictures that are right, after the iterations ``at``."""
    series = {_("training"): (at, training), _("validation"): (at, validation)}
    return lines_chart(_("Accuracy"), series, top=1.0, last=iterations)


def lines_chart(
    title: str,
    series: Series,
    *,
    pale: Sequence[str] = (),
    dashed: Sequence[str] = (),
    top: float | None = None,
    last: int = 0,
    log: bool = False,
) -> Chart:
    """A line for each name over the iterations.

    Parameters
    ----------
    title
        What the chart shows.
    series
        Name of each line: its iterations and its values. A line alone is named by the title.
    pale
        Lines drawn thin and pale, in the colour of the one after them.
    dashed
        Lines drawn dashed, so that one beneath them is seen.
    top
        What the axis up reaches, from 0; None fits it to the values.
    last
        The iteration up to which the axis across goes at least; it begins at 1.
    log
        Whether the axis up is logarithmic; else it begins at 0.

    Examples
    --------
    >>> chart = lines_chart("Loss", {"loss": (range(1, 4), [2.3, 2.1, 2.0])})
    >>> chart.across.low, chart.across.high, chart.up.high, chart.lines[0].name
    (0.9, 3.1, 2.415, '')
    """
    lines: list[Line] = []
    for name, (iterations, values) in series.items():
        kept = thinned_points(len(values))
        colour = sum(not line.pale for line in lines)
        across, up = [iterations[k] for k in kept], [values[k] for k in kept]
        shown = name if len(series) > 1 else ""
        lines.append(Line(shown, across, up, colour, name in dashed, name in pale))
    end = max(2, last, *(at for line in lines for at in line.across))
    every = [value for line in lines for value in line.up]
    return Chart(
        Axis.around([1, end], _("iteration"), whole=True),
        Axis.around([top] if top else every, log=log, zero=not log),
        tuple(lines),
        title=title,
    )
