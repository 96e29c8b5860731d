"""The curves of a training as a picture, drawn with Pillow."""

from __future__ import annotations

import numpy as np
from PIL import Image

from convviz.nets.progress import SMOOTHED, History, running_mean
from convviz.pictures.paper.chart import Chart
from convviz.pictures.paper.lines import Series, lines_chart
from convviz.pictures.paper.pen import Pen

WIDTH, HEIGHT, EDGE = 1200, 520, 24
CHART = ((WIDTH - 3 * EDGE) // 2, HEIGHT - 100)


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
