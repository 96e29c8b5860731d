"""The curves of a training as a picture, drawn with Pillow."""

from __future__ import annotations

from PIL import Image

from convviz.nets.progress import SMOOTHED, History, running_mean
from convviz.pictures.paper.chart import ChartTile
from convviz.pictures.paper.slide import Slide, Tile
from convviz.pictures.training import accuracy_chart, loss_chart

CHART = (570, 440)  # pixels


def draw_curves(history: History, title: str) -> Image.Image:
    """The loss of each iteration (pale) with its running mean, and both accuracies, below a title.

    Examples
    --------
    >>> draw_curves(History([2.3, 2.1, 1.8], [3], [0.4], [0.3]), "three iterations").size
    (1232, 578)
    """
    losses = history.losses
    charts = (
        loss_chart(losses, running_mean(losses), SMOOTHED),
        accuracy_chart(history.measured_at, history.training, history.validation, len(losses)),
    )
    tiles = [Tile(chart.title, ChartTile(chart, CHART)) for chart in charts]
    return Slide(title, [], [tiles]).drawn(scale=1)
