"""The curves of a training as a picture, drawn with Pillow."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image

from convviz.nets.progress import History
from convviz.paint.chart import Chart
from convviz.paint.lines import Series, lines_chart
from convviz.paint.pen import Pen

WIDTH, HEIGHT, EDGE = 1200, 520, 24
CHART = ((WIDTH - 3 * EDGE) // 2, HEIGHT - 100)
SMOOTHED = 25  # iterations averaged in the darker line


def draw_curves(history: History, title: str) -> Image.Image:
    """Loss by iteration (pale), its running mean, and both accuracies.

    Parameters
    ----------
    history
        Of a trainer.
    title
        Written above.

    Examples
    --------
    >>> draw_curves(History([2.3, 2.1, 1.8], [3], [0.4], [0.3]), "three iterations").size
    (1200, 520)
    """
    pen = Pen.on_page(WIDTH, HEIGHT, scale=1)
    pen.text((EDGE, 14), title, size=20)
    pen.text((EDGE, 50), "loss")
    _losses(history).draw(pen, EDGE, 76)
    pen.text((2 * EDGE + CHART[0], 50), "accuracy")
    _accuracies(history).draw(pen, 2 * EDGE + CHART[0], 76)
    return pen.picture


def _losses(history: History) -> Chart:
    iterations = range(1, len(history.losses) + 1)
    series = {
        "each batch": (iterations, history.losses),
        f"mean of {SMOOTHED}": (iterations, running_mean(history.losses)),
    }
    top = 1.05 * max((loss for loss in history.losses if np.isfinite(loss)), default=1.0)
    return _chart(series, history, top or 1.0)


def _accuracies(history: History) -> Chart:
    series = {
        "training": (history.measured_at, history.training),
        "validation": (history.measured_at, history.validation),
    }
    return _chart(series, history, 1.0)


def _chart(series: Series, history: History, top: float) -> Chart:
    """Both over the same iterations."""
    return lines_chart(
        series,
        names=("iteration", ""),
        size=CHART,
        pale=["each batch"],
        top=top,
        reach=(1, max(len(history.losses), 2)),
    )


def running_mean(values: Sequence[float]) -> list[float]:
    """Mean of each value and up to `SMOOTHED` - 1 before it.

    Examples
    --------
    >>> running_mean([1.0, 3.0])
    [1.0, 2.0]
    """
    sums = np.concatenate([[0.0], np.cumsum(values)])
    ends = np.arange(1, len(values) + 1)
    starts = np.maximum(0, ends - SMOOTHED)
    return [float(value) for value in (sums[ends] - sums[starts]) / (ends - starts)]
